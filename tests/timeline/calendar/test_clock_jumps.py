"""Test that a clock that jumped is told from a time in which nothing ran."""

from datetime import datetime, timedelta

import pytest

from tests.timeline.literals import at
from timeline.calendar.clock_jumps import (
    ClockReading,
    MachineTime,
    is_from_later_clock,
    why_jumped,
    why_not_confirmed,
    why_set_back,
)

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


@pytest.mark.parametrize(
    ("looked", "now", "waits"),
    [
        ([], "Mon 25 Nov 2019 07:00", False),
        (["Wed 20 Nov 2019 08:45", "Fri 22 Nov 2019 08:45"], "Mon 25 Nov 2019 07:00", False),
        (["Thu 28 Mar 2024 08:45"], "Tue 2 Apr 2024 07:00", False),  # Easter
        (["Mon 25 Nov 2019 08:45"], "Wed 25 Dec 2019 07:00", True),  # a month ahead
        (["Mon 25 Nov 2019 08:45", "Wed 25 Dec 2019 08:45"], "Tue 31 Dec 2019 07:00", True),
        (["Mon 25 Nov 2019 08:45", "Wed 25 Dec 2019 08:45", "Mon 30 Dec 2019 08:45"], "Wed 1 Jan 2020 09:00", False),
        # The clock was put right: what it wrote ahead is not heeded.
        (["Mon 25 Nov 2019 08:45", "Wed 25 Dec 2019 08:45"], "Tue 26 Nov 2019 07:00", False),
    ],
)
def test_a_clock_that_leapt_is_confirmed_by_a_week_of_its_days(looked: list[str], now: str, waits: bool) -> None:
    assert bool(why_not_confirmed(map(at, looked), at=at(now))) == waits


def test_it_says_until_when_nothing_is_erased_and_why() -> None:
    assert why_not_confirmed([MORNING], at=at("Wed 25 Dec 2019 07:00")) == (
        "Nothing is erased before Wednesday 1 January 2020: from Monday 25 November 2019 at 08:40 to Wednesday "
        "25 December 2019 at 07:00 no assurance looked, and a clock that is wrong must not erase anything."
    )
