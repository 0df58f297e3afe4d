"""Test that a plan received at the end of the calendar is asked for on a provisional date, and that all are told."""

from dataclasses import replace

from tests.config.medway import medway
from tests.timeline.builders import LAST_ON, fact
from tests.timeline.literals import at, day
from timeline.calendar.bank_holidays import PROCLAMATIONS, official
from timeline.calendar.provisional import holidays_of
from timeline.director.law_dates import coming
from timeline.escalation.rag import rate
from timeline.escalation.task_context import task_context
from timeline.planning.plan import plan

RECEIVED = fact("report_received", "Fri 22 Sep 2028")
COUNCIL = replace(medway(), facts=(RECEIVED,))
WHEN = at("Mon 2 Oct 2028 09:00")


def test_the_act_of_1971_gives_every_published_year_but_for_what_was_proclaimed() -> None:
    proclaimed = {on for each in PROCLAMATIONS for on in (*each.days, *each.instead_of)}
    for year in range(2013, LAST_ON.year + 1):
        published = {on for on in official() if on.year == year}
        assert {*dict(holidays_of(year))} ^ published <= proclaimed


def test_a_plan_received_at_the_end_of_the_calendar_is_asked_for_provisionally() -> None:
    (submission,) = plan(COUNCIL, at=WHEN, until=day("Fri 29 Jun 2029"), obligations=["action-plan"])
    # By an independent count: 1 January 2029 is a Monday and a holiday, and so are 25 and 26 December 2028.
    assert (submission.legal_on, submission.provisional_on) == (None, day("Wed 3 Jan 2029"))
    tasks = {task.key: task for task in submission.milestones}
    asked = tasks["clearance"]
    assert asked.chased
    assert asked.provisional
    assert "Provisionally Wednesday 3 January 2029" in " ".join(asked.why)
    assert "provisional" in rate(task_context(COUNCIL, asked, at=WHEN)).why
    assert tasks["submitted"].waits_for == ("the calendar",)
    (monday,) = coming(COUNCIL, [submission], [], at=WHEN)
    assert "provisionally Wed 3 Jan 2029: the bank holidays" in monday
