"""Notice a clock that jumped, either way, and what a later clock wrote; a time in which nothing ran is no jump."""

from datetime import datetime, timedelta
from typing import NamedTuple

from timeline.calendar.wording import count, date_and_time

# Several machines may differ by some seconds, and a run writes for the instant at which it began.
TOLERANCE = timedelta(minutes=5)


class MachineTime(NamedTuple):
    """The time since a machine started, which nobody can set; `boot` names that start."""

    boot: str
    seconds: float


class ClockReading(NamedTuple):
    """The clock and the time of its machine, read together."""

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


def _minutes(passed: timedelta) -> str:
    return count(max(round(passed.total_seconds() / 60), 0), "minute")
