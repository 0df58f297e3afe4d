"""Test working time in London: the hours, the edges and both clock changes."""

from copy import deepcopy
from datetime import UTC, datetime, time, timedelta

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.literals import at
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.london import LONDON
from timeline.calendar.working_hours import WorkingHours, in_working_time, last_working_instant, next_working_instant

LAW = calendars().law
HOURS = WorkingHours(time(8), time(18))


def test_hours_are_read_from_a_setting() -> None:
    assert WorkingHours.parse("08:00-18:00") == HOURS
    assert WorkingHours.parse(" 07:30 – 19:15 ") == WorkingHours(time(7, 30), time(19, 15))


@pytest.mark.parametrize("text", ["", "8-18", "18:00-08:00", "08:00-08:00", "08:00", "25:00-26:00", "08:61-18:00"])
def test_hours_that_make_no_sense_are_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=f"Working hours “{text}” were not understood: expected such as"):
        WorkingHours.parse(text)


@pytest.mark.parametrize(
    ("instant", "working", "following", "preceding"),
    [
        # Just before, at and just after both ends of a day in winter (GMT) …
        ("Thu 28 Nov 2019 07:59", False, "Thu 28 Nov 2019 08:00", "Wed 27 Nov 2019 18:00"),
        ("Thu 28 Nov 2019 08:00", True, "Thu 28 Nov 2019 08:00", "Thu 28 Nov 2019 08:00"),
        ("Thu 28 Nov 2019 08:01", True, "Thu 28 Nov 2019 08:01", "Thu 28 Nov 2019 08:01"),
        ("Thu 28 Nov 2019 17:59", True, "Thu 28 Nov 2019 17:59", "Thu 28 Nov 2019 17:59"),
        ("Thu 28 Nov 2019 18:00", True, "Thu 28 Nov 2019 18:00", "Thu 28 Nov 2019 18:00"),
        ("Thu 28 Nov 2019 18:01", False, "Fri 29 Nov 2019 08:00", "Thu 28 Nov 2019 18:00"),
        # … in summer (BST) …
        ("Wed 21 Aug 2019 07:59", False, "Wed 21 Aug 2019 08:00", "Tue 20 Aug 2019 18:00"),
        ("Wed 21 Aug 2019 08:00", True, "Wed 21 Aug 2019 08:00", "Wed 21 Aug 2019 08:00"),
        ("Wed 21 Aug 2019 18:01", False, "Thu 22 Aug 2019 08:00", "Wed 21 Aug 2019 18:00"),
        # … over a bank holiday weekend, over Christmas …
        ("Fri 23 Aug 2019 18:01", False, "Tue 27 Aug 2019 08:00", "Fri 23 Aug 2019 18:00"),
        ("Mon 26 Aug 2019 12:00", False, "Tue 27 Aug 2019 08:00", "Fri 23 Aug 2019 18:00"),
        ("Wed 25 Dec 2019 12:00", False, "Fri 27 Dec 2019 08:00", "Tue 24 Dec 2019 18:00"),
        # … and on both change Sundays.
        ("Sun 31 Mar 2019 00:30", False, "Mon 1 Apr 2019 08:00", "Fri 29 Mar 2019 18:00"),
        ("Sun 31 Mar 2019 12:00", False, "Mon 1 Apr 2019 08:00", "Fri 29 Mar 2019 18:00"),
        ("Sun 27 Oct 2019 01:30", False, "Mon 28 Oct 2019 08:00", "Fri 25 Oct 2019 18:00"),
        ("Sun 27 Oct 2019 12:00", False, "Mon 28 Oct 2019 08:00", "Fri 25 Oct 2019 18:00"),
    ],
)
def test_working_time(instant: str, working: bool, following: str, preceding: str) -> None:
    assert in_working_time(at(instant), LAW, HOURS) is working
    assert next_working_instant(at(instant), LAW, HOURS) == at(following)
    assert last_working_instant(at(instant), LAW, HOURS) == at(preceding)


def test_after_the_last_working_day_that_is_known_an_answer_waits_for_the_year_after_it() -> None:
    evening = datetime.combine(LAW.roll_back(LAW.last_on), time(19), tzinfo=LONDON)
    assert next_working_instant(evening, LAW, HOURS).date() == LAW.last_on + timedelta(days=1)


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (datetime(2019, 3, 29, 19, 0, tzinfo=UTC), datetime(2019, 4, 1, 7, 0, tzinfo=UTC)),  # GMT into BST
        (datetime(2019, 10, 25, 19, 0, tzinfo=UTC), datetime(2019, 10, 28, 8, 0, tzinfo=UTC)),  # BST into GMT
        (datetime(2019, 8, 21, 6, 59, tzinfo=UTC), datetime(2019, 8, 21, 7, 0, tzinfo=UTC)),
        (datetime(2019, 11, 28, 7, 30, tzinfo=UTC), datetime(2019, 11, 28, 8, 0, tzinfo=UTC)),
    ],
)
def test_an_instant_in_utc_opens_by_the_clock_on_the_wall(instant: datetime, expected: datetime) -> None:
    opened = next_working_instant(instant, LAW, HOURS)
    assert opened.astimezone(UTC) == expected
    assert opened.tzinfo is LONDON


def test_a_copy_of_an_instant_that_was_moved_keeps_its_zone() -> None:
    """Test that a copy of pendulum's instants keeps only pendulum's zones, and `asdict` copies."""
    morning = pendulum.datetime(2019, 11, 28, 10, 30, tz="Europe/London")
    for ask in (next_working_instant, last_working_instant):
        assert deepcopy(ask(morning, LAW, HOURS)) == datetime(2019, 11, 28, 10, 30, tzinfo=LONDON)


def test_an_instant_without_a_time_zone_is_refused() -> None:
    naive = at("Thu 28 Nov 2019 08:00").replace(tzinfo=None)
    for ask in (in_working_time, next_working_instant, last_working_instant):
        with pytest.raises(ValueError, match="has no time zone"):
            ask(naive, LAW, HOURS)


instants = st.datetimes(datetime(2013, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
hours = st.tuples(st.times(), st.times()).filter(lambda pair: pair[0] < pair[1]).map(lambda p: WorkingHours(*p))


@given(instants, hours)
def test_the_next_and_last_working_instants_are_in_working_time_and_nothing_lies_between(
    instant: datetime, open_hours: WorkingHours
) -> None:
    following = next_working_instant(instant, LAW, open_hours).astimezone(UTC)
    preceding = last_working_instant(instant, LAW, open_hours).astimezone(UTC)
    assert in_working_time(following, LAW, open_hours)
    assert in_working_time(preceding, LAW, open_hours)
    assert preceding <= instant <= following
    assert (preceding == following) == in_working_time(instant, LAW, open_hours)
    if preceding < following:
        second = timedelta(microseconds=1)
        assert not in_working_time(preceding + second, LAW, open_hours)
        assert not in_working_time(following - second, LAW, open_hours)
