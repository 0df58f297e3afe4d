"""Find what people overlook when they set a day: a day off, a day gone by, the day of the body's next meeting."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date
from timeline.calendar.working_days import BeyondCalendar, WorkingCalendar
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import OccurrenceKind
from timeline.planning.occurrences import Occurrence, OccurrenceState
from timeline.planning.rescheduling import MOVED

_SET = (OccurrenceState.CONFIRMED, OccurrenceState.POSTPONED)
_OPEN = (OccurrenceState.PLANNED, *_SET)


def days_off(occurrences: Iterable[Occurrence], office: WorkingCalendar) -> Iterator[tuple[Occurrence, str]]:
    """Say of each meeting, and of whatever has days of its own, that it begins or ends when nobody works."""
    for occurrence in occurrences:
        gathers = occurrence.kind in (OccurrenceKind.MEETING, OccurrenceKind.SESSION)
        if not occurrence.starts_on or not (gathers or occurrence.state in _SET):
            continue
        for on in dict.fromkeys((occurrence.starts_on, occurrence.ends_on or occurrence.starts_on)):
            if off := _why_off(on, office):
                yield occurrence, f"{occurrence.title} would be on {long_date(on)}, which is no working day ({off})."


def _why_off(on: date, office: WorkingCalendar) -> str | None:
    try:
        return office.why_off(on)
    except BeyondCalendar:
        return None


def out_of_turn(timeline: CouncilTimeline, occurrences: Iterable[Occurrence]) -> Iterator[tuple[Occurrence, str]]:
    """Say of the meetings and visits of a body that two fall on the same day, or that a later one comes first.

    What is numbered as it was recorded (a report to Cabinet) has no turn, and two may share a day.
    """
    recorded = {duty.key for duty in timeline.obligations if duty.each}
    of_body: dict[str, list[Occurrence]] = {}
    for occurrence in occurrences:
        if occurrence.state in _OPEN and occurrence.starts_on and occurrence.obligation not in recorded:
            of_body.setdefault(occurrence.obligation, []).append(occurrence)
    for body in of_body.values():
        for earlier, later in pairwise(sorted(body, key=lambda each: each.number)):
            if sentence := _same_or_later(earlier, later):
                yield earlier if earlier.state is OccurrenceState.POSTPONED else later, sentence


def _same_or_later(earlier: Occurrence, later: Occurrence) -> str:
    first_on, next_on = earlier.starts_on, later.starts_on
    if first_on is None or next_on is None or first_on < next_on:
        return ""
    if first_on == next_on:
        return f"{earlier.ref} and {later.ref}, “{earlier.title}”, would both be on {long_date(first_on)}."
    its_day = f"{earlier.ref}, “{earlier.title}”, would be on {long_date(first_on)}"
    return f"{its_day}, after {later.ref} on {long_date(next_on)}."


def gone_by(timeline: CouncilTimeline, occurrences: Iterable[Occurrence]) -> Iterator[tuple[Occurrence, str]]:
    """Say of an occurrence that still waits that it was moved to a day which had passed by then."""
    moved = {fact.occurrence: fact for fact in timeline.facts if fact.name == MOVED}
    for occurrence in occurrences:
        fact = moved.get(occurrence.ref)
        if fact is None or occurrence.state is not OccurrenceState.POSTPONED or fact.on != occurrence.starts_on:
            continue
        if fact.on < london_date(fact.known_at):
            text = f"{occurrence.title} was moved to {long_date(fact.on)}, a day that had passed already."
            yield occurrence, f"{text} If it took place then: daymark move {occurrence.ref} --held {fact.on}."
