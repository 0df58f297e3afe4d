"""Test Microsoft's connector at our door: real keys over HTTP, real tokens, the real store. Who is believed, what
stays.
"""

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from starlette.testclient import TestClient

from cli.run.first_start import prepare
from config.settings import Settings, SettingsError
from tasks.receiving.teams_bot import MISSING, Bot
from tests.harness import World, snapshot
from tests.support.connector import (
    BOT_ID,
    SECRET,
    SERVICE,
    Keys,
    activity,
    bearer,
    installed,
    machine_now,
    published_keys,
)
from tests.support.stated import people, variant
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from tests.web.teams_house import ACCOUNTS, TENANT, a_copy, a_house
from web.app import create_app
from web.machines.teams_bot import Activities

LEAD = ACCOUNTS["performance-lead"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_house(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def keys() -> Iterator[Keys]:
    with published_keys() as keys:
        yield keys


@pytest.fixture
def world(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with a_copy(house, tmp_path) as world:
        world.settings = with_bot(world.settings)
        monkeypatch.setattr("web.machines.teams_bot.now", lambda: world.now)
        yield world


def with_bot(settings: Settings, **changes: Any) -> Settings:
    given = {name: getattr(settings, name) for name in settings.model_fields_set}
    return Settings.given(**given | {"teams_bot_id": BOT_ID, "teams_bot_secret": SECRET} | changes)


@pytest.fixture
def client(world: World, keys: Keys) -> TestClient:
    return client_of(world, keys)


def client_of(world: World, keys: Keys) -> TestClient:
    keys.published = ["first"]
    callbacks = [Activities(Bot(world.settings, keys.cloud)).route()]
    return TestClient(create_app(MemoryDoor(), page_settings(), callbacks=callbacks), base_url="http://localhost")


def post(client: TestClient, world: World, given: Any, **token: Any) -> int:
    raw = given if isinstance(given, bytes) else json.dumps(given).encode()
    return int(client.post("/teams/bot", content=raw, headers=bearer(**token)).status_code)


def install(client: TestClient, world: World, account: str = LEAD, **changes: Any) -> int:
    return post(client, world, installed(world.now, account, tenant=TENANT, **changes))


def test_an_app_that_is_installed_opens_a_chat_and_one_that_is_removed_is_forgotten(
    client: TestClient, world: World
) -> None:
    for name in ("performance-lead", "project-support", "director"):
        assert install(client, world, ACCOUNTS[name]) == 200
    chat = world.store.people.teams_chat("performance-lead")
    assert chat is not None
    assert (chat.account, chat.conversation, chat.service_url) == (LEAD, f"a:{LEAD}", SERVICE)
    assert chat.member == f"29:{LEAD}"
    assert world.store.people.teams_chat("project-support") is not None
    assert install(client, world, action="remove") == 200
    assert world.store.people.teams_chat("performance-lead") is None
    assert world.store.people.teams_chat("project-support") is not None
    told = [event.what for event in world.store.audit.events() if event.ref == "performance-lead"][-2:]
    assert told == ["Teams chat opened", "Teams chat closed"]
    assert world.store.audit.verify() is None


def test_a_second_installation_changes_nothing_and_a_new_chat_takes_the_old_ones_place(
    client: TestClient, world: World
) -> None:
    install(client, world)
    before = snapshot(world.store)
    install(client, world)
    assert snapshot(world.store) == before
    elsewhere = {"conversationType": "personal", "id": "a:new", "tenantId": TENANT}
    install(client, world, conversation=elsewhere)
    # A removal that was told late does not close the new chat.
    install(client, world, action="remove")
    chat = world.store.people.teams_chat("performance-lead")
    assert chat is not None
    assert chat.conversation == "a:new"


def test_a_person_entered_after_the_installation_need_only_write_a_word(client: TestClient, world: World) -> None:
    assert post(client, world, activity(world.now, LEAD, tenant=TENANT, text="hello")) == 200
    assert world.store.people.teams_chat("performance-lead") is not None


NEW = "00000000-0000-0000-0000-0000000000aa"


def entered(world: World) -> None:
    """Enter the training lead's account, for whom the app was installed before."""
    stated = people()
    for name, account in (ACCOUNTS | {"training-lead": NEW}).items():
        stated[name]["teams"] = account.upper()
    world.apply(variant(world.home, people=stated))


def test_a_chat_opened_before_its_person_was_entered_is_theirs_afterwards(client: TestClient, world: World) -> None:
    assert install(client, world, NEW) == 200
    assert world.store.people.teams_chat("training-lead") is None
    entered(world)
    chat = world.store.people.teams_chat("training-lead")
    assert chat is not None
    assert chat.conversation == f"a:{NEW}"
    told = [event.what for event in world.store.audit.events() if event.ref == "training-lead"]
    assert "Teams chat opened" in told
    assert install(client, world, NEW, action="remove") == 200
    assert world.store.people.teams_chat("training-lead") is None
    assert world.store.audit.verify() is None


def test_a_chat_that_was_removed_before_its_person_was_entered_is_forgotten(client: TestClient, world: World) -> None:
    before = snapshot(world.store)
    install(client, world, NEW)
    install(client, world, NEW, action="remove")
    assert snapshot(world.store) == before
    entered(world)
    assert world.store.people.teams_chat("training-lead") is None


@pytest.mark.parametrize(
    "changes",
    [
        {"from": {"id": "29:x", "name": "Performance lead"}},
        {"conversation": {"conversationType": "channel", "id": "19:team", "tenantId": TENANT}},
        {"channelId": "webchat"},
        {"type": "event"},
        {"action": "no such action"},
        {"timestamp": "2019-08-28T08:24:59Z"},
        {"timestamp": None},
        {"id": None},
    ],
)
def test_what_is_not_for_us_changes_nothing(client: TestClient, world: World, changes: dict[str, Any]) -> None:
    before = snapshot(world.store)
    if changes.get("type") == "event" or "action" in changes:
        # Words and presses of a known person do bring their chat; a stranger to the protocol brings it as well.
        changes = changes | {"from": {"id": "29:x"}}
    assert install(client, world, **changes) == 200
    assert snapshot(world.store) == before


@pytest.mark.parametrize(
    "token",
    [
        {"aud": "99999999-3333-4444-5555-666666666666"},
        {"aud": None},
        {"iss": "https://sts.windows.net/11111111-2222-3333-4444-555555555555/"},
        {"iss": "https://api.botframework.com"},
        {"iss": None},
        {"serviceurl": "https://elsewhere.example"},
        {"serviceurl": None},
        {"signed_by": "a stranger's"},
        {"signed_by": "a stranger's", "kid": "first"},
    ],
)
def test_a_token_that_is_not_the_connectors_for_us_is_refused(
    client: TestClient, world: World, token: dict[str, Any]
) -> None:
    before = snapshot(world.store)
    assert post(client, world, installed(world.now, LEAD, tenant=TENANT), **token) == 401
    assert snapshot(world.store) == before


def test_a_token_that_has_run_out_is_refused(client: TestClient, world: World) -> None:
    assert (
        post(client, world, installed(world.now, LEAD, tenant=TENANT), exp=machine_now() - timedelta(minutes=6)) == 401
    )
    assert (
        post(client, world, installed(world.now, LEAD, tenant=TENANT), nbf=machine_now() + timedelta(minutes=6)) == 401
    )


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Bearer x.y.z", "Basic eDp5", f"Bearer {'a' * 20_000}"])
def test_what_is_no_token_is_refused(client: TestClient, world: World, given: str) -> None:
    raw = json.dumps(installed(world.now, LEAD, tenant=TENANT))
    assert client.post("/teams/bot", content=raw, headers={"Authorization": given}).status_code == 401


def test_a_token_without_a_signature_or_with_a_shared_secrets_is_refused(client: TestClient, world: World) -> None:
    claims = {"iss": "https://api.botframework.example", "aud": BOT_ID, "serviceurl": SERVICE}
    raw = json.dumps(installed(world.now, LEAD, tenant=TENANT))
    for algorithm, secret in (("none", ""), ("HS256", "not a public key, but as little a key of the connector's")):
        forged = jwt.encode(claims, secret, algorithm=algorithm, headers={"kid": "first"})
        given = {"Authorization": f"Bearer {forged}"}
        assert client.post("/teams/bot", content=raw, headers=given).status_code == 401


def test_a_body_for_another_service_or_for_none_is_refused(client: TestClient, world: World) -> None:
    for service in ("https://elsewhere.example", "", None):
        body = installed(world.now, LEAD, tenant=TENANT, serviceUrl=service)
        assert post(client, world, body) == 401
    for raw in (b"", b"{", b"[]", b"[" * 60_000):
        assert post(client, world, raw) == 401


def test_a_foreign_tenant_is_refused(client: TestClient, world: World) -> None:
    before = snapshot(world.store)
    foreign = "99999999-2222-3333-4444-555555555555"
    assert post(client, world, installed(world.now, LEAD, tenant=foreign)) == 403
    half = installed(world.now, LEAD, tenant=TENANT, channelData={"tenant": {"id": foreign}})
    assert post(client, world, half) == 403
    assert post(client, world, installed(world.now, LEAD, tenant="", channelData={})) == 403
    assert snapshot(world.store) == before


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: TestClient, world: World) -> None:
    assert post(client, world, b"x" * 70_000) == 413


def test_keys_are_rotated(world: World, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(world, keys)
    assert install(client, world) == 200
    asked = keys.asked
    assert install(client, world) == 200
    assert keys.asked == asked
    keys.published = ["second"]
    # The library asks again for a key it does not know, but not more than twice a minute.
    monkeypatch.setattr("jwt.jwks_client.time.monotonic", _later(61))
    body = installed(world.now, LEAD, tenant=TENANT)
    assert post(client, world, body, signed_by="second") == 200
    assert post(client, world, body, signed_by="first") == 401


def _later(seconds: float) -> Any:
    from time import monotonic

    return lambda: monotonic() + seconds


def test_while_the_keys_are_away_the_connector_is_asked_to_come_again(world: World, keys: Keys) -> None:
    away = Keys(url="http://127.0.0.1:1")
    client = client_of(world, away)
    raw = json.dumps(installed(world.now, LEAD, tenant=TENANT))
    answer = client.post("/teams/bot", content=raw, headers=bearer())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


def test_without_the_extra_a_sentence_says_what_is_missing_and_the_door_answers_later(
    world: World, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tasks.channels.teams_bot.connector", None)
    assert MISSING in prepare(world.settings)
    assert install(_bare_client(world), world) == 503


def _bare_client(world: World) -> TestClient:
    callbacks = [Activities(Bot(world.settings)).route()]
    return TestClient(create_app(MemoryDoor(), page_settings(), callbacks=callbacks), base_url="http://localhost")


def test_a_bot_needs_its_secret_and_its_tenant(world: World) -> None:
    for changes in ({"teams_bot_secret": None}, {"teams_tenant": ""}):
        with pytest.raises(SettingsError, match="A bot in Teams needs"):
            with_bot(world.settings, **changes)


def test_a_forgotten_person_has_no_chat(client: TestClient, world: World) -> None:
    leaver = "00000000-0000-0000-0000-00000000000f"
    install(client, world, leaver)
    (chat,) = world.store.privacy.person_data("legal-lead")["teams_chats"]
    assert chat["conversation"] == f"a:{leaver}"
    world.at("Tue 1 Oct 2019 09:00")
    erased = world.store.privacy.forget_person(
        world.store.privacy.find_people("legal-lead")[0], on=world.now.date(), at=world.now, by="lead", reason="left"
    )
    assert erased["Teams chats"] == 1
    assert world.store.people.teams_chat("legal-lead") is None
