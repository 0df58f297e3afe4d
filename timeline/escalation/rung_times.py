"""Find the instants at which a ladder wants to speak about a milestone, earliest first."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from timeline.calendar.london import london_time
from timeline.calendar.working_days import BeyondCalendar, WorkingCalendar
from timeline.definitions.duties import Mark, Rung
from timeline.planning.occurrences import Milestone


@dataclass(frozen=True)
class RungTime:
    """Hold a rung, its repeat from 0, and the instant at which the ladder wants it sent."""

    rung: Rung
    repeat: int
    at: datetime


def rung_times(
    milestone: Milestone, *, first_prompt_on: date | None, office: WorkingCalendar, mail_at: time
) -> list[RungTime]:
    """List every rung time the ladder wants. `first_prompt_on` is when the owner's first prompt was accepted.

    Nothing falls after the due date but from rungs that count after it: a reminder that says "due in" would be untrue.
    """
    times = [
        RungTime(rung, repeat, london_time(on, rung.at or mail_at))
        for rung in milestone.ladder.rungs
        for repeat, on in enumerate(_days(rung, milestone.due_on, first_prompt_on, office))
    ]
    return sorted(times, key=lambda rung_time: rung_time.at)


def _days(rung: Rung, due_on: date | None, first_prompt_on: date | None, office: WorkingCalendar) -> Iterator[date]:
    """Yield the days as far as the calendar is verified: the rest is known when the year is added."""
    with suppress(BeyondCalendar):
        yield from _known_days(rung, due_on, first_prompt_on, office)


def _known_days(
    rung: Rung, due_on: date | None, first_prompt_on: date | None, office: WorkingCalendar
) -> Iterator[date]:
    on = _first_day(rung, due_on, first_prompt_on, office) if due_on else None
    for repeat in range(rung.times + 1):
        if on is None or due_on is None or (rung.mark is not Mark.AFTER_DUE and on > due_on):
            return
        yield on
        on = office.add(on, rung.every) if rung.every and repeat < rung.times else None


def _first_day(rung: Rung, due_on: date, first_prompt_on: date | None, office: WorkingCalendar) -> date | None:
    if rung.mark is Mark.AFTER_FIRST_PROMPT:
        return office.add(first_prompt_on, rung.working_days) if first_prompt_on else None
    if rung.working_days == 0:
        return due_on
    count = office.subtract if rung.mark is Mark.BEFORE_DUE else office.add
    return count(due_on, rung.working_days)
