"""Hold a council with a bot in Teams, whose connector is ours: what the tests of the bot share."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from config.settings import Settings
from tasks.council.tokens import derive
from tasks.receiving.teams_bot import Bot
from tests.harness import World
from tests.support.connector import BOT_ID, SECRET, Keys, bearer, installed, pressed
from tests.timeline.letters.cards import faults
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from tests.web.teams_house import ACCOUNTS, CASES, TENANT, a_copy
from timeline.delivery.messages import TokenClaims
from web.app import create_app
from web.machines.teams_bot import Activities

LEAD = ACCOUNTS["performance-lead"]


@contextmanager
def a_house_with_a_bot(house: Path, folder: Path) -> Iterator[World]:
    with a_copy(house, folder) as world, pytest.MonkeyPatch.context() as patch:
        world.settings = with_bot(world.settings)
        patch.setattr("web.machines.teams_bot.now", lambda: world.now)
        yield world


def with_bot(settings: Settings, **changes: Any) -> Settings:
    given = {name: getattr(settings, name) for name in settings.model_fields_set}
    return Settings.given(**given | {"teams_bot_id": BOT_ID, "teams_bot_secret": SECRET} | changes)


def client_of(world: World, keys: Keys) -> TestClient:
    keys.published = ["first"]
    callbacks = [Activities(Bot(world.settings, keys.cloud)).route()]
    return TestClient(create_app(MemoryDoor(), page_settings(), callbacks=callbacks), base_url="http://localhost")


def post(client: TestClient, given: Any, **token: Any) -> Any:
    raw = given if isinstance(given, bytes) else json.dumps(given).encode()
    return client.post("/teams/bot", content=raw, headers=bearer(**token))


def status_of(client: TestClient, given: Any, **token: Any) -> int:
    """Bring an activity, and give the status of the answer."""
    return int(post(client, given, **token).status_code)


def install(client: TestClient, world: World, account: str = LEAD, **changes: Any) -> int:
    return status_of(client, installed(world.now, account, tenant=TENANT, **changes))


def token_of(world: World, ref: str = CASES, person: str = "performance-lead") -> str:
    """Give the token of the page of a task, as the mail about it has it."""
    stored = world.store.plan.milestone(ref)
    assert stored
    claims = TokenClaims(person=person, milestone=ref, due_on=stored.milestone.due_on, generation=stored.generation)
    return derive(world.settings.secret(), world.store.council, claims)


def press(
    client: TestClient,
    world: World,
    verb: str,
    data: Mapping[str, Any],
    *,
    by: str = "performance-lead",
    **changes: Any,
) -> dict[str, Any]:
    """Press a button, and give the body of the answer."""
    given = pressed(world.now, ACCOUNTS.get(by, by), tenant=TENANT, verb=f"daymark.{verb}", data=data, **changes)
    answer = post(client, given)
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    assert body["statusCode"] == 200
    return body


def card_in(body: Mapping[str, Any]) -> dict[str, Any]:
    assert body["type"] == "application/vnd.microsoft.card.adaptive", body
    card: dict[str, Any] = body["value"]
    return card


def shown(client: TestClient, world: World, verb: str, **data: Any) -> dict[str, Any]:
    """Give the card that a button of the task's card gives; every card is valid."""
    card = card_in(press(client, world, verb, {"token": token_of(world)} | data))
    assert faults(card) == []
    return card


def sentence_in(body: Mapping[str, Any]) -> str:
    assert body["type"] == "application/vnd.microsoft.activity.message", body
    return str(body["value"])


def words_in(card: Any) -> str:
    """Give everything that a card says, in a line; not its buttons."""
    if isinstance(card, list):
        return " ".join(filter(None, map(words_in, card)))
    if not isinstance(card, dict) or card.get("type", "").startswith("Action"):
        return ""
    if card.get("type") == "ActionSet":
        return ""
    inside = [words_in(card[name]) for name in ("body", "inlines", "items") if name in card]
    return " ".join(" ".join(filter(None, [str(card.get("text", "")), *inside])).split())


def buttons_in(card: Any) -> list[str]:
    """Give the titles of its buttons, without those that open below another."""
    return [action["title"] for part in card["body"] if part["type"] == "ActionSet" for action in part["actions"]]
