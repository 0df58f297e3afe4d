"""A clock that jumped is told from a time in which nothing ran."""

from datetime import datetime, timedelta

import pytest

from tests.timeline.literals import at
from timeline.calendar.clock_jumps import ClockReading, MachineTime, is_from_later_clock, why_jumped, why_set_back

MORNING = at("Mon 25 Nov 2019 08:40")
DAY = 24 * 3600.0


def reading(when: datetime, seconds: float, boot: str = "one") -> ClockReading:
    return ClockReading(when, MachineTime(boot, seconds))


@pytest.mark.parametrize(
    ("went", "counted", "boot"),
    [
        (timedelta(minutes=10), 600.0, "one"),
        (timedelta(minutes=10), 480.0, "one"),  # drift, set right
        (timedelta(days=14), 14 * DAY, "one"),  # nothing ran
        (timedelta(days=14), 90.0, "two"),  # the machine was off
        (timedelta(days=-14), 90.0, "two"),  # no machine counted: the record tells it
    ],
)
def test_an_outage_of_two_weeks_and_a_little_drift_are_no_jump(went: timedelta, counted: float, boot: str) -> None:
    assert why_jumped(reading(MORNING, 100), reading(MORNING + went, 100 + counted, boot)) == ""


def test_a_jump_is_told_with_both_instants_and_the_time_that_passed() -> None:
    last = reading(MORNING, 100)
    assert why_jumped(last, reading(at("Wed 25 Dec 2019 08:50"), 700)) == (
        "The clock jumped ahead: it went from Monday 25 November 2019 at 08:40 to Wednesday 25 December 2019 at 08:50 "
        "while 10 minutes passed. Check the clock of this machine."
    )
    assert why_jumped(last, reading(at("Sun 24 Nov 2019 08:50"), 700)).startswith("The clock was set back: it went")
    assert why_jumped(None, last) == ""


def test_a_clock_behind_the_record_is_told() -> None:
    assert why_set_back(MORNING, at=MORNING - timedelta(minutes=4)) == why_set_back(None, at=MORNING) == ""
    assert why_set_back(MORNING, at=MORNING - timedelta(hours=1)) == (
        "The clock was set back, or was ahead before: it says Monday 25 November 2019 at 07:40, and the record has an "
        "entry of Monday 25 November 2019 at 08:40. Check the clock of this machine."
    )
    assert not is_from_later_clock(None, at=MORNING)
