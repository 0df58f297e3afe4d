"""Test dates as people say them."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.literals import day
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.wording import count, day_month, days_left, long_date, near_date, short_date

LAW = calendars().law


def test_a_date_carries_its_weekday() -> None:
    on = day("Thu 28 Nov 2019")
    assert long_date(on) == "Thursday 28 November 2019"
    assert day_month(on) == "Thursday 28 November"
    assert short_date(on) == "Thu 28 Nov 2019"


def test_the_year_is_said_when_it_is_another() -> None:
    assert near_date(day("Tue 14 Jan 2020"), on=day("Thu 28 Nov 2019")) == "Tuesday 14 January 2020"
    assert near_date(day("Tue 3 Dec 2019"), on=day("Thu 28 Nov 2019")) == "Tuesday 3 December"


@pytest.mark.parametrize(("n", "said"), [(0, "0 working days"), (1, "1 working day"), (2, "2 working days")])
def test_one_is_singular(n: int, said: str) -> None:
    assert count(n, "working day") == said


@pytest.mark.parametrize(
    ("on", "due", "said"),
    [
        ("Fri 22 Nov 2019", "Thu 28 Nov 2019", "due in 4 working days (6 calendar days), Thursday 28 November"),
        ("Thu 22 Aug 2019", "Tue 27 Aug 2019", "due in 2 working days (5 calendar days), Tuesday 27 August"),
        ("Fri 23 Aug 2019", "Tue 27 Aug 2019", "due in 1 working day (4 calendar days), Tuesday 27 August"),
        ("Tue 26 Nov 2019", "Thu 28 Nov 2019", "due in 2 working days (2 calendar days), Thursday 28 November"),
        ("Wed 27 Nov 2019", "Thu 28 Nov 2019", "due tomorrow, Thursday 28 November"),
        ("Thu 28 Nov 2019", "Thu 28 Nov 2019", "due today, Thursday 28 November"),
        (
            "Fri 29 Nov 2019",
            "Thu 28 Nov 2019",
            "overdue by 1 working day (1 calendar day), since Thursday 28 November",
        ),
        (
            "Mon 2 Dec 2019",
            "Thu 28 Nov 2019",
            "overdue by 2 working days (4 calendar days), since Thursday 28 November",
        ),
        # No working day lies in a weekend: "0 working days" would read like "now".
        ("Fri 29 Nov 2019", "Sun 1 Dec 2019", "due in 2 calendar days, Sunday 1 December"),
        ("Sat 30 Nov 2019", "Fri 29 Nov 2019", "overdue by 1 calendar day, since Friday 29 November"),
        (
            "Mon 30 Dec 2019",
            "Tue 14 Jan 2020",
            "due in 10 working days (15 calendar days), Tuesday 14 January 2020",
        ),
        ("Tue 31 Dec 2019", "Wed 1 Jan 2020", "due tomorrow, Wednesday 1 January 2020"),
    ],
)
def test_days_left(on: str, due: str, said: str) -> None:
    assert days_left(day(due), on=day(on), calendar=LAW) == said


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("Fri 29 Nov 2019", "due today, Friday 29 November"),
        (
            "Sat 30 Nov 2019",
            "the last working day before it, Friday 29 November, has passed; it is due on Sunday 1 December",
        ),
        ("Sun 1 Dec 2019", "the last working day before it, Friday 29 November, has passed; it is due today"),
        ("Mon 2 Dec 2019", "overdue by 1 working day (1 calendar day), since Sunday 1 December"),
    ],
)
def test_nothing_is_overdue_before_its_legal_date_has_passed(on: str, said: str) -> None:
    due_on, legal_on = day("Fri 29 Nov 2019"), day("Sun 1 Dec 2019")
    assert days_left(due_on, on=day(on), calendar=LAW, legal_on=legal_on) == said


def test_beyond_the_calendar_only_calendar_days_are_counted() -> None:
    due_on = LAW.last_on + timedelta(days=10)
    said = days_left(due_on, on=LAW.last_on, calendar=LAW)
    assert said == f"due in 10 calendar days, {long_date(due_on)}"


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.dates(date(2000, 1, 1), date(2040, 12, 31)))
def test_overdue_is_said_exactly_when_the_date_has_passed(due_on: date, on: date) -> None:
    said = days_left(due_on, on=on, calendar=LAW)
    assert said.startswith("overdue") == (on > due_on)
    assert not re.search(r"\b0 (working|calendar)", said)
    assert day_month(due_on) in said
