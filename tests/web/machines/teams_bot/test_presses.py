"""Test buttons pressed in Teams: what is recorded, and the card that stands there then."""

import pytest
from starlette.testclient import TestClient

from tasks.council.tokens import derive, token_hashes
from tests.harness import World, snapshot
from tests.support.teams_bot import LEAD, buttons_in, card_in, press, sentence_in, shown, token_of, words_in
from tests.timeline.letters.cards import faults
from tests.web.teams_house import CASES, responses
from timeline.answers.responses import Answer
from timeline.delivery.messages import TokenClaims, TokenKind, new_message, own_token
from timeline.steering.task_sheet import by_way

ALL = ["I have this", "It is done", "I need help", "Not mine", "Somebody else"]


def test_looking_shows_the_task_and_changes_nothing_but_the_chat(client: TestClient, world: World) -> None:
    shown(client, world, "look")
    before = snapshot(world.store)
    card = shown(client, world, "look")
    assert snapshot(world.store) == before
    assert buttons_in(card) == ALL
    assert card["refresh"]["userIds"] == [f"29:{LEAD}"]


def test_i_have_this_is_recorded_and_the_card_says_when_we_ask_again(client: TestClient, world: World) -> None:
    card = shown(client, world, "ack")
    assert "You have this. Recorded on Wednesday 28 August 2019 at 08:30." in words_in(card)
    assert "we are quiet until Tuesday 3 September, and ask again then" in words_in(card)
    assert buttons_in(card) == [*ALL[1:], "Undo"]
    (response,) = responses(world)
    assert (response.answer, response.person, response.via) == (Answer.ACKNOWLEDGED, "performance-lead", "teams")
    assert world.store.audit.verify() is None
    assert "via Teams" in [by_way(trail.via) for trail in world.store.audit.trail(CASES)]
    assert "It stood so already." in words_in(shown(client, world, "ack"))
    assert len(responses(world)) == 1


def test_done_brings_its_evidence(client: TestClient, world: World) -> None:
    card = shown(client, world, "done", input="1", evidence1="https://council.example/minutes?a=1&b=2")
    assert "Recorded as done." in words_in(card)
    assert buttons_in(card) == ["Undo"]
    (response,) = responses(world)
    assert (response.answer, response.evidence) == (Answer.DONE, "https://council.example/minutes?a=1&b=2")


@pytest.mark.parametrize(
    ("verb", "answer", "told"),
    [("help", Answer.HELP, "You asked for help."), ("decline", Answer.DECLINED, "We tell the ")],
)
def test_words_go_with_help_and_not_mine(
    client: TestClient, world: World, verb: str, answer: Answer, told: str
) -> None:
    card = shown(client, world, verb, input="2", words2="Nobody has\nthe list.")
    assert told in words_in(card)
    (response,) = responses(world)
    assert (response.answer, response.text, response.via) == (answer, "Nobody has the list.", "teams")


def test_somebody_else_is_somebody_of_the_directory(client: TestClient, world: World) -> None:
    token, before = token_of(world), shown(client, world, "look")
    (show,) = (action for action in before["body"][-1]["actions"] if action["title"] == "Somebody else")
    (picker,) = show["card"]["body"]
    offered = [choice["value"] for choice in picker["choices"]]
    assert "project-support" in offered
    assert "performance-lead" not in offered
    data = show["card"]["actions"][0]["data"]
    for stranger in ("nobody", "", "lead-member"):
        assert stranger not in offered
        sentence_in(press(client, world, "delegate", data | {picker["id"]: stranger}))
    assert responses(world) == []
    card = card_in(press(client, world, "delegate", data | {picker["id"]: "project-support"}))
    assert "is asked from now on" in words_in(card)
    assert buttons_in(card) == []
    assert responses(world)[-1].delegated_to == "project-support"
    # The card of the person before is dead, and says so kindly.
    assert "passed to somebody else" in words_in(card_in(press(client, world, "ack", {"token": token})))
    assert len(responses(world)) == 1


def test_an_answer_given_elsewhere_is_shown_when_the_card_is_looked_at(client: TestClient, world: World) -> None:
    world.answer(CASES, Answer.DONE, by="performance_lead", evidence="Cabinet, item 6")
    card = shown(client, world, "look")
    assert "recorded it as done" in words_in(card)
    assert buttons_in(card) == ["Undo"]


def test_a_card_of_several_tasks_goes_to_one_of_them_and_back(client: TestClient, world: World) -> None:
    stored = world.store.plan.milestone(CASES)
    assert stored
    # As a message by a channel of cards has it.
    claims = own_token("performance-lead", "teams/1").as_kind(TokenKind.PAGE)
    first = TokenClaims(
        person="performance-lead", milestone=CASES, due_on=stored.milestone.due_on, generation=stored.generation
    )
    gone = TokenClaims(person="performance-lead", milestone="plo-panel/1/gone", due_on=first.due_on)
    of = derive(world.settings.secret(), world.store.council, claims)
    message = new_message(
        "teams/1",
        "reminder",
        to="performance-lead",
        channel="teams",
        subject="Two tasks",
        text="-",
        tokens=(claims, first, gone),
        at=world.now,
    )
    hashes = token_hashes(message, world.store.council, world.settings.secret())
    world.store.outbox.compose(message, token_hashes=hashes, at=world.now)
    card = card_in(press(client, world, "look", {"of": of}))
    assert faults(card) == []
    assert buttons_in(card) == ["I have this 1", "Answer otherwise 1"]
    assert "2. The task is finished." in words_in(card)
    told = shown(client, world, "open", of=of)
    assert buttons_in(told) == [*ALL, "Show all of them"]
    answered = shown(client, world, "ack", of=of)
    assert buttons_in(answered)[-1] == "Show all of them"
    assert buttons_in(card_in(press(client, world, "look", {"of": of}))) == ["It is done 1", "Answer otherwise 1"]
