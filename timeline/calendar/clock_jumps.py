"""Notice a clock that jumped, either way, and what a later clock wrote; a time in which nothing ran is no jump."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from timeline.calendar.london import london_date
from timeline.calendar.wording import count, date_and_time, long_date

# An assurance looks each working day, so that only Christmas, an outage or a wrong clock leave such a gap.
_LEAP = timedelta(days=5)
_CONFIRMED_AFTER = timedelta(days=7)
# Several machines may differ by some seconds, and a run writes for the instant at which it began.
TOLERANCE = timedelta(minutes=5)


class MachineTime(NamedTuple):
    """Hold the time since a machine started, which nobody can set; `boot` names that start."""

    boot: str
    seconds: float


class ClockReading(NamedTuple):
    """Hold the clock and the time of its machine, read together."""

    at: datetime
    machine: MachineTime


def is_from_later_clock(written_at: datetime | None, *, at: datetime) -> bool:
    """Tell whether something was written for an instant that still lies ahead: then a clock was wrong."""
    return written_at is not None and written_at > at + TOLERANCE


def why_jumped(last: ClockReading | None, now: ClockReading) -> str:
    """Compare the clock with the time that passed on the same machine; a sentence when they differ, else empty."""
    if last is None or last.machine.boot != now.machine.boot:
        return ""
    passed = timedelta(seconds=now.machine.seconds - last.machine.seconds)
    if abs(now.at - last.at - passed) <= TOLERANCE:
        return ""
    which = "jumped ahead" if now.at - last.at > passed else "was set back"
    went = f"it went from {date_and_time(last.at)} to {date_and_time(now.at)} while {_minutes(passed)} passed"
    return f"The clock {which}: {went}. Check the clock of this machine."


def why_set_back(newest_at: datetime | None, *, at: datetime) -> str:
    """Compare the clock with the newest entry of the record; a sentence when it lies ahead, else empty."""
    if newest_at is None or not is_from_later_clock(newest_at, at=at):
        return ""
    says = f"it says {date_and_time(at)}, and the record has an entry of {date_and_time(newest_at)}"
    return f"The clock was set back, or was ahead before: {says}. Check the clock of this machine."


def why_not_confirmed(looked_at: Iterable[datetime], *, at: datetime) -> str:
    """Tell why nothing may be destroyed at this clock's word yet, as a sentence; empty when time has confirmed it.

    `looked_at` are the instants of the last assurances. A clock that leapt over days is confirmed by a week of days
    that were lived after the leap; before the first assurance there is nothing to compare.
    """
    looks = [*sorted(look for look in looked_at if look <= at), at]
    leaps = [(before, after) for before, after in pairwise(looks) if after - before > _LEAP]
    if not leaps or at - leaps[-1][1] >= _CONFIRMED_AFTER:
        return ""
    before, after = leaps[-1]
    until_on = london_date(after + _CONFIRMED_AFTER)
    gap = f"from {date_and_time(before)} to {date_and_time(after)} no assurance looked"
    return f"Nothing is erased before {long_date(until_on)}: {gap}, and a clock that is wrong must not erase anything."


def _minutes(passed: timedelta) -> str:
    return count(max(round(passed.total_seconds() / 60), 0), "minute")
