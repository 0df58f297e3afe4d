"""Test the golden dates: each is stated in a source or a dated case, and none may ever come out otherwise."""

import pytest

from tests.timeline.literals import day
from timeline.calendar.bank_holidays import calendars
from timeline.rules import Anchor, bounded, evaluate

BOTH = calendars()


@pytest.mark.parametrize(
    ("rule", "start", "legal", "working"),
    [
        # The date in the source document; 26 Aug is a bank holiday.
        ("70 working days after start", "Wed 21 Aug 2019", "Thu 28 Nov 2019", "Thu 28 Nov 2019"),
        # The "no later than" reading when receipt is unknown.
        ("70 working days after start", "Tue 27 Aug 2019", "Tue 3 Dec 2019", "Tue 3 Dec 2019"),
        # Publishing the report: a duty the source document does not list.
        ("30 working days after start", "Wed 21 Aug 2019", "Thu 3 Oct 2019", "Thu 3 Oct 2019"),
        # The commissioner's report.
        ("by start", "Sun 1 Dec 2019", "Sun 1 Dec 2019", "Fri 29 Nov 2019"),
        # Kirklees's stated date.
        ("70 working days after start", "Mon 28 Nov 2016", "Thu 9 Mar 2017", "Thu 9 Mar 2017"),
        # Why the source document needed "special urgency".
        ("5 clear working days before start", "Tue 3 Sep 2019", "Mon 26 Aug 2019", "Fri 23 Aug 2019"),
        ("28 clear days before start", "Tue 24 Sep 2019", "Mon 26 Aug 2019", "Fri 23 Aug 2019"),
        # The old "first visit within four weeks" rule ends on a bank holiday.
        ("4 weeks after start", "Thu 28 Nov 2019", "Thu 26 Dec 2019", "Tue 24 Dec 2019"),
        ("1 working day after start", "Sat 24 Aug 2019", "Tue 27 Aug 2019", "Tue 27 Aug 2019"),
        ("1 working day after start", "Sun 25 Aug 2019", "Tue 27 Aug 2019", "Tue 27 Aug 2019"),
        ("1 working day after start", "Mon 26 Aug 2019", "Tue 27 Aug 2019", "Tue 27 Aug 2019"),
        ("1 working day before start", "Mon 26 Aug 2019", "Fri 23 Aug 2019", "Fri 23 Aug 2019"),
        # Milestones count from the working date of Sun 1 Dec 2019.
        ("5 working days before start", "Fri 29 Nov 2019", "Fri 22 Nov 2019", "Fri 22 Nov 2019"),
        # The design's other examples.
        ("on start", "Thu 28 Nov 2019", "Thu 28 Nov 2019", "Thu 28 Nov 2019"),
        ("6 months after start", "Tue 27 Aug 2019", "Thu 27 Feb 2020", "Thu 27 Feb 2020"),
        ("within 13 weeks of start", "Thu 28 Nov 2019", "Thu 27 Feb 2020", "Thu 27 Feb 2020"),
    ],
)
def test_golden_date(rule: str, start: str, legal: str, working: str) -> None:
    outcome = evaluate(rule, anchors={"start": Anchor(day(start))}, calendars=BOTH)
    assert (outcome.legal_on, outcome.working_on) == (day(legal), day(working))
    assert (outcome.waits_for, outcome.working_on_missing) == ((), "")
    written_out = evaluate(rule.replace("start", day(start).isoformat()), anchors={}, calendars=BOTH)
    assert (written_out.legal_on, written_out.working_on) == (day(legal), day(working))


def test_the_general_exception_was_just_open_on_the_calendar_day_reading() -> None:
    outcome = evaluate("5 clear days before 2019-09-03", anchors={}, calendars=BOTH)
    assert [reading.name for reading in outcome.readings] == ["calendar days", "working days"]
    assert [reading.legal_on for reading in outcome.readings] == [
        day("Wed 28 Aug 2019"),
        day("Mon 26 Aug 2019"),
    ]


def test_when_only_publication_is_known_the_plan_is_due_no_later_than() -> None:
    facts = {"report_published": Anchor(day("Tue 27 Aug 2019"))}
    waiting = evaluate("70 working days after report_received", anchors=facts, calendars=BOTH)
    outcome = bounded(waiting, anchors=facts, calendars=BOTH)
    assert (outcome.legal_on, outcome.waits_for) == (None, ("report_received",))
    (reading,) = outcome.readings
    assert reading.name == "no later than (counted from publication)"
    assert (reading.legal_on, reading.working_on) == (day("Tue 3 Dec 2019"), day("Tue 3 Dec 2019"))
    assert "Tuesday 3 December 2019 at the latest" in outcome.steps[-1]
    assert "earlier if report_received was earlier" in outcome.steps[-1]


def test_a_known_receipt_needs_no_bound() -> None:
    facts = {
        "report_received": Anchor(day("Wed 21 Aug 2019")),
        "report_published": Anchor(day("Tue 27 Aug 2019")),
    }
    outcome = evaluate("70 working days after report_received", anchors=facts, calendars=BOTH)
    assert bounded(outcome, anchors=facts, calendars=BOTH) is outcome
    assert outcome.legal_on == day("Thu 28 Nov 2019")
