"""Test that an app that is installed opens a chat for its person, and that a removed app closes it."""

import sys
from typing import Any

import pytest
from starlette.testclient import TestClient

from cli.run.first_start import prepare
from config.settings import SettingsError
from tasks.receiving.teams_bot import MISSING, Bot
from tests.harness import World, snapshot
from tests.support.connector import SERVICE, Keys, activity
from tests.support.stated import people, variant
from tests.support.teams_bot import LEAD, install, status_of, with_bot
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from tests.web.teams_house import ACCOUNTS, TENANT
from web.app import create_app
from web.machines.teams_bot import Activities

NEW = "00000000-0000-0000-0000-0000000000aa"


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
    assert status_of(client, activity(world.now, LEAD, tenant=TENANT, text="hello")) == 200
    assert world.store.people.teams_chat("performance-lead") is not None


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
