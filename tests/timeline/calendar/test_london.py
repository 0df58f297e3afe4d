"""Test weeks, and days of the week, as the calendar wing names them."""

import pytest

from tests.timeline.literals import day
from timeline.calendar.london import is_weekday, start_of_week


@pytest.mark.parametrize(
    ("on", "monday"),
    [
        ("Sun 29 Dec 2019", "Mon 23 Dec 2019"),
        ("Mon 30 Dec 2019", "Mon 30 Dec 2019"),
        ("Sun 5 Jan 2020", "Mon 30 Dec 2019"),
    ],
)
def test_a_week_begins_on_monday(on: str, monday: str) -> None:
    assert start_of_week(day(on)) == day(monday)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("Fri 27 Dec 2019", True),
        ("Sat 28 Dec 2019", False),
        ("Sun 29 Dec 2019", False),
        ("Mon 30 Dec 2019", True),
        ("Wed 25 Dec 2019", True),
    ],
)
def test_a_weekday_lies_between_monday_and_friday_holiday_or_not(on: str, expected: bool) -> None:
    assert is_weekday(day(on)) is expected
