"""Test a paused duty: silent until the day passes, then the latest word alone; its dates and its colour stand."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, answer, milestone
from tests.timeline.literals import at, day
from tests.timeline.lives import Life, sent, written
from timeline.answers.responses import Answer
from timeline.definitions.council import Pause, Period
from timeline.delivery.suppression import suppression_reason
from timeline.escalation.answer_prompts import help_prompt
from timeline.escalation.held import owed
from timeline.escalation.ladder import speaks
from timeline.escalation.next_check import next_check_at, next_reminder_at
from timeline.escalation.prompts import PromptState
from timeline.escalation.rag import Rag, rate
from timeline.escalation.rung_history import rung_history

# The usual ladder's first rung is wanted on Thu 14 Nov 2019.
PAUSE = Pause(obligation="action-plan", from_on=day("Thu 14 Nov 2019"), until_on=day("Fri 22 Nov 2019"))
PAUSED = replace(COUNCIL, pauses=(PAUSE,))


@pytest.mark.parametrize(
    ("on", "holds"),
    [("Wed 13 Nov 2019", False), ("Thu 14 Nov 2019", True), ("Fri 22 Nov 2019", True), ("Sat 23 Nov 2019", False)],
)
def test_it_holds_from_its_first_day_to_its_last(on: str, holds: bool) -> None:
    assert PAUSE.holds(on=day(on)) is holds
    assert (PAUSED.paused("action-plan", on=day(on)) == PAUSE) is holds
    assert PAUSED.paused("plo-panel", on=day(on)) is None


def test_it_ends_with_its_last_day_in_summer_and_in_winter() -> None:
    assert PAUSE.ends_at == at("Sat 23 Nov 2019 00:00")
    assert replace(PAUSE, until_on=day("Sat 26 Oct 2019")).ends_at.isoformat() == "2019-10-27T00:00:00+01:00"


def test_nothing_is_said_in_it_and_afterwards_the_latest_word_alone() -> None:
    life = Life(PAUSED, milestone(), skipping=True).through(day("Mon 11 Nov 2019"), day("Mon 25 Nov 2019"))
    assert [(str(when.date()), prompt.key.rung) for when, prompt in life.told] == [("2019-11-25", "reminder")]
    assert [prompt.key.rung for prompt in life.superseded] == ["first"]


def test_of_two_pauses_the_one_that_ends_last_counts() -> None:
    longer = replace(PAUSE, from_on=day("Mon 18 Nov 2019"), until_on=day("Fri 29 Nov 2019"))
    council = replace(COUNCIL, pauses=(longer, PAUSE))
    life = Life(council, milestone(), skipping=True).through(day("Mon 11 Nov 2019"), day("Mon 2 Dec 2019"))
    assert {str(when.date()) for when, _ in life.told} == {"2019-12-02"}


def test_it_is_looked_at_again_when_the_pause_ends() -> None:
    task = Life(PAUSED, milestone()).ground(at("Thu 14 Nov 2019 07:30"))
    assert (owed(task), speaks(task)) == (True, False)
    assert next_check_at(task, until=at("Thu 14 Nov 2019 23:59")) == PAUSE.ends_at


def test_an_officer_who_answers_is_told_when_we_ask_again_after_it() -> None:
    life = Life(PAUSED, milestone(), [answer(Answer.ACKNOWLEDGED, "Mon 11 Nov 2019 10:00")])
    # The acknowledgement runs out on Mon 18 Nov, in the pause.
    assert next_reminder_at(life.ground(at("Mon 11 Nov 2019 10:01"))) == PAUSE.ends_at


def test_a_prompt_that_waits_is_withdrawn_with_the_reason_and_may_be_said_after_it() -> None:
    before = Life(COUNCIL, milestone())
    (prompt,) = before.morning(at("Thu 14 Nov 2019 07:30")).prompts  # type: ignore[union-attr]
    life = Life(PAUSED, milestone())
    assert (
        suppression_reason(life.ground(at("Thu 14 Nov 2019 08:20")), prompt)
        == "It is paused until Friday 22 November 2019."
    )
    withdrawn = replace(written(prompt, prompt.rung_at), state=PromptState.SUPPRESSED, paused=True)
    short = replace(COUNCIL, pauses=(replace(PAUSE, until_on=day("Thu 14 Nov 2019")),))
    after = Life(short, milestone(), said=[withdrawn], skipping=True)
    after.through(day("Thu 14 Nov 2019"), day("Mon 18 Nov 2019"))
    assert [(str(when.date()), each.key) for when, each in after.told] == [("2019-11-15", prompt.key)]


def test_what_was_suppressed_for_another_reason_is_not_said_again() -> None:
    (prompt,) = Life(COUNCIL, milestone()).morning(at("Thu 14 Nov 2019 07:30")).prompts  # type: ignore[union-attr]
    gone = replace(written(prompt, prompt.rung_at), state=PromptState.SUPPRESSED)
    life = Life(COUNCIL, milestone(), said=[gone])
    assert life.through(day("Fri 15 Nov 2019"), day("Mon 18 Nov 2019")).told == []


def test_the_colour_does_not_change() -> None:
    for when in ("Thu 14 Nov 2019 09:00", "Fri 22 Nov 2019 09:00"):
        assert rate(Life(PAUSED, milestone()).ground(at(when))) == rate(Life(COUNCIL, milestone()).ground(at(when)))


@pytest.mark.parametrize(("due", "is_held_up"), [("Thu 28 Nov 2019", True), ("Tue 14 Jan 2020", False)])
def test_what_comes_long_after_a_pause_is_not_held_up_by_it(due: str, is_held_up: bool) -> None:
    task = Life(PAUSED, milestone(due=due)).ground(at("Thu 14 Nov 2019 09:00"))
    assert (task.held_up_by == PAUSE) is is_held_up
    assert task.pause == PAUSE


def test_a_call_for_help_is_no_asking_and_climbs() -> None:
    calling = answer(Answer.HELP, "Fri 15 Nov 2019 10:00")
    task = Life(PAUSED, milestone(), [calling]).ground(calling.at)
    (prompt,) = help_prompt(task, calling, repeat=0)
    assert suppression_reason(task, prompt) == ""


def test_the_account_says_until_when_it_is_held_back() -> None:
    (prompt,) = Life(COUNCIL, milestone()).morning(at("Thu 14 Nov 2019 07:30")).prompts  # type: ignore[union-attr]
    task = Life(PAUSED, milestone(), said=[sent(prompt)]).ground(at("Mon 18 Nov 2019 09:00"))
    told = {(step.rung, step.to): step.what for step in rung_history(task)}
    assert told["first", "Officer"].startswith("Sent on Thu 14 Nov 2019")
    assert told["reminder", "Officer"] == "Held back: it is paused until Friday 22 November 2019."
    assert told["not-done", "Officer"].startswith("To come on Tuesday 26 November 2019")


ELECTION = Period(name="the pre-election period", from_on=day("Wed 6 Nov 2019"), until_on=day("Thu 12 Dec 2019"))
BEFORE_ELECTION = replace(COUNCIL, council=replace(COUNCIL.council, pre_election_periods=(ELECTION,)))
LETTER = replace(milestone(), waits_for_election=True)


def test_what_is_not_published_before_an_election_is_chased_after_it_alone() -> None:
    life = Life(BEFORE_ELECTION, LETTER, skipping=True).through(day("Mon 11 Nov 2019"), day("Tue 17 Dec 2019"))
    assert {str(when.date()) for when, _ in life.told} == {"2019-12-13", "2019-12-16"}
    told = {step.rung: step.what for step in rung_history(life.ground(at("Tue 5 Nov 2019 09:00")))}
    assert told["first"].startswith("Held back: nobody is asked for it before the pre-election period ends")
    others = Life(BEFORE_ELECTION, milestone()).through(day("Mon 11 Nov 2019"), day("Tue 17 Dec 2019"))
    assert str(others.told[0][0].date()) == "2019-11-14"


def test_the_account_and_the_colour_say_that_it_waits_for_the_election() -> None:
    task = Life(BEFORE_ELECTION, LETTER).ground(at("Wed 11 Dec 2019 09:00"))
    because = (
        "obody is asked for it before the pre-election period ends (Wednesday 6 November 2019 to Thursday 12 December "
        "2019): Ofsted and the Government do not publish in it."
    )
    assert rate(task) == (Rag.AMBER, f"N{because}")
    told = {step.rung: step.what for step in rung_history(task)}
    assert told["reminder"] == f"Held back: n{because}"
    assert next_check_at(task, until=task.at) == at("Fri 13 Dec 2019 00:00")
