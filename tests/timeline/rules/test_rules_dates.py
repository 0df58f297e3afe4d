"""Test rules of one date: what they give at the edges, and what they say when they cannot."""

from datetime import date

import pytest

from tests.timeline.literals import day
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.working_days import BeyondCalendar
from timeline.rules import Anchor, Outcome, Reading, RuleError, earliest, evaluate

BOTH = calendars()


def worked_out(rule: str, **facts: str) -> Outcome:
    anchors = {name: Anchor(day(text)) for name, text in facts.items()}
    return evaluate(rule, anchors=anchors, calendars=BOTH)


@pytest.mark.parametrize(
    ("rule", "start", "legal"),
    [
        ("1 month after x", "Thu 31 Jan 2019", "Thu 28 Feb 2019"),
        ("1 month after x", "Fri 31 Jan 2020", "Sat 29 Feb 2020"),
        ("3 months after x", "Sat 30 Nov 2019", "Sat 29 Feb 2020"),
        ("1 month before x", "Tue 31 Mar 2020", "Sat 29 Feb 2020"),
        ("1 year after x", "Sat 29 Feb 2020", "Sun 28 Feb 2021"),
        ("4 years after x", "Sat 29 Feb 2020", "Thu 29 Feb 2024"),
        ("1 year before x", "Sat 29 Feb 2020", "Thu 28 Feb 2019"),
        ("12 months after x", "Sat 29 Feb 2020", "Sun 28 Feb 2021"),
        ("1 day after x", "Fri 28 Feb 2020", "Sat 29 Feb 2020"),
        ("1 day before x", "Sun 1 Mar 2020", "Sat 29 Feb 2020"),
        ("2 weeks before x", "Mon 6 Jan 2020", "Mon 23 Dec 2019"),
        ("1 clear day before x", "Tue 3 Sep 2019", "Sun 1 Sep 2019"),
        ("1 clear working day before x", "Tue 3 Sep 2019", "Sun 1 Sep 2019"),
        ("2 clear working days before x", "Tue 3 Sep 2019", "Thu 29 Aug 2019"),
        ("1 clear working day before x", "Mon 26 Aug 2019", "Thu 22 Aug 2019"),
    ],
)
def test_the_date_a_rule_gives(rule: str, start: str, legal: str) -> None:
    assert worked_out(rule, x=start).legal_on == day(legal)


def test_a_clear_notice_leaves_the_stated_number_of_days_and_a_day_later_does_not() -> None:
    notice_on, meeting_on = day("Mon 26 Aug 2019"), day("Tue 3 Sep 2019")
    assert worked_out("5 clear working days before x", x="Tue 3 Sep 2019").legal_on == notice_on
    last_before = BOTH.law.subtract(meeting_on, 1)
    assert BOTH.law.days_between(notice_on, last_before) == 5
    assert BOTH.law.days_between(day("Tue 27 Aug 2019"), last_before) == 4


def test_a_window_ends_with_its_last_day() -> None:
    outcome = worked_out("within 13 weeks of x", x="Sun 1 Sep 2019")
    assert (outcome.opens_on, outcome.closes_on) == (day("Sun 1 Sep 2019"), day("Sun 1 Dec 2019"))
    assert (outcome.legal_on, outcome.working_on) == (day("Sun 1 Dec 2019"), day("Fri 29 Nov 2019"))
    assert outcome.windows == ((day("Sun 1 Sep 2019"), day("Sun 1 Dec 2019")),)


def test_a_window_of_working_days_counts_them() -> None:
    outcome = worked_out("within 2 working days of x", x="Fri 23 Aug 2019")
    assert outcome.closes_on == day("Wed 28 Aug 2019")


def test_an_unknown_name_is_an_answer() -> None:
    outcome = worked_out("70 working days after report_received")
    assert outcome == Outcome(
        rule="70 working days after report_received",
        waits_for=("report_received",),
        steps=("Waits for report_received: it has no date yet.",),
    )


def test_closure_days_move_the_working_date_and_never_the_legal_date() -> None:
    closed = calendars(closures={day("Thu 28 Nov 2019"): "Staff day", day("Wed 27 Nov 2019"): "Staff day"})
    anchors = {"x": Anchor(day("Wed 21 Aug 2019"))}
    outcome = evaluate("70 working days after x", anchors=anchors, calendars=closed)
    assert outcome.legal_on == day("Thu 28 Nov 2019")
    assert outcome.working_on == day("Tue 26 Nov 2019")


def test_a_holiday_proclaimed_late_moves_the_legal_date() -> None:
    proclaimed = calendars({day("Mon 18 Nov 2019"): "Day of thanks"})
    anchors = {"x": Anchor(day("Wed 21 Aug 2019"))}
    outcome = evaluate("70 working days after x", anchors=anchors, calendars=proclaimed)
    assert outcome.legal_on == day("Fri 29 Nov 2019")


@pytest.mark.parametrize("start", ["Sun 31 Dec 2028", "Sat 1 Jan 2011"])
def test_counting_working_days_outside_the_calendar_is_refused(start: str) -> None:
    with pytest.raises(BeyondCalendar, match="not known"):
        worked_out("5 working days after x", x=start)
    with pytest.raises(BeyondCalendar, match="not known"):
        worked_out("within 5 working days of x", x=start)


@pytest.mark.parametrize(
    ("rule", "start", "legal", "missing"),
    [
        ("6 months after x", "Sun 31 Dec 2028", "Sat 30 Jun 2029", "2029"),
        ("by x", "Sat 1 Jan 2011", "Sat 1 Jan 2011", "2011"),
        ("on x", "Sun 1 Jan 2012", "Sun 1 Jan 2012", "2011"),
    ],
)
def test_calendar_units_pass_the_horizon_without_a_working_date(
    rule: str, start: str, legal: str, missing: str
) -> None:
    outcome = worked_out(rule, x=start)
    assert (outcome.legal_on, outcome.working_on) == (day(legal), None)
    assert f"bank holidays of {missing} are not known" in outcome.working_on_missing
    assert outcome.steps[-1] == outcome.working_on_missing


def test_both_readings_of_clear_days_stand_side_by_side_the_one_worked_to_first() -> None:
    outcome = worked_out("5 clear working days before x", x="Tue 3 Sep 2019")
    assert outcome.readings == (
        Reading("working days", day("Mon 26 Aug 2019"), day("Fri 23 Aug 2019")),
        Reading("calendar days", day("Wed 28 Aug 2019"), day("Wed 28 Aug 2019")),
    )
    assert earliest(outcome.readings[::-1]) == outcome.readings[0]


def test_a_reading_that_cannot_be_counted_is_left_out_and_said() -> None:
    outcome = worked_out("5 clear days before x", x="Mon 8 Jan 2029")
    assert [reading.name for reading in outcome.readings] == ["calendar days"]
    assert "The reading in working days is not known." in outcome.steps[-1]


def test_other_rules_have_one_reading() -> None:
    outcome = worked_out("by x", x="Sun 1 Dec 2019")
    assert outcome.readings == (Reading("the rule as written", day("Sun 1 Dec 2019"), day("Fri 29 Nov 2019")),)


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        ("9999 years after x", "Thu 28 Nov 2019"),
        ("9999 years before x", "Thu 28 Nov 2019"),
        ("9999 months after x", "Thu 28 Nov 2019"),
        ("9999 weeks after x", "Thu 28 Nov 2019"),
        ("within 9999 weeks of x", "Thu 28 Nov 2019"),
        ("9999 clear days before x", "Mon 1 Jan 1900"),
    ],
)
def test_a_date_outside_1900_to_2199_is_refused_in_a_sentence(rule: str, start: str) -> None:
    with pytest.raises(RuleError, match="outside 1900 to 2199"):
        worked_out(rule, x=start)


def test_a_fact_dated_outside_1900_to_2199_is_refused() -> None:
    with pytest.raises(RuleError, match="“x” is dated 0019-11-28, expected a date from 1900 to 2199"):
        evaluate("by x", anchors={"x": Anchor(date(19, 11, 28))}, calendars=BOTH)


def test_a_rule_of_law_may_not_move_its_own_date() -> None:
    with pytest.raises(RuleError, match="only in the council's own rules"):
        worked_out("by x or next working day", x="Sun 1 Dec 2019")


@pytest.mark.parametrize(("suffix", "agreed"), [("next", "Mon 2 Dec 2019"), ("previous", "Fri 29 Nov 2019")])
def test_a_local_agreement_moves_the_date_itself(suffix: str, agreed: str) -> None:
    outcome = evaluate(f"by 2019-12-01 or {suffix} working day", anchors={}, calendars=BOTH, local=True)
    assert (outcome.legal_on, outcome.working_on) == (day(agreed), day(agreed))
    assert f"That falls on a Sunday, and the rule takes the {suffix} working day" in " ".join(outcome.steps)


def test_a_local_agreement_is_kept_on_a_day_when_the_council_works() -> None:
    closed = calendars(closures={day("Mon 2 Dec 2019"): "Staff day"})
    outcome = evaluate("by 2019-12-01 or next working day", anchors={}, calendars=closed, local=True)
    assert outcome.legal_on == outcome.working_on == day("Tue 3 Dec 2019")
