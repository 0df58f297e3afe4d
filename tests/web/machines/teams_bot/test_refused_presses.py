"""Test presses that record nothing, each with its sentence or its card, and presses that race."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.harness import World
from tests.support.connector import Keys
from tests.support.rotation import CROWD
from tests.support.teams_bot import buttons_in, card_in, client_of, press, sentence_in, token_of, words_in
from tests.timeline.letters.cards import faults
from tests.web.teams_house import TENANT, responses
from timeline.answers.responses import Answer


@pytest.mark.parametrize("data", [{}, {"input": "1", "evidence1": " "}, {"evidence": ""}])
def test_done_without_evidence_is_not_done(client: TestClient, world: World, data: dict[str, Any]) -> None:
    said = sentence_in(press(client, world, "done", {"token": token_of(world)} | data))
    assert said == "Please give a link or a reference that shows it is done."
    assert responses(world) == []


def test_a_card_of_a_date_that_moved_says_what_moved_and_records_nothing(client: TestClient, world: World) -> None:
    token = token_of(world)
    world.know("moved", "Tue 24 Sep 2019", of="plo-panel/1")
    card = card_in(press(client, world, "ack", {"token": token}))
    assert "Nothing is asked here any more" in words_in(card)
    assert "has moved from" in words_in(card)
    assert buttons_in(card) == []
    assert responses(world) == []
    assert faults(card) == []


def test_a_finished_task_takes_no_answer(client: TestClient, world: World) -> None:
    token = token_of(world)
    world.know("cancelled", "Tue 10 Sep 2019", of="plo-panel/1")
    assert "You do not need to do anything." in words_in(card_in(press(client, world, "done", {"token": token})))
    assert responses(world) == []


@pytest.mark.parametrize("by", ["project-support", "director", "00000000-0000-0000-0000-0000000000aa"])
def test_only_the_person_of_a_card_answers_by_it(client: TestClient, world: World, by: str) -> None:
    for verb in ("ack", "look", "open"):
        said = sentence_in(press(client, world, verb, {"token": token_of(world)}, by=by))
        assert said == "This card is for somebody else, so nothing was recorded."
    assert responses(world) == []


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("ack", {}),
        ("ack", {"token": "aaaaaaaaaaaaaaaa"}),
        ("ack", {"token": 5}),
        ("erase", {"token": ""}),
        ("look", {"of": "aaaaaaaaaaaaaaaa"}),
        ("ack", {"token": "", "of": "x" * 500}),
        ("ack", {f"name{n}": "" for n in range(CROWD)}),
    ],
)
def test_a_strange_button_is_answered_with_a_sentence(
    client: TestClient, world: World, verb: str, data: dict[str, Any]
) -> None:
    assert "nothing was recorded" in sentence_in(press(client, world, verb, data))


def test_a_press_in_a_channel_an_old_one_and_what_names_a_case_are_refused(client: TestClient, world: World) -> None:
    token = {"token": token_of(world)}
    channel = {"conversationType": "channel", "id": "19:team", "tenantId": TENANT}
    assert "Others read here" in sentence_in(press(client, world, "ack", token, conversation=channel))
    old = "2019-08-28T07:24:59Z"
    assert "more than five minutes old" in sentence_in(press(client, world, "ack", token, timestamp=old))
    case = {"input": "2", "words2": "about child ref 123456"}
    assert "Do not name a child" in sentence_in(press(client, world, "help", token | case))
    assert responses(world) == []


def test_the_same_activity_again_records_nothing(client: TestClient, world: World) -> None:
    token = {"token": token_of(world)}
    press(client, world, "ack", token, id="f:again")
    help_again = press(client, world, "help", token | {"input": "2", "words2": "Please"}, id="f:again")
    assert sentence_in(help_again) == "We have had this very answer before, so nothing more was done."
    assert [response.answer for response in responses(world)] == [Answer.ACKNOWLEDGED]


@pytest.mark.slow("many presses, each with a token to verify and a card to build")
def test_racing_presses_make_one_record(world: World, keys: Keys) -> None:
    token = {"token": token_of(world)}
    # Entered, so that all presses come to one loop, as in the real server.
    with client_of(world, keys) as client, ThreadPoolExecutor(10) as pool:
        bodies = list(pool.map(lambda _: press(client, world, "ack", token), range(CROWD)))
    assert all("You have this" in words_in(card_in(body)) for body in bodies)
    assert len(responses(world)) == 1
    assert world.store.audit.verify() is None
