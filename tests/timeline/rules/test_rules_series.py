"""Test rules of many dates: which lie in a span, and that the k-th stays the k-th."""

from datetime import date, datetime, time, timedelta
from itertools import groupby, takewhile

import pytest
from dateutil.rrule import rrulestr

from tests.timeline.literals import day
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.working_days import BeyondCalendar
from timeline.rules import Anchor, Element, Outcome, RuleError, evaluate, parse, rrule, series
from timeline.rules.parse_series import FEWEST_WORKING_DAYS

BOTH = calendars()
YEAR = (day("Tue 27 Aug 2019"), day("Wed 26 Aug 2020"))


def listed(rule: str, span: tuple[date, date] = YEAR, *, local: bool = False) -> Outcome:
    return evaluate(rule, anchors={}, calendars=BOTH, span=span, local=local)


def test_quarterly_windows_follow_each_other_without_a_gap() -> None:
    outcome = listed("quarterly from 2019-11-28")
    assert outcome.windows == (
        (day("Thu 28 Nov 2019"), day("Thu 27 Feb 2020")),
        (day("Fri 28 Feb 2020"), day("Wed 27 May 2020")),
        (day("Thu 28 May 2020"), day("Thu 27 Aug 2020")),
    )
    assert outcome.dates == tuple(opens for opens, _ in outcome.windows)
    assert (outcome.opens_on, outcome.closes_on) == outcome.windows[0]
    assert outcome.legal_on == outcome.closes_on


def test_quarterly_is_counted_from_the_start_so_a_short_month_is_not_carried_on() -> None:
    outcome = listed("quarterly from 2019-11-30")
    assert outcome.dates == (day("Sat 30 Nov 2019"), day("Sat 29 Feb 2020"), day("Sat 30 May 2020"))
    assert outcome.windows[1] == (day("Sat 29 Feb 2020"), day("Fri 29 May 2020"))


def test_a_window_that_is_open_when_the_span_begins_is_listed() -> None:
    outcome = listed("quarterly from 2019-11-28", (day("Wed 1 Jan 2020"), day("Thu 27 Feb 2020")))
    assert outcome.windows == ((day("Thu 28 Nov 2019"), day("Thu 27 Feb 2020")),)
    assert outcome.dates == ()
    assert outcome.opens_on == day("Thu 28 Nov 2019")


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ("monthly on the 2nd tuesday", ["Tue 10 Sep 2019", "Tue 8 Oct 2019", "Tue 12 Nov 2019"]),
        ("monthly on the last friday", ["Fri 30 Aug 2019", "Fri 27 Sep 2019", "Fri 25 Oct 2019", "Fri 29 Nov 2019"]),
        ("monthly on the 1st sunday from 2019-10-06", ["Sun 6 Oct 2019", "Sun 3 Nov 2019", "Sun 1 Dec 2019"]),
        ("every 6 weeks from 2019-10-22", ["Tue 22 Oct 2019"]),
        (
            "every 3 weeks from 2019-08-06",
            ["Tue 27 Aug 2019", "Tue 17 Sep 2019", "Tue 8 Oct 2019", "Tue 29 Oct 2019", "Tue 19 Nov 2019"],
        ),
        ("every 1 month from 2019-08-31", ["Sat 31 Aug 2019", "Mon 30 Sep 2019", "Thu 31 Oct 2019", "Sat 30 Nov 2019"]),
        ("every 45 days from 2019-08-27", ["Tue 27 Aug 2019", "Fri 11 Oct 2019", "Mon 25 Nov 2019"]),
        ("RRULE:FREQ=MONTHLY;BYDAY=2TU from 2019-10-01", ["Tue 8 Oct 2019", "Tue 12 Nov 2019"]),
        (
            "RRULE:FREQ=WEEKLY;INTERVAL=5;BYDAY=MO,TH from 2019-10-01",
            ["Thu 3 Oct 2019", "Mon 4 Nov 2019", "Thu 7 Nov 2019"],
        ),
        ("RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=-1 from 2015-01-01", ["Sat 30 Nov 2019"]),
        (
            "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 from 2019-09-30",
            ["Mon 30 Sep 2019", "Thu 31 Oct 2019", "Fri 29 Nov 2019"],
        ),
        ("RRULE:FREQ=DAILY;COUNT=3 from 2019-08-26", ["Tue 27 Aug 2019", "Wed 28 Aug 2019"]),
        (
            "RRULE:FREQ=DAILY;INTERVAL=20;UNTIL=20191020 from 2019-09-10",
            ["Tue 10 Sep 2019", "Mon 30 Sep 2019", "Sun 20 Oct 2019"],
        ),
    ],
)
def test_the_dates_of_a_series_in_a_span_both_ends_included(rule: str, dates: list[str]) -> None:
    outcome = listed(rule, (day("Tue 27 Aug 2019"), day("Sun 1 Dec 2019")))
    assert outcome.dates == tuple(day(text) for text in dates)
    assert outcome.legal_on == outcome.dates[0]
    assert outcome.windows == ()


def test_nothing_in_the_span_is_an_answer() -> None:
    outcome = listed("every 6 weeks from 2021-10-22")
    assert (outcome.dates, outcome.legal_on, outcome.readings) == ((), None, ())
    assert outcome.steps[-1] == "No date between Tuesday 27 August 2019 and Wednesday 26 August 2020."


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


def test_the_kth_of_a_series_does_not_depend_on_how_far_one_looks() -> None:
    anchors = {"plan": Anchor(day("Thu 28 Nov 2019"))}
    near, far = (
        tuple(series("quarterly from plan", anchors=anchors, calendars=BOTH, until=until))
        for until in (day("Thu 28 May 2020"), day("Sun 28 Nov 2021"))
    )
    assert near == far[: len(near)]
    assert near[2] == Element(3, day("Thu 28 May 2020"), day("Thu 27 Aug 2020"))
    assert [element.k for element in far] == list(range(1, len(far) + 1))


def test_a_series_of_days_numbers_days_that_open_and_close_at_once() -> None:
    elements = series("every 6 weeks from 2019-10-22", anchors={}, calendars=BOTH, until=day("Tue 3 Dec 2019"))
    assert tuple(elements) == (
        Element(1, day("Tue 22 Oct 2019"), day("Tue 22 Oct 2019")),
        Element(2, day("Tue 3 Dec 2019"), day("Tue 3 Dec 2019")),
    )


def test_a_monthly_rule_without_an_anchor_counts_from_where_it_is_told() -> None:
    elements = series(
        "monthly on the 2nd tuesday",
        anchors={},
        calendars=BOTH,
        until=day("Tue 8 Oct 2019"),
        start_on=day("Tue 10 Sep 2019"),
    )
    assert tuple(elements) == (
        Element(1, day("Tue 10 Sep 2019"), day("Tue 10 Sep 2019")),
        Element(2, day("Tue 8 Oct 2019"), day("Tue 8 Oct 2019")),
    )
    with pytest.raises(RuleError, match="no place to begin"):
        series("monthly on the 2nd tuesday", anchors={}, calendars=BOTH, until=day("Tue 8 Oct 2019"))


def test_a_series_waits_like_any_rule() -> None:
    outcome = listed("quarterly from plan")
    assert (outcome.waits_for, outcome.windows) == (("plan",), ())
    assert tuple(series("quarterly from plan", anchors={}, calendars=BOTH, until=YEAR[1])) == ()


@pytest.mark.parametrize(("suffix", "moved"), [("next", "Tue 27 Aug 2019"), ("previous", "Fri 23 Aug 2019")])
def test_a_local_series_moves_a_date_that_falls_on_a_day_off(suffix: str, moved: str) -> None:
    rule = f"monthly on the last monday or {suffix} working day"
    span = day("Thu 1 Aug 2019"), day("Sat 31 Aug 2019")
    assert listed(rule, span, local=True).dates == (day(moved),)
    with pytest.raises(RuleError, match="status local"):
        listed(rule, span)


@pytest.mark.parametrize(
    ("suffix", "span"),
    [
        # The last Monday, 26 Aug, lies outside each span; the agreed date lies in it.
        ("next", ("Tue 27 Aug 2019", "Wed 28 Aug 2019")),
        ("previous", ("Thu 22 Aug 2019", "Fri 23 Aug 2019")),
    ],
)
def test_a_date_moved_into_the_span_is_listed(suffix: str, span: tuple[str, str]) -> None:
    rule = f"monthly on the last monday or {suffix} working day"
    assert len(listed(rule, (day(span[0]), day(span[1])), local=True).dates) == 1


def test_days_of_one_weekend_that_move_to_the_same_day_are_one() -> None:
    span = day("Fri 22 Nov 2019"), day("Tue 26 Nov 2019")
    outcome = listed("every 1 days from 2019-11-22 or next working day", span, local=True)
    assert outcome.dates == (day("Fri 22 Nov 2019"), day("Mon 25 Nov 2019"), day("Tue 26 Nov 2019"))


def test_a_date_on_a_day_off_says_its_working_date() -> None:
    steps = listed("monthly on the last monday", (day("Thu 1 Aug 2019"), day("Sat 31 Aug 2019"))).steps
    assert steps[-1] == (
        "Monday 26 August 2019 (Summer bank holiday) is no working day; the working date is Friday 23 August 2019."
    )


def test_a_series_passes_the_horizon_but_a_moved_one_does_not() -> None:
    late = day("Mon 1 Jan 2029"), day("Mon 31 Dec 2029")
    outcome = listed("quarterly from 2028-06-01", late)
    assert (outcome.working_on, len(outcome.windows)) == (None, 5)
    assert "2029 are not known" in outcome.steps[-1]
    with pytest.raises(BeyondCalendar, match="2029"):
        listed("monthly on the 2nd tuesday or next working day", late, local=True)


@pytest.mark.parametrize(
    ("span", "fault"),
    [(None, "expected a span"), ((YEAR[1], YEAR[0]), "expected the earlier day first")],
)
def test_a_series_needs_a_span_that_runs_forward(span: tuple[date, date] | None, fault: str) -> None:
    with pytest.raises(RuleError, match=fault):
        evaluate("quarterly from 2019-11-28", anchors={}, calendars=BOTH, span=span)


def test_a_rule_of_one_date_is_no_series() -> None:
    with pytest.raises(RuleError, match="gives one date, expected a series"):
        series("by 2019-12-01", anchors={}, calendars=BOTH, until=YEAR[1])


@pytest.mark.parametrize("span", [(date.min, date.max), (date.min, date.min), (date.max, date.max)])
@pytest.mark.parametrize(
    "rule", ["monthly on the 2nd tuesday", "quarterly from 2190-01-31", "every 9999 weeks from 1900-01-01"]
)
def test_a_span_of_any_length_is_bounded_by_1900_and_2199(rule: str, span: tuple[date, date]) -> None:
    outcome = listed(rule, span)
    assert all(date(1900, 1, 1) <= on <= date(2199, 12, 31) for on in outcome.dates)
