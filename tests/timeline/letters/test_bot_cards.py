"""Test cards whose buttons answer: valid, small enough whatever stands in them, and each button bound to one task."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.timeline.letters.cards import CORRECTION, HOSTILE, MAIL, TASK, faults, parts, several_tasks
from timeline.answers.responses import FIRST_PERSONS, SECOND_PERSONS, State
from timeline.definitions.duties import DutyClass
from timeline.definitions.standing import LAW
from timeline.letters.bot_cards.answered import Shown, task_card, tasks_card
from timeline.letters.bot_cards.buttons import Bound, Choice
from timeline.letters.card import LARGEST, acting_card, as_json, octets_in_teams
from timeline.letters.page_views import DeadLink, Recorded, TaskView
from timeline.replies.bot import Verb

OTHERS = tuple(Choice(f"person-{n}", f"Somebody Number {n}, Head of Something") for n in range(40))
BOUND = Bound(token="abcdefgh23456723", of="bcdefgh234567234", url="https://daymark.council.example/r/abcdefgh23456723")
VIEW = TaskView(
    title="Director’s sign-off of the action plan",
    asks="Sign off the written statement of action.",
    obligation_title="Action plan",
    duty_class=DutyClass.A,
    due_phrase="due in 3 working days, Thursday 14 November",
    due_on=date(2019, 11, 14),
    legal_on=date(2019, 11, 28),
    why=(),
    basis="SI 2018/794 reg 3",
    standing=LAW.sentence,
    post_title="Director",
    person_name="Sam Hart",
    state=State.OPEN,
    state_phrase="",
    needs_evidence=True,
    council_name="Medway Council",
    programme_name="Improvement programme",
    brief=("10 working days before the plan is due.",),
)


def titles(card: dict[str, Any]) -> list[str]:
    return [action["title"] for part in parts(card, "ActionSet") for action in part["actions"]]


def test_a_card_of_one_task_has_all_answers_and_asks_again_when_it_is_shown_again() -> None:
    card = acting_card(MAIL, others=OTHERS)
    assert faults(card) == []
    assert titles(card) == ["I have this", "It is done", "I need help", "Not mine", "Somebody else"]
    acting = list(parts(card, "Action.Execute"))
    assert {action["data"]["token"] for action in acting} == {"«token 1»"}
    assert card["refresh"]["action"]["verb"] == Verb.LOOK
    ids = [part["id"] for kind in ("Input.Text", "Input.ChoiceSet") for part in parts(card, kind)]
    assert len(set(ids)) == len(ids) == 4


def test_a_task_to_be_confirmed_is_confirmed_or_returned() -> None:
    card = acting_card(replace(MAIL, tasks=(replace(TASK, confirms=True),)))
    assert faults(card) == []
    assert titles(card) == ["I confirm it", "It is not done yet"]


def test_with_too_many_people_or_nobody_to_choose_from_the_page_asks_who() -> None:
    for others in ((), OTHERS * 20):
        card = acting_card(MAIL, others=others)
        assert faults(card) == []
        (opens,) = parts(card, "Action.OpenUrl")
        assert (opens["title"], opens["url"]) == ("Somebody else", TASK.url)


def test_several_tasks_have_two_buttons_each() -> None:
    card = acting_card(several_tasks(3))
    assert faults(card) == []
    assert titles(card)[:2] == ["I have this 1", "Answer otherwise 1"]
    bound = [action["data"] for action in parts(card, "Action.Execute")]
    assert bound[4] == {"token": "«token 3»", "of": "«token 0»"}
    assert "refresh" not in card


def test_a_correction_opens_pages() -> None:
    card = acting_card(CORRECTION)
    assert faults(card) == []
    assert not list(parts(card, "Action.Execute"))


@pytest.mark.parametrize("words", [HOSTILE[name] for name in ("markdown", "controls", "5,000 emoji", "template")])
def test_whatever_stands_in_it_a_card_is_valid_and_small(words: str) -> None:
    view = replace(VIEW, title=words, asks=words, state_phrase=words, evidence=words, brief=(words,) * 3)
    recorded = Recorded(heading="You have this", sentences=(words, words))
    cards = [
        task_card(view, BOUND, recorded=recorded, others=OTHERS),
        tasks_card(council_of(), [Shown(n, view, BOUND) for n in range(1, 20)]),
        tasks_card(council_of(), [Shown(1, DeadLink("moved", (words,)), BOUND)]),
        acting_card(replace(MAIL, tasks=(replace(TASK, title=words, asks=words),)), others=OTHERS),
        acting_card(several_tasks(20, title=words)),
    ]
    for card in cards:
        assert faults(card) == []
        assert octets_in_teams(as_json(card)) <= LARGEST


def council_of() -> Any:
    from types import SimpleNamespace

    return SimpleNamespace(name="Medway Council", programme="Improvement programme")


def test_whoever_gave_the_answer_can_take_it_back() -> None:
    mine = replace(VIEW, state=State.DONE, choices=(), takes_back=True)
    assert titles(task_card(mine, Bound(token="t"))) == ["Undo"]
    assert titles(tasks_card(council_of(), [Shown(2, mine, BOUND)])) == ["Undo 2", "Answer otherwise 2"]


def test_an_answer_that_stands_already_is_not_offered_again() -> None:
    card = task_card(replace(VIEW, state=State.ACKNOWLEDGED, choices=FIRST_PERSONS), Bound(token="t"))
    assert titles(card) == ["It is done", "I need help", "Not mine", "Somebody else"]
    card = task_card(replace(VIEW, state=State.UNCONFIRMED, choices=SECOND_PERSONS), Bound(token="t"))
    assert titles(card) == ["I confirm it", "It is not done yet"]
