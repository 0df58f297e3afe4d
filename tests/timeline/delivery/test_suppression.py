"""Test whether a prompt still holds when it is to leave."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, answer, council, directory, ladder, milestone, rung
from tests.timeline.delivery.owed import CLIMBED, HELP, MESSAGE, ON_THE_DAY, OVERDUE, OWED, REMINDER, prompts
from tests.timeline.literals import at, day
from timeline.answers.responses import LEAVES, Answer, Response
from timeline.definitions.absences import Absence
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import OWNER
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Holder
from timeline.delivery.messages import (
    MessageState,
    is_out_of_date,
)
from timeline.delivery.suppression import may_be_said_later, suppression_reason
from timeline.escalation.prompts import Prompt
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone


def reason(
    prompt: Prompt = REMINDER,
    *responses: Response,
    when: str = "Thu 14 Nov 2019 08:30",
    of: Milestone = OWED,
    timeline: CouncilTimeline = COUNCIL,
) -> str:
    return suppression_reason(task_context(timeline, of, (), responses, at=at(when)), prompt)


# Whether it still holds


def test_a_prompt_that_holds_leaves() -> None:
    assert reason() == ""
    assert reason(OVERDUE, when="Fri 29 Nov 2019 08:30") == ""


def test_about_an_old_date_nothing_is_said() -> None:
    moved = milestone(due="Fri 29 Nov 2019")
    assert reason(of=moved) == "The date has moved since this was written."
    assert reason(CLIMBED, of=moved) == "The date has moved since this was written."


def test_about_what_is_done_nothing_is_said() -> None:
    done = answer(Answer.DONE, "Thu 14 Nov 2019 08:29")
    assert reason(REMINDER, done) == "It is done."
    assert reason(CLIMBED, done, when="Thu 28 Nov 2019 08:30") == "It is done."
    assert reason(REMINDER, replace(done, at=at("Thu 14 Nov 2019 08:31"))) == ""


@pytest.mark.parametrize("what", [Answer.ACKNOWLEDGED, Answer.HELP])
def test_what_was_answered_meanwhile_is_not_asked(what: Answer) -> None:
    said = answer(what, "Thu 14 Nov 2019 08:00")
    assert reason(REMINDER, said) == f"It is {LEAVES[what].value} until Thursday 21 November 2019."


def test_an_acknowledgement_holds_nothing_back_that_presses_until_it_is_done() -> None:
    assert reason(OVERDUE, answer(Answer.ACKNOWLEDGED, "Fri 29 Nov 2019 08:00"), when="Fri 29 Nov 2019 08:30") == ""


def test_what_was_declined_meanwhile_is_somebody_elses() -> None:
    assert reason(REMINDER, answer(Answer.DECLINED, "Thu 14 Nov 2019 08:00")) == "It is somebody else's now."


def test_whoever_has_left_is_not_written_to() -> None:
    ben = Holder(post="officer", person="ben")
    assert reason(timeline=council(directory=directory(holders=[ben]))) == "It is somebody else's now."
    assert reason(timeline=council(directory=directory(vacant=["officer"]))) == "It is somebody else's now."


def test_what_has_come_under_embargo_since_does_not_leave_the_circulation() -> None:
    closed = Embargo(circulation=frozenset({"director"}), until_fact="report_published")
    assert reason(of=milestone(embargoes=[closed])) == "It is somebody else's now."


def test_a_call_for_help_does_not_leave_the_circulation_either() -> None:
    closed = Embargo(circulation=frozenset({"officer"}), until_fact="report_published")
    why = "It is under embargo, and this person may not hear of it."
    assert reason(CLIMBED, HELP, when="Thu 28 Nov 2019 08:30", of=milestone(embargoes=[closed])) == why


def test_a_shadow_copy_does_not_reach_a_programme_lead_who_may_not_hear_of_it_any_more() -> None:
    shadowed = council(shadow_until="Fri 29 Nov 2019")
    (copy,) = prompts("Thu 14 Nov 2019 07:30", timeline=shadowed)
    assert reason(copy, timeline=shadowed) == ""
    closed = Embargo(circulation=frozenset({"officer"}), until_fact="report_published")
    assert reason(copy, of=milestone(embargoes=[closed]), timeline=shadowed) == "It is somebody else's now."
    assert reason(copy, timeline=COUNCIL) == "It is somebody else's now."


@pytest.mark.parametrize(
    ("when", "held"),
    [("Wed 27 Nov 2019 17:50", True), ("Thu 28 Nov 2019 17:50", True), ("Fri 29 Nov 2019 08:30", False)],
)
def test_what_counts_to_the_due_date_does_not_leave_after_it(when: str, held: bool) -> None:
    why = reason(ON_THE_DAY, when=when)
    assert why == ("" if held else "The due date has passed, and later rungs speak of it.")


def test_a_rung_that_the_ladder_lost_is_not_said() -> None:
    other = milestone(ladder(rung("other", "1 before", OWNER)))
    assert reason(of=other) == "The ladder no longer has this rung."


def test_an_answer_that_climbs_is_not_held_back_by_itself() -> None:
    assert reason(CLIMBED, HELP, when="Thu 28 Nov 2019 08:30") == ""


def test_a_call_that_was_taken_back_does_not_reach_whoever_has_gone_away_since() -> None:
    away = Absence(person="team-manager", from_on=day("Thu 28 Nov 2019"), until_on=day("Fri 29 Nov 2019"))
    taken_back = HELP, answer(Answer.ACKNOWLEDGED, "Wed 27 Nov 2019 10:00")
    assert reason(CLIMBED, *taken_back, when="Thu 28 Nov 2019 08:30") == ""
    timeline = council(directory=replace(directory(), absences=(away,)))
    told = reason(CLIMBED, *taken_back, when="Thu 28 Nov 2019 08:30", timeline=timeline)
    assert told == "It is somebody else's now."


def test_what_was_cancelled_may_be_said_when_it_takes_place_after_all() -> None:
    cancelled = replace(OWED, closed_because="The visit was cancelled.")
    task = task_context(COUNCIL, cancelled, at=at("Thu 14 Nov 2019 08:30"))
    assert may_be_said_later(task, suppression_reason(task, REMINDER))
    assert not may_be_said_later(task, "It is done.")
    assert not may_be_said_later(task_context(COUNCIL, OWED, at=at("Thu 14 Nov 2019 08:30")), "")


@pytest.mark.parametrize(
    ("state", "when", "out_of_date"),
    [
        (MessageState.WAITING, "Thu 14 Nov 2019 23:59", False),
        (MessageState.WAITING, "Fri 15 Nov 2019 00:00", True),
        # It may have been read: it is repeated as it was.
        (MessageState.UNCERTAIN, "Fri 15 Nov 2019 00:00", False),
        (MessageState.SENDING, "Fri 15 Nov 2019 00:00", False),
    ],
)
def test_a_message_that_never_left_speaks_of_its_own_day_only(
    state: MessageState, when: str, out_of_date: bool
) -> None:
    message = replace(MESSAGE, state=state)
    assert is_out_of_date(message, at=at(when)) is out_of_date
