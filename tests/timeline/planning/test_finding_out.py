"""Test that an unknown receipt is found out, and that the date worked to meanwhile says that it is the latest."""

from dataclasses import replace

from tests.config.medway import medway
from tests.timeline.builders import fact
from tests.timeline.literals import at, day
from timeline.answers.responses import State
from timeline.definitions.duties import DutyClass
from timeline.definitions.facts import Fact
from timeline.escalation.rag import Rag, rate
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan

COUNCIL = replace(medway(), facts=())
RECEIVED = fact("report_received", "Wed 21 Aug 2019")
PUBLISHED = fact("report_published", "Tue 27 Aug 2019")


def test_an_unknown_receipt_is_found_out_and_the_date_worked_to_has_a_margin() -> None:
    def planned(*facts: Fact, when: str = "Mon 2 Sep 2019 09:00") -> dict[str, Occurrence]:
        council = replace(COUNCIL, facts=facts)
        due = plan(council, at=at(when), until=day("Tue 31 Mar 2020"), obligations=["publish-report", "action-plan"])
        return {each.obligation: each for each in due}

    unknown = planned(PUBLISHED)
    (asked,) = (task for task in unknown["publish-report"].milestones if task.finds_out)
    assert (asked.due_on, asked.duty_class, asked.chased) == (day("Wed 28 Aug 2019"), DutyClass.A, True)
    said = " ".join(unknown["action-plan"].why)
    assert (
        "This is the latest it can be. Keep a margin of 5 working days: be ready by Tuesday 26 November 2019." in said
    )
    later = task_context(replace(COUNCIL, facts=(PUBLISHED,)), asked, at=at("Fri 20 Sep 2019 09:00"))
    assert rate(later).rag is Rag.AMBER
    # A council that goes live weeks later is asked, too; years later nothing hangs on it any more.
    for live, is_history in (("Mon 30 Sep 2019", False), ("Mon 31 Aug 2020", True)):
        going_live = replace(COUNCIL, council=replace(COUNCIL.council, live_from=day(live)))
        assert task_context(going_live, asked, at=at("Tue 1 Sep 2020 09:00")).is_history is is_history
    # Recorded afterwards it is done; known at publication it was never asked, and nothing is said of a margin.
    found = planned(PUBLISHED, replace(RECEIVED, known_at=at("Mon 2 Sep 2019 08:00")))
    (done,) = (task for task in found["publish-report"].milestones if task.finds_out)
    assert task_context(COUNCIL, done, at=at("Mon 2 Sep 2019 09:00")).status.state is State.DONE
    known = planned(PUBLISHED, RECEIVED)
    assert not any(task.finds_out for task in known["publish-report"].milestones)
    assert "margin" not in " ".join(known["action-plan"].why)
