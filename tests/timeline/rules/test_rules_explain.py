"""Test the reasons: sentences that a director can follow on a wall calendar."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.literals import day
from timeline.calendar.bank_holidays import calendars
from timeline.rules import Anchor, convention, evaluate, parse
from timeline.rules.explain import listed, skipped

BOTH = calendars()


def steps(rule: str, start: str, source: str = "") -> Sequence[str]:
    return evaluate(rule, anchors={"x": Anchor(day(start), source)}, calendars=BOTH, local=True).steps


def test_the_action_plan_is_explained() -> None:
    assert steps("70 working days after x", "Wed 21 Aug 2019", "given on the command line") == (
        "Counted from x, Wednesday 21 August 2019 (given on the command line).",
        "Day 1 is Thursday 22 August 2019; day 70 is Thursday 28 November 2019.",
        "Skipped: 14 weekends and Monday 26 August 2019 (Summer bank holiday).",
        "The date is a working day, so the working date is the same.",
    )


def test_what_a_rule_counts_from_is_kept_with_its_source() -> None:
    anchors = {"x": Anchor(day("Wed 21 Aug 2019"), "recorded by Head of improvement, report 2.1; inferred")}
    outcome = evaluate("by x", anchors=anchors, calendars=BOTH)
    assert outcome.counted_from == (
        "x, Wednesday 21 August 2019 (recorded by Head of improvement, report 2.1; inferred)",
    )


def test_a_deadline_on_a_sunday_is_explained() -> None:
    assert evaluate("by 2019-12-01", anchors={}, calendars=BOTH).steps == (
        "Counted from Sunday 1 December 2019.",
        "The deadline is Sunday 1 December 2019.",
        "The date falls on a Sunday; the working date is the last working day before it, Friday 29 November 2019.",
    )


def test_special_urgency_is_explained() -> None:
    assert steps("5 clear working days before x", "Tue 3 Sep 2019") == (
        "Counted from x, Tuesday 3 September 2019.",
        "Neither the day of the notice nor the day of the meeting counts.",
        "The 5 clear working days are Tuesday 27 August 2019 to Monday 2 September 2019.",
        "Skipped: 1 weekend.",
        "Notice is given at the latest on Monday 26 August 2019.",
        "The date falls on Monday 26 August 2019 (Summer bank holiday); the working date is the last "
        "working day before it, Friday 23 August 2019.",
        "The law does not say whether weekends count; read as 5 clear days, the last day is Wednesday 28 August 2019.",
    )


@pytest.mark.parametrize(
    ("rule", "start", "step"),
    [
        ("1 working day before x", "Mon 26 Aug 2019", "Counting back, day 1 is Friday 23 August 2019."),
        ("1 clear day before x", "Tue 3 Sep 2019", "The 1 clear day is Monday 2 September 2019."),
        ("1 month after x", "Thu 31 Jan 2019", "That month has no day 31, so its last day stands."),
        ("1 year after x", "Sat 29 Feb 2020", "That month has no day 29, so its last day stands."),
        (
            "4 weeks after x",
            "Thu 28 Nov 2019",
            "4 weeks after Thursday 28 November 2019 is Thursday 26 December 2019.",
        ),
        (
            "within 2 working days of x",
            "Fri 23 Aug 2019",
            "The window runs from Friday 23 August 2019 to Wednesday 28 August 2019, both included.",
        ),
    ],
)
def test_each_kind_of_rule_says_how_it_counted(rule: str, start: str, step: str) -> None:
    assert step in steps(rule, start)


def test_a_month_that_has_the_day_is_not_called_clamped() -> None:
    assert not any("no day" in step for step in steps("2 months after x", "Sat 31 Aug 2019"))


def test_every_skipped_holiday_is_named_and_a_cut_weekend_is_not_called_whole() -> None:
    assert skipped(day("Sat 21 Dec 2019"), day("Thu 2 Jan 2020"), BOTH.law) == [
        "Skipped: 1 weekend, Sunday 22 December 2019, Wednesday 25 December 2019 (Christmas Day), "
        "Thursday 26 December 2019 (Boxing Day) and Wednesday 1 January 2020 (New Year’s Day)."
    ]
    assert skipped(day("Thu 22 Aug 2019"), day("Sun 25 Aug 2019"), BOTH.law) == ["Skipped: Saturday 24 August 2019."]
    assert skipped(day("Thu 22 Aug 2019"), day("Fri 23 Aug 2019"), BOTH.law) == []


@pytest.mark.parametrize(
    ("parts", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_reads_as_a_sentence(parts: list[str], said: str) -> None:
    assert listed(parts) == said


@given(st.dates(date(2013, 1, 1), date(2027, 12, 31)), st.integers(0, 120))
def test_what_is_said_to_be_skipped_is_every_day_that_was_not_counted(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    said = "".join(skipped(start, end, BOTH.law))
    inside = [start + timedelta(days=n) for n in range(1, length)]
    weekends = sum(on.weekday() == 5 and on + timedelta(days=1) in inside for on in inside)
    single = len(re.findall(r" 20\d\d\b", said))  # each day named carries its year
    assert 2 * weekends + single == sum(not BOTH.law.is_working(on) for on in inside)
    assert (f"{weekends} weekend" in said) == (weekends > 0)


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("70 working days after x", "SI 2007/462"),
        ("within 5 working days of x", "SI 2007/462"),
        ("5 clear working days before x", "Elitestone"),
        ("28 clear days before x or previous working day", "Elitestone"),
        ("4 weeks after x", ""),
        ("by x", ""),
        ("monthly on the 2nd tuesday", ""),
    ],
)
def test_a_convention_of_counting_names_its_source(rule: str, source: str) -> None:
    basis = convention(parse(rule))
    assert source in basis
    assert bool(basis) == bool(source)
