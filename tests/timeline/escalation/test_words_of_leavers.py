"""Test what somebody said about a task when the post changes hands, or its holder is away."""

from dataclasses import replace

import pytest

from tests.timeline.builders import answer, council, directory, milestone
from tests.timeline.escalation.standing_in import away, seen
from tests.timeline.literals import at, day
from tests.timeline.lives import Life, sent, written
from timeline.answers.responses import Answer, State
from timeline.definitions.people import Holder
from timeline.delivery.suppression import REASSIGNED, suppression_reason
from timeline.escalation.answer_prompts import help_prompt
from timeline.escalation.ladder import decide
from timeline.escalation.prompts import PromptState
from timeline.escalation.task_context import task_context

# Somebody left


@pytest.mark.parametrize("said", [Answer.ACKNOWLEDGED, Answer.HELP, Answer.DECLINED])
@pytest.mark.parametrize(
    ("on", "stands"), [("Fri 15 Nov 2019", True), ("Mon 18 Nov 2019", True), ("Tue 19 Nov 2019", False)]
)
def test_what_somebody_said_falls_on_the_day_another_holds_the_post(said: Answer, on: str, stands: bool) -> None:
    leaver = Holder(post="officer", person="officer", until_on=day("Mon 18 Nov 2019"))
    comer = Holder(post="officer", person="anna", from_on=day("Tue 19 Nov 2019"))
    given = answer(said, "Thu 14 Nov 2019 10:00")
    who = council(directory=directory(holders=[leaver, comer]))
    task = task_context(who, milestone(), (), [given], at=at(f"{on} 07:30"))
    assert (task.status.state is not State.OPEN) is stands


def test_what_was_done_stays_done_whoever_leaves() -> None:
    comer = Holder(post="officer", person="anna", from_on=day("Tue 19 Nov 2019"))
    leaver = Holder(post="officer", person="officer", until_on=day("Mon 18 Nov 2019"))
    done = answer(Answer.DONE, "Thu 14 Nov 2019 10:00")
    who = council(directory=directory(holders=[leaver, comer]))
    assert task_context(who, milestone(), (), [done], at=at("Wed 20 Nov 2019 07:30")).status.state is State.DONE


def test_what_was_given_to_somebody_who_left_is_the_owners_again() -> None:
    leaver = Holder(post="programme_lead", person="programme-lead", until_on=day("Mon 18 Nov 2019"))
    who = council(directory=directory(holders=[leaver]))
    given = answer(Answer.DELEGATED, "Thu 14 Nov 2019 10:00", delegated_to="programme-lead")
    asked = [
        task.audience.asked()
        for on in ("Mon 18 Nov 2019", "Tue 19 Nov 2019")
        if (task := task_context(who, milestone(), (), [given], at=at(f"{on} 07:30")))
    ]
    assert [recipient.person.key for recipient in asked if recipient] == ["programme-lead", "officer"]


def test_what_was_given_to_somebody_whose_successor_is_named_is_the_owners_again() -> None:
    named = [Holder(post="programme_lead", person=person) for person in ("newcomer", "programme-lead")]
    given = answer(Answer.DELEGATED, "Thu 14 Nov 2019 10:00", delegated_to="programme-lead")
    taken = answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 11:00", person="programme-lead")
    who = council(directory=directory(holders=named))
    task = task_context(who, milestone(), (), [given, taken], at=at("Fri 15 Nov 2019 07:30"))
    asked = task.audience.asked()
    assert (task.status.state, asked and asked.person.key) == (State.OPEN, "officer")


def test_the_owner_who_is_away_and_the_deputy_may_both_answer() -> None:
    task = seen(away("officer"))
    assert [task.audience.is_with(literal) for literal in ("officer", "programme-lead", "team-manager")] == [
        True,
        True,
        False,
    ]


def test_what_somebody_said_falls_too_when_a_file_forgets_them() -> None:
    given = answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:00", person="forgotten")
    task = task_context(council(), milestone(), (), [given], at=at("Fri 15 Nov 2019 07:30"))
    assert task.status.state is State.OPEN


SWAPPED = {
    "the former holder is still listed": (("newcomer", ""), ("officer", "")),
    "from the day of the answer on": (("newcomer", "Thu 14 Nov 2019"), ("officer", "")),
    "two names swapped without a date": (("newcomer", ""),),
}


@pytest.mark.parametrize("said", [Answer.ACKNOWLEDGED, Answer.HELP, Answer.DECLINED])
@pytest.mark.parametrize("named", SWAPPED)
def test_a_named_successor_ends_the_word_of_a_leaver_who_is_still_listed_or_has_moved(named: str, said: Answer) -> None:
    comes = [Holder(post="officer", person=who, from_on=day(on) if on else None) for who, on in SWAPPED[named]]
    moved = [Holder(post="programme_lead", person="officer")]
    who = council(directory=directory(holders=[*comes, *moved]))
    (prompt,) = Life(council(), milestone()).morning(at("Thu 14 Nov 2019 07:30")).prompts  # type: ignore[union-attr]
    given = answer(said, "Thu 14 Nov 2019 10:00")
    task = task_context(who, milestone(), [sent(prompt)], [given], at=at("Fri 15 Nov 2019 07:30"))
    assert task.status.state is State.OPEN
    assert task_context(council(), milestone(), [sent(prompt)], [given], at=task.at).status.state is not State.OPEN


def test_the_word_of_a_manager_falls_when_the_vacant_post_is_filled() -> None:
    comes = Holder(post="officer", person="newcomer", from_on=day("Tue 19 Nov 2019"))
    who = council(directory=directory(holders=[comes]))
    given = answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:00", person="team-manager")
    states = [
        task_context(who, milestone(), (), [given], at=at(f"{on} 07:30")).status.state
        for on in ("Mon 18 Nov 2019", "Tue 19 Nov 2019")
    ]
    assert states == [State.ACKNOWLEDGED, State.OPEN]


def test_whom_it_was_given_to_keeps_their_word_in_another_post() -> None:
    moved = Holder(post="head_of_service", person="programme-lead")
    given = answer(Answer.DELEGATED, "Thu 14 Nov 2019 10:00", delegated_to="programme-lead")
    taken = answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 11:00", person="programme-lead")
    who = council(directory=directory(holders=[moved], vacant=["programme_lead"]))
    task = task_context(who, milestone(), (), [given, taken], at=at("Fri 15 Nov 2019 07:30"))
    assert task.status.state is State.ACKNOWLEDGED


def test_a_call_whose_reader_went_away_before_it_left_is_taken_back_and_goes_to_who_can_help() -> None:
    help_ = answer(Answer.HELP, "Wed 13 Nov 2019 19:00")
    written_at = at("Wed 13 Nov 2019 19:00")
    then = task_context(council(directory=away()), milestone(), (), [help_], at=written_at)
    (call,) = help_prompt(then, help_, repeat=0)
    now_at = at("Thu 14 Nov 2019 08:30")
    now = task_context(council(directory=away("team-manager")), milestone(), (), [help_], at=now_at)
    assert suppression_reason(then, call) == ""
    assert suppression_reason(now, call) == REASSIGNED
    gone = replace(written(call, written_at), state=PromptState.SUPPRESSED, paused=True)
    again = task_context(council(directory=away("team-manager")), milestone(), [gone], [help_], at=now_at)
    (anew,) = decide(again, until=now_at).prompts
    assert (anew.key.rung, anew.meant_for) == ("answer", "programme-lead")
    told = task_context(
        council(directory=away("team-manager")),
        milestone(),
        [gone, sent(anew)],
        [help_],
        at=at("Thu 14 Nov 2019 09:30"),
    )
    assert decide(told, until=at("Thu 14 Nov 2019 23:59")).prompts == ()
