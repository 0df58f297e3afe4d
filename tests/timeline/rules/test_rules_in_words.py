"""Test rules in the words councils use: which days they give and why, and that one which never comes is refused."""

from datetime import date, datetime, time, timedelta
from itertools import groupby, takewhile

import pytest
from dateutil.rrule import rrulestr

from tests.timeline.literals import day
from tests.timeline.rules.test_rules_series import BOTH, listed
from timeline.calendar.working_days import BeyondCalendar
from timeline.rules import Element, RuleError, parse, rrule, series
from timeline.rules.parse_series import FEWEST_WORKING_DAYS


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 from x",
        "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31 from 1900-01-02",
        "RRULE:FREQ=MONTHLY;BYMONTH=2 from 2019-08-31",
        "RRULE:FREQ=DAILY;UNTIL=20190101 from 2019-08-31",
        "RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29 from 2019-01-01",
        "monthly on the 1st friday except january and february and march and april and may and june and july "
        "and august and september and october and november and december",
    ],
)
def test_a_rule_that_never_comes_is_refused(rule: str) -> None:
    with pytest.raises(RuleError, match="never comes, expected"):
        parse(rule)


def test_a_search_in_vain_goes_year_by_year_and_ends_with_a_round_of_the_calendar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Test that the days of three centuries are not looked at one by one, which took 11 seconds."""
    searched: list[str] = []

    def searching(text: str, **_: datetime) -> list[datetime]:
        searched.append(text)
        return []

    monkeypatch.setattr(rrule, "rrulestr", searching)
    assert list(rrule.recur("FREQ=DAILY;BYMONTH=2;BYYEARDAY=100", date(1900, 1, 2), date(2199, 12, 31))) == []
    assert searched == ["FREQ=YEARLY;BYMONTH=2;BYYEARDAY=100;BYDAY=MO,TU,WE,TH,FR,SA,SU;UNTIL=19281231"]


@pytest.mark.parametrize("frequency", ["DAILY", "WEEKLY", "WEEKLY;BYDAY=MO,SA", "DAILY;BYSETPOS=-1"])
@pytest.mark.parametrize("part", ["", ";BYMONTH=2,8", ";BYMONTHDAY=-1,13", ";BYWEEKNO=53,1", ";COUNT=7"])
def test_days_asked_a_year_at_a_time_are_those_asked_day_by_day(frequency: str, part: str) -> None:
    begin_on, end_on = day("Mon 30 Dec 2019"), day("Sat 31 Dec 2022")
    day_by_day = rrulestr(f"FREQ={frequency}{part}", dtstart=datetime.combine(begin_on, time()))
    expected = [at.date() for at in takewhile(lambda at: at.date() <= end_on, day_by_day)]
    assert list(rrule.recur(f"FREQ={frequency}{part}", begin_on, end_on)) == expected


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ("monthly on the last working day", ["Fri 29 Nov 2019", "Tue 31 Dec 2019", "Fri 31 Jan 2020"]),
        ("1st working day of the month", ["Fri 1 Nov 2019", "Mon 2 Dec 2019", "Thu 2 Jan 2020"]),
        ("monthly on the 10th working day", ["Thu 14 Nov 2019", "Fri 13 Dec 2019", "Wed 15 Jan 2020"]),
        (
            "on the 2nd and 4th tuesday except december",
            ["Tue 12 Nov 2019", "Tue 26 Nov 2019", "Tue 14 Jan 2020", "Tue 28 Jan 2020"],
        ),
        ("every 6 weeks from 2019-10-22 except december", ["Tue 14 Jan 2020"]),
        ("the tuesday after a bank holiday", ["Tue 31 Dec 2019", "Tue 7 Jan 2020"]),
        ("the working day after a bank holiday", ["Fri 27 Dec 2019", "Thu 2 Jan 2020"]),
    ],
)
def test_the_words_that_councils_use(rule: str, dates: list[str]) -> None:
    outcome = listed(rule, (day("Fri 1 Nov 2019"), day("Fri 31 Jan 2020")))
    assert outcome.dates == tuple(day(text) for text in dates)


def test_every_working_day_of_a_month_is_that_of_the_calendar() -> None:
    span = day("Tue 1 Jan 2013"), day("Fri 31 Dec 2027")
    everything = [span[0] + timedelta(days=n) for n in range((span[1] - span[0]).days + 1)]
    by_month = [
        [*days] for _, days in groupby(filter(BOTH.law.is_working, everything), key=lambda on: (on.year, on.month))
    ]
    assert listed("last working day of the month", span).dates == tuple(days[-1] for days in by_month)
    assert listed("3rd working day of the month", span).dates == tuple(days[2] for days in by_month)
    assert min(len(days) for days in by_month) >= FEWEST_WORKING_DAYS


def test_a_term_under_way_counts_and_august_belongs_to_none() -> None:
    outcome = listed("every term from 2019-08-27")
    assert outcome.windows == (
        (day("Sun 1 Sep 2019"), day("Tue 31 Dec 2019")),
        (day("Wed 1 Jan 2020"), day("Tue 31 Mar 2020")),
        (day("Wed 1 Apr 2020"), day("Fri 31 Jul 2020")),
    )
    assert listed("termly from 2019-11-28").windows[0] == (day("Thu 28 Nov 2019"), day("Tue 31 Dec 2019"))


def test_each_date_says_why_it_is_just_that_day() -> None:
    span = day("Fri 1 Nov 2019"), day("Tue 31 Dec 2019")
    assert listed("the tuesday after a bank holiday", span).steps[1:] == (
        "Tuesday 31 December 2019 follows Thursday 26 December 2019 (Boxing Day).",
    )
    assert listed("last working day of the month except december", span).steps[1:] == (
        "No date in December: the rule leaves it out.",
        "Working days are counted in the month: no Saturday, no Sunday and no bank holiday.",
        "The last working day of November 2019 is Friday 29 November 2019.",
        "Skipped: Saturday 30 November 2019.",
    )
    assert "August belongs to none" in listed("termly", span).steps[1]


@pytest.mark.parametrize("rule", ["monthly on the last working day", "the tuesday after a bank holiday"])
def test_a_rule_of_working_days_ends_with_the_calendar(rule: str) -> None:
    given: list[Element] = []
    with pytest.raises(BeyondCalendar, match="2029"):
        given.extend(
            series(rule, anchors={}, calendars=BOTH, until=day("Mon 1 Jan 2029"), start_on=day("Fri 1 Dec 2028"))
        )
