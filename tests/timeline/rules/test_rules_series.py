"""Test rules of many dates: which lie in a span, and that the k-th stays the k-th."""

from datetime import date

import pytest

from tests.timeline.literals import day
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.working_days import BeyondCalendar
from timeline.rules import Anchor, Element, Outcome, RuleError, evaluate, series

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
    with pytest.raises(RuleError, match="the council's own rules"):
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
