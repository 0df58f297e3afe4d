"""Gather the contents of a picture before it has any measure: rows of items in groups, shaded days, and what it
says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from timeline.calendar.london import DAY, london_date, months_after, start_of_month
from timeline.calendar.wording import few, long_date, short_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation
from timeline.picture.audience import Audience, PlannedWork, heard
from timeline.picture.groups import Group, group_of
from timeline.picture.items import PRESSING, Item, Mark, RatedTask, items, rated_tasks
from timeline.planning.endings.council_end import ended_because
from timeline.planning.occurrences import Occurrence

_OVER = (Mark.DONE, Mark.CANCELLED)


class Span(NamedTuple):
    """Hold the days that a picture shows, both included."""

    from_on: date
    to_on: date


class Row(NamedTuple):
    """Hold a duty with its items, in the order of their days; those without a day come last."""

    duty: str
    title: str
    group: Group
    is_law: bool
    items: tuple[Item, ...]


class Shade(NamedTuple):
    """Hold named days that are shaded: `kind` is "holiday", "closure" or "pre-election"."""

    kind: str
    name: str
    from_on: date
    to_on: date


@dataclass(frozen=True, kw_only=True)
class Contents:
    """Hold what a picture shows on the day `on`. `rows` hold everything, also outside the days that are drawn.

    `headline` is the message in a line, `about` says whose timeline it is and as of when. `ended` says in a sentence
    that the council has ended and who has its duties; it is empty while its people are asked.
    """

    council_name: str
    headline: str
    about: str
    on: date
    rows: tuple[Row, ...]
    shades: tuple[Shade, ...]
    ended: str = ""


def contents(work: PlannedWork, *, audience: Audience, at: datetime) -> Contents:
    """Gather what this audience may see of a council's plan at an instant."""
    told, on = heard(work, audience, at=at), london_date(at)
    council = told.timeline.council
    ended = ended_because(told.timeline, at=at)
    rows = tuple(_rows(told, on, audience))
    if ended:
        rows = tuple(_gone_over(row, ended_because(told.timeline, at=at, duty=row.duty)) for row in rows)
    return Contents(
        council_name=council.name,
        headline=ended or headline(rows, on, counts=audience.counts),
        about=f"{council.name}: {council.programme}, as of {short_date(on)}",
        on=on,
        rows=rows,
        shades=tuple(_shades(told.timeline)),
        ended=ended,
    )


def _gone_over(row: Row, because: str) -> Row:
    """Say of all that an ended council has left open who has it now: it waits for nothing here."""
    left_open = (item._replace(mark=Mark.WAITS, why=because) if item.mark not in _OVER else item for item in row.items)
    return row._replace(items=tuple(left_open))


def _rows(work: PlannedWork, on: date, audience: Audience) -> Iterator[Row]:
    """Give a row for each duty, in the order of the groups and then of the timeline."""
    tasks = rated_tasks(work.tasks)
    theirs: dict[str, list[Occurrence]] = {}
    for occurrence in work.occurrences:
        theirs.setdefault(occurrence.obligation, []).append(occurrence)
    for group in Group:
        for duty in work.timeline.obligations:
            if group_of(duty) is group and duty.key in theirs:
                yield _row(duty, theirs[duty.key], tasks, on, audience)


def _row(
    duty: Obligation,
    occurrences: Sequence[Occurrence],
    tasks: Mapping[tuple[str, int], Sequence[RatedTask]],
    on: date,
    audience: Audience,
) -> Row:
    each = [
        item
        for occurrence in occurrences
        for item in items(
            occurrence,
            tasks.get((occurrence.obligation, occurrence.number), ()),
            on=on,
            counts=audience.counts,
        )
    ]
    ordered = sorted(each, key=lambda item: (item.on or date.max, item.is_task, item.ref))
    return Row(duty.key, duty.title, group_of(duty), duty.has_legal_date, tuple(ordered))


def _shades(timeline: CouncilTimeline) -> Iterator[Shade]:
    for period in timeline.council.pre_election_periods:
        yield Shade("pre-election", period.name, period.from_on, period.until_on)
    for on, name in sorted(timeline.closure_days.items()):
        yield Shade("closure", name, on, on)
    for on, name in sorted(timeline.calendars.law.days_off.items()):
        yield Shade("holiday", name, on, on)


def headline(rows: Sequence[Row], on: date, *, counts: bool = True) -> str:
    """Say the message, such as "2 red, 5 amber; next legal date Thu 28 Nov"; without `counts` no small number."""
    marks = [item.mark for row in rows for item in row.items]
    number = str if counts else few
    counted = [f"{number(marks.count(mark))} {mark.value}" for mark in PRESSING if mark in marks]
    said = ", ".join(counted).capitalize() or "Nothing red or amber"
    law_on = next_legal_date(rows, on)
    return f"{said}; next legal date {_day(law_on, on)}" if law_on else said


def next_legal_date(rows: Sequence[Row], on: date) -> date | None:
    """Give the first legal date from a day on that is neither done nor cancelled; None when none is known."""
    coming = (
        item.law_on
        for row in rows
        for item in row.items
        if row.is_law and item.law_on and item.law_on >= on and item.mark not in _OVER
    )
    return min(coming, default=None)


def _day(that_on: date, on: date) -> str:
    text = short_date(that_on)
    return text if that_on.year != on.year else text.rpartition(" ")[0]


def described(of: Contents, span: Span) -> str:
    """Describe the picture for people who cannot see it."""
    return (
        f"{of.headline}. {of.about}. Duties stand below each other in groups, time runs from {long_date(span.from_on)} "
        f"to {long_date(span.to_on)}. The table of dates has the same values."
    )


def year_round(on: date) -> Span:
    """Give the month before a day and the eleven after it: what a page and a sheet of paper show."""
    from_on = months_after(start_of_month(on), -1)
    return Span(from_on, months_after(from_on, 12) - DAY)
