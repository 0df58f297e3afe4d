"""Test the plan of series in the words councils use: each day explained, and an end where the calendar ends."""

from dataclasses import replace

from tests.timeline.builders import duty
from tests.timeline.literals import day
from tests.timeline.planning.planned import PLAN, PUBLISHED, RECEIVED, planned


def test_why_says_how_the_words_of_a_series_give_its_days() -> None:
    panel = duty("monthly on the last working day from report_published except december", key="plo-panel")
    first, second, *_ = planned(panel, facts=(PUBLISHED,))
    assert (first.legal_on, second.legal_on) == (day("Fri 30 Aug 2019"), day("Mon 30 Sep 2019"))
    assert first.why == (
        "Number 1 of a series: monthly on the last working day from report published, Tuesday 27 August 2019 "
        "except December.",
        "The last working day of August 2019 is Friday 30 August 2019.",
        "Skipped: Saturday 31 August 2019.",
    )


def test_the_next_of_a_series_waits_where_the_calendar_ends_and_stops_nothing_else() -> None:
    panel = duty("the tuesday after a bank holiday from 2028-12-01", key="plo-panel")
    occurrences = planned(panel, replace(PLAN, key="plan"), facts=(RECEIVED,), until="Wed 31 Jan 2029")
    first, second, waits, plan_ = occurrences
    assert [first.legal_on, second.legal_on] == [day("Tue 26 Dec 2028"), day("Tue 2 Jan 2029")]
    assert plan_.legal_on == day("Thu 28 Nov 2019")
    assert (waits.number, waits.waits_for) == (3, ("the calendar",))
    assert "bank holidays of 2029 are not known" in waits.why[0]
