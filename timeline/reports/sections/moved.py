"""Show the dates that moved: the date first promised beside the date that holds, who moved it, and why."""

from collections.abc import Iterator

from timeline.calendar.london import london_date
from timeline.definitions.facts import Fact
from timeline.planning.occurrences import Occurrence, OccurrenceState
from timeline.planning.rescheduling import CANCELLED, HELD, MOVED
from timeline.reports.document import Paragraph, Part, Section, Table
from timeline.reports.situation import Situation, plain_date


def moved_dates(now: Situation) -> Section:
    """Show the moved dates of the plan and of the duties."""
    return Section("Moved dates", (*_actions(now), *_duties(now)) or (Paragraph("No date has moved."),))


_BY_WHOM = "By whom, when and why"


def _actions(now: Situation) -> Iterator[Part]:
    rows = tuple(
        (
            (action.title,),
            (plain_date(action.due_on) if action.due_on else "no date",),
            (plain_date(rebase.due_on),),
            (f"{now.post(rebase.by)}, {plain_date(rebase.on)}: {rebase.why}",),
        )
        for action in now.programme.actions.values()
        for rebase in action.rebases
    )
    if rows:
        yield Table("Moved dates", ("Action", "First promised", "New date", _BY_WHOM), rows, (4, 2, 2, 4))


def _duties(now: Situation) -> Iterator[Part]:
    rows = tuple(
        ((each.title,), (first,), (_new_date(each),), (_because(each, now),))
        for each in now.told.occurrences
        if (first := _first(each, now))
    )
    if rows:
        yield Table("Meetings, visits and submissions", ("Date", "First given", "Now", _BY_WHOM), rows, (4, 2, 2, 4))


def _first(occurrence: Occurrence, now: Situation) -> str:
    """Give the date first given of what has moved or was cancelled; empty for everything else."""
    if occurrence.state is OccurrenceState.CANCELLED or _setting(occurrence, now, MOVED):
        first_on = occurrence.original_on or occurrence.opens_on
        return plain_date(first_on) if first_on else "no date"
    held = _setting(occurrence, now, HELD)
    late = held and occurrence.original_on and occurrence.opens_on is None and held.on != occurrence.original_on
    return plain_date(occurrence.original_on) if late and occurrence.original_on else ""


def _new_date(occurrence: Occurrence) -> str:
    if occurrence.state is OccurrenceState.CANCELLED:
        return "cancelled"
    return plain_date(occurrence.starts_on) if occurrence.starts_on else "no date"


def _because(occurrence: Occurrence, now: Situation) -> str:
    cancelled = occurrence.state is OccurrenceState.CANCELLED
    fact = _setting(occurrence, now, CANCELLED) if cancelled else None
    fact = fact or _setting(occurrence, now, MOVED) or _setting(occurrence, now, HELD)
    if fact is None:
        return "not known"
    who = now.post_of(fact.who)
    return f"{who}, {plain_date(london_date(fact.known_at))}: {fact.source}"


def _setting(occurrence: Occurrence, now: Situation, name: str) -> Fact | None:
    return now.book.own(name, occurrence.ref)
