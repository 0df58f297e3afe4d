"""Test the working calendar: what is off, how working days are counted, and where the calendar ends."""

from collections import Counter
from datetime import date, timedelta

import holidays
import numpy as np
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import assume, given
from hypothesis import strategies as st

from tasks import clock
from tests.timeline.literals import day
from timeline.calendar.bank_holidays import calendars, official
from timeline.calendar.working_days import BeyondCalendar

LAW = calendars().law
OFF = sorted(LAW.days_off)
in_the_span = st.dates(LAW.first_on, LAW.last_on)
in_2019 = st.dates(date(2019, 1, 1), date(2019, 12, 31))


def test_the_official_data_end_no_sooner_than_a_year_from_now() -> None:
    today = clock.now().date()
    assert today + timedelta(days=365) <= LAW.last_on, (
        f"The bank holidays end on {LAW.last_on}: raise govuk-bank-holidays in pyproject.toml to a release that "
        f"knows {LAW.last_on.year + 1}, and lock it again (GOV.UK publishes two years ahead)."
    )


def test_the_verified_span_is_whole_years_of_the_data() -> None:
    assert min(official()).year == LAW.first_on.year == 2012
    assert max(official()).year == LAW.last_on.year
    assert (LAW.first_on.month, LAW.first_on.day) == (1, 1)
    assert (LAW.last_on.month, LAW.last_on.day) == (12, 31)
    assert set(Counter(on.year for on in official())) == set(range(LAW.first_on.year, LAW.last_on.year + 1))


def test_the_official_data_are_what_the_library_says() -> None:
    published = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    substitutes = {day["date"] for day in published if day["notes"] == "Substitute day"}
    assert official() == {
        day["date"]: day["title"] + ", substitute day" * (day["date"] in substitutes) for day in published
    }


def test_a_substitute_day_is_named_so() -> None:
    """Test that nobody takes "Monday 28 December 2026 (Boxing Day)" for a slip."""
    assert LAW.why_off(day("Mon 28 Dec 2026")) == "Boxing Day, substitute day"
    assert LAW.why_off(day("Fri 25 Dec 2026")) == "Christmas Day"


def test_the_official_data_agree_with_a_second_library() -> None:
    years = range(LAW.first_on.year, LAW.last_on.year + 1)
    other = holidays.country_holidays("GB", subdiv="ENG", years=years)
    # The second library keeps the day itself beside its substitute (Sat 26 Dec 2020 beside Mon 28 Dec 2020);
    # GOV.UK lists the substitute alone. Both are at a weekend, so no count of working days differs.
    assert {on for on in other if on.weekday() < 5} == set(official())


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("Fri 23 Aug 2019", None),
        ("Sat 24 Aug 2019", "a Saturday"),
        ("Sun 25 Aug 2019", "a Sunday"),
        ("Mon 26 Aug 2019", "Summer bank holiday"),
        ("Fri 19 Apr 2019", "Good Friday"),
        ("Mon 22 Apr 2019", "Easter Monday"),  # a working day in Scotland, and so for the library's default
        ("Mon 4 May 2020", None),  # moved to Fri 8 May for VE Day
        ("Fri 8 May 2020", "Early May bank holiday (VE day)"),
        ("Mon 19 Sep 2022", "Bank Holiday for the State Funeral of Queen Elizabeth II"),
        ("Mon 8 May 2023", "Bank holiday for the coronation of King Charles III"),
        ("Sun 1 Jan 2012", "a Sunday"),
        ("Sun 31 Dec 2028", "a Sunday"),
    ],
)
def test_a_day_off_has_a_name(on: str, why: str | None) -> None:
    assert LAW.why_off(day(on)) == why
    assert LAW.is_working(day(on)) == (why is None)


@pytest.mark.parametrize("on", ["Sat 24 Aug 2019", "Sun 25 Aug 2019", "Mon 26 Aug 2019"])
def test_day_one_is_the_next_working_day(on: str) -> None:
    assert LAW.add(day(on), 1) == day("Tue 27 Aug 2019")
    assert LAW.subtract(day(on), 1) == day("Fri 23 Aug 2019")
    assert LAW.roll_forward(day(on)) == day("Tue 27 Aug 2019")
    assert LAW.roll_back(day(on)) == day("Fri 23 Aug 2019")


def test_christmas_is_counted_across() -> None:
    assert LAW.add(day("Tue 24 Dec 2019"), 1) == day("Fri 27 Dec 2019")
    assert LAW.subtract(day("Thu 2 Jan 2020"), 4) == day("Tue 24 Dec 2019")
    assert LAW.days_between(day("Tue 24 Dec 2019"), day("Thu 2 Jan 2020")) == 4


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("Thu 28 Nov 2019", "Thu 28 Nov 2019", 0),
        ("Fri 29 Nov 2019", "Thu 28 Nov 2019", 0),
        ("Fri 29 Nov 2019", "Sun 1 Dec 2019", 0),
        ("Fri 29 Nov 2019", "Mon 2 Dec 2019", 1),
        ("Wed 21 Aug 2019", "Thu 28 Nov 2019", 70),
    ],
)
def test_days_between_leaves_the_first_out_and_counts_the_last(start: str, end: str, expected: int) -> None:
    assert LAW.days_between(day(start), day(end)) == expected


@pytest.mark.parametrize("n", [0, -1])
def test_fewer_than_one_day_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        LAW.add(day("Fri 23 Aug 2019"), n)
    with pytest.raises(ValueError, match="at least 1"):
        LAW.subtract(day("Fri 23 Aug 2019"), n)


def test_past_the_last_year_every_question_is_refused_with_the_remedy() -> None:
    after = LAW.last_on + timedelta(days=1)
    year = f"bank holidays of {after.year} are not known.*upgrade the govuk-bank-holidays package"
    for ask in (LAW.is_working, LAW.why_off, LAW.roll_back, LAW.roll_forward):
        with pytest.raises(BeyondCalendar, match=year):
            ask(after)
    for count in (LAW.add, LAW.subtract):
        with pytest.raises(BeyondCalendar, match=year):
            count(after, 1)
    with pytest.raises(BeyondCalendar, match=year):
        LAW.add(LAW.last_on, 1)
    with pytest.raises(BeyondCalendar, match=year):
        LAW.days_between(LAW.last_on, after)


def test_what_is_looked_ahead_to_ends_with_the_calendar() -> None:
    last_on = LAW.roll_back(LAW.last_on)
    assert LAW.ahead(day("Fri 23 Aug 2019"), 1) == day("Tue 27 Aug 2019")
    assert LAW.ahead(LAW.subtract(last_on, 1), 1) == last_on
    assert {LAW.ahead(last_on, n) for n in (1, 10)} == {LAW.last_on + timedelta(days=1)}


def test_before_the_first_year_upgrading_is_not_offered() -> None:
    with pytest.raises(BeyondCalendar, match=r"holidays of 2011 are not known.*: list every") as refusal:
        LAW.subtract(day("Tue 3 Jan 2012"), 1)
    assert "upgrade" not in str(refusal.value)
    with pytest.raises(BeyondCalendar, match="2011"):
        LAW.roll_back(day("Sun 1 Jan 2012"))


def test_a_gap_of_years_is_named_whole() -> None:
    with pytest.raises(BeyondCalendar, match=f"holidays of {LAW.last_on.year + 1} to 2040 are"):
        LAW.is_working(date(2040, 1, 2))


def test_a_proclaimed_holiday_counts_as_law_and_a_closure_day_does_not() -> None:
    both = calendars({day("Mon 18 Nov 2019"): "Day of thanks"}, {day("Fri 27 Dec 2019"): "Christmas closure"})
    assert both.law.why_off(day("Mon 18 Nov 2019")) == "Day of thanks"
    assert both.office.why_off(day("Mon 18 Nov 2019")) == "Day of thanks"
    assert both.law.is_working(day("Fri 27 Dec 2019"))
    assert both.office.why_off(day("Fri 27 Dec 2019")) == "Christmas closure"
    assert both.office.roll_back(day("Fri 27 Dec 2019")) == day("Tue 24 Dec 2019")


def test_a_council_can_add_the_year_after_the_last_by_listing_it() -> None:
    missing = LAW.last_on.year + 1
    listed = [date(missing, month, n) for month, n in [(1, 1), (3, 30), (4, 2), (5, 7), (5, 28), (8, 27), (12, 25)]]
    seven = dict.fromkeys(listed, "listed")
    assert calendars(seven).law.last_on == LAW.last_on
    assert calendars({**seven, date(missing, 12, 26): "listed"}).law.last_on == date(missing, 12, 31)


def test_the_same_days_give_the_same_calendars() -> None:
    extra = {day("Mon 18 Nov 2019"): "Day of thanks"}
    assert calendars(extra) is calendars(dict(extra))
    assert calendars() is not calendars(extra)


@given(in_the_span, st.integers(1, 400))
def test_counting_agrees_with_numpy(on: date, n: int) -> None:
    later = np.busday_offset(on, n, roll="backward", holidays=OFF).astype(date)
    earlier = np.busday_offset(on, -n, roll="forward", holidays=OFF).astype(date)
    if later <= LAW.last_on:
        assert LAW.add(on, n) == later
    if earlier >= LAW.first_on:
        assert LAW.subtract(on, n) == earlier


@given(in_the_span, in_the_span)
def test_days_between_agrees_with_numpy(start: date, end: date) -> None:
    assume(start <= end)
    given = timedelta(days=1)
    counted = np.busday_count(start + given, end + given, holidays=OFF)
    assert LAW.days_between(start, end) == counted


@given(st.dates(date(2014, 1, 1), date(2026, 12, 31)), st.integers(1, 400))
def test_adding_then_subtracting_comes_back_to_the_working_day(on: date, n: int) -> None:
    assert LAW.subtract(LAW.add(on, n), n) == LAW.roll_back(on)
    assert LAW.add(LAW.subtract(on, n), n) == LAW.roll_forward(on)
    assert LAW.days_between(on, LAW.add(on, n)) == n


@given(in_2019, st.integers(1, 60), st.sets(in_2019, max_size=40))
def test_closure_days_never_move_what_the_law_counts(on: date, n: int, closures: set[date]) -> None:
    both = calendars(closures=dict.fromkeys(closures, "closed"))
    assert both.law.add(on, n) == LAW.add(on, n)
    assert both.law.subtract(on, n) == LAW.subtract(on, n)
    assert not any(both.office.is_working(closed) for closed in closures)
