"""Find the dates of class A or B that fall into a pause: shown before it is made, and said while it lasts."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from timeline.calendar.wording import long_date
from timeline.definitions.absences import Absence
from timeline.definitions.council import CouncilTimeline, Pause
from timeline.definitions.duties import DutyClass
from timeline.planning.occurrences import Milestone, Occurrence, OccurrenceState

_HIGH = (DutyClass.A, DutyClass.B)
_OVER = (OccurrenceState.TOOK_PLACE, OccurrenceState.SUBMITTED, OccurrenceState.CANCELLED)


class LegalDate(NamedTuple):
    """Hold a date by law, or of a visit or meeting, that falls into a pause or has passed unmet before it."""

    on: date
    occurrence: Occurrence


def legal_dates(
    timeline: CouncilTimeline, occurrences: Iterable[Occurrence], pause: Pause, *, done: Collection[str] = ()
) -> tuple[LegalDate, ...]:
    """List, for each occurrence of class A or B that is ours and not over, its first date within the pause.

    A date that has passed is listed too while its submission is open: a pause would silence what is overdue.
    """
    owed = [each for each in occurrences if _is_owed(each, done)]
    dates = [LegalDate(on, each) for each in owed for on in _first(each, pause)]
    inside = {each.occurrence.ref for each in dates}
    for each in owed:
        legal_on = each.legal_on
        live_from = timeline.council.live_since(each.obligation) or date.min
        if legal_on and live_from <= legal_on < pause.from_on and each.ref not in inside and _asked(each):
            dates.append(LegalDate(legal_on, each))
    return tuple(sorted(dates, key=lambda legal_date: (legal_date.on, legal_date.occurrence.ref)))


def of_duty(occurrences: Iterable[Occurrence], pause: Pause) -> Iterator[Occurrence]:
    return (each for each in occurrences if each.obligation == pause.obligation)


def nobody_left(timeline: CouncilTimeline, occurrences: Iterable[Occurrence], pause: Pause) -> Iterator[Occurrence]:
    """Give the occurrences of which a task would be asked of nobody while its owner is paused: neither a deputy nor a
    line manager is there.
    """
    away = Absence(person=pause.person, from_on=pause.from_on, until_on=pause.until_on)
    directory = replace(timeline.directory, absences=(*timeline.directory.absences, away))
    posts = directory.posts_of(pause.person, on=pause.from_on)
    alone = {post for post in posts if next(directory.present(directory.line(post), on=pause.from_on), None) is None}
    return (each for each in occurrences if any(task.chased and task.owner in alone for task in each.milestones))


def beyond(timeline: CouncilTimeline, pause: Pause, *, planned_until: date) -> Iterator[str]:
    """Say that a pause outlasts what is planned, so that its dates cannot all be listed."""
    high = any(duty.key == pause.obligation and duty.duty_class in _HIGH for duty in timeline.obligations)
    if high and pause.until_on > planned_until:
        yield (
            f"The pause is longer than dates are planned, which is until {long_date(planned_until)}: later dates of "
            f"{pause.obligation} would go quiet too."
        )


def risk(legal_date: LegalDate, pause: Pause) -> str:
    """Word what a pause does to such a date, before it is made."""
    of, on = legal_date.occurrence, long_date(legal_date.on)
    when = f"is open since its date, {on}" if legal_date.on < pause.from_on else f"has its date in the pause: {on}"
    return (
        f"{of.ref} (class {of.duty_class.value}), “{of.title}”, {when}. That date stands, and nobody would be asked "
        "about it."
    )


def _is_owed(occurrence: Occurrence, done: Collection[str]) -> bool:
    asked = _asked(occurrence)
    finished = bool(asked) and all(task.ref in done for task in asked)
    return occurrence.duty_class in _HIGH and occurrence.ours and occurrence.state not in _OVER and not finished


def _asked(occurrence: Occurrence) -> list[Milestone]:
    """Give the tasks that meet the duty, else all that anybody is asked for."""
    asked = [task for task in occurrence.milestones if task.chased]
    return [task for task in asked if task.completes] or asked


def _first(occurrence: Occurrence, pause: Pause) -> Iterator[date]:
    dates = (occurrence.starts_on, occurrence.legal_on, occurrence.closes_on)
    yield from sorted(on for on in dates if on and pause.holds(on=on))[:1]
