"""Test buttons pressed in Teams, through the real door and store: what is recorded, and the card that stands there
then.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from tasks.council.tokens import derive, token_hashes
from tests.harness import World, snapshot
from tests.support.connector import Keys, activity, published_keys
from tests.support.soon import soon
from tests.support.teams_bot import (
    LEAD,
    a_house_with_a_bot,
    buttons_in,
    card_in,
    client_of,
    post,
    press,
    sentence_in,
    token_of,
    words_in,
)
from tests.tasks.exchange_refusals import CLIENT
from tests.tasks.exchange_refusals import SECRET as PASSWORD
from tests.tasks.exchange_refusals import TENANT as ENTRA
from tests.tasks.exchange_servers import Cloud, trusting
from tests.tasks.https_servers import HttpsServer
from tests.timeline.letters.cards import faults
from tests.web.teams_house import CASES, TENANT, a_house, responses
from timeline.answers.responses import Answer
from timeline.delivery.messages import TokenClaims, TokenKind, new_message, own_token
from timeline.steering.task_sheet import by_way

ALL = ["I have this", "It is done", "I need help", "Not mine", "Somebody else"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_house(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def keys() -> Iterator[Keys]:
    with published_keys() as keys:
        yield keys


@pytest.fixture
def world(house: Path, tmp_path: Path) -> Iterator[World]:
    with a_house_with_a_bot(house, tmp_path) as world:
        yield world


@pytest.fixture
def client(world: World, keys: Keys) -> TestClient:
    return client_of(world, keys)


def shown(client: TestClient, world: World, verb: str, **data: Any) -> dict[str, Any]:
    """Give the card that a button of the task's card gives; every card is valid."""
    card = card_in(press(client, world, verb, {"token": token_of(world)} | data))
    assert faults(card) == []
    return card


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


@pytest.mark.parametrize("data", [{}, {"input": "1", "evidence1": " "}, {"evidence": ""}])
def test_done_without_evidence_is_not_done(client: TestClient, world: World, data: dict[str, Any]) -> None:
    said = sentence_in(press(client, world, "done", {"token": token_of(world)} | data))
    assert said == "Please give a link or a reference that shows it is done."
    assert responses(world) == []


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
        ("ack", {f"name{n}": "" for n in range(50)}),
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
    one = shown(client, world, "open", of=of)
    assert buttons_in(one) == [*ALL, "Show all of them"]
    answered = shown(client, world, "ack", of=of)
    assert buttons_in(answered)[-1] == "Show all of them"
    assert buttons_in(card_in(press(client, world, "look", {"of": of}))) == ["It is done 1", "Answer otherwise 1"]


@pytest.mark.slow("fifty presses, each with a token to verify and a card to build")
def test_racing_presses_make_one_record(world: World, keys: Keys) -> None:
    token = {"token": token_of(world)}
    # Entered, so that all presses come to one loop, as in the real server.
    with client_of(world, keys) as client, ThreadPoolExecutor(10) as pool:
        bodies = list(pool.map(lambda _: press(client, world, "ack", token), range(50)))
    assert all("You have this" in words_in(card_in(body)) for body in bodies)
    assert len(responses(world)) == 1
    assert world.store.audit.verify() is None


def test_words_in_the_chat_are_answered_there(world: World, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cloud() as cloud, trusting(monkeypatch), HttpsServer('201 | {"id": "1"}') as server:
        own = {"teams_tenant": ENTRA, "teams_bot_id": CLIENT, "teams_bot_secret": SecretStr(PASSWORD)}
        world.settings = world.settings.model_copy(update=own | {"oauth_authority": cloud.url})
        service = f"https://127.0.0.1:{server.port}/uk"
        said = activity(world.now, LEAD, tenant=ENTRA, text=f"ack {CASES}", serviceUrl=service)
        with client_of(world, keys) as client:
            assert post(client, said, serviceurl=service, aud=CLIENT).status_code == 200
            soon(lambda: bool(server.posts))
    assert "You have this" in json.loads(server.posts[0].content)["text"]
    (response,) = responses(world)
    assert (response.answer, response.via) == (Answer.ACKNOWLEDGED, "teams")
