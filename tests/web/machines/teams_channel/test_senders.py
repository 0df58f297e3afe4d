"""Test whose messages in a channel are heard: the tenant, the account, and whoever has left."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.harness import World
from tests.web.teams_house import ACCOUNTS, CASES, LEAVER, TENANT, app, responses, say, unchanged

FOREIGN = "99999999-2222-3333-4444-555555555555"


@pytest.mark.parametrize(
    "changes",
    [
        {"channelData": {"tenant": {"id": FOREIGN}}},
        {"conversation": {"id": "19:abc", "tenantId": FOREIGN}},
        {"channelData": {"tenant": {"id": FOREIGN}}, "conversation": {"id": "19:abc", "tenantId": FOREIGN}},
        {"channelData": None, "conversation": {"id": "19:abc"}},
        {"channelData": {"tenant": TENANT}, "conversation": {"id": "19:abc"}},
    ],
)
def test_a_foreign_tenant_is_refused(client: TestClient, world: World, changes: dict[str, Any]) -> None:
    assert "This organisation is not answered here" in unchanged(client, world, f"ack {CASES}", **changes)


def test_one_naming_of_the_tenant_is_enough(client: TestClient, world: World) -> None:
    say(client, world, f"ack {CASES}", channelData=None)
    assert len(responses(world)) == 1


def test_without_a_tenant_in_the_settings_everybody_is_foreign(world: World) -> None:
    client = app(world.settings.model_copy(update={"teams_tenant": ""}))
    assert "This organisation is not answered here" in unchanged(client, world, f"ack {CASES}")
    nowhere = {"channelData": None, "conversation": {"id": "19:abc"}}
    assert "This organisation is not answered here" in unchanged(client, world, f"ack {CASES}", **nowhere)


@pytest.mark.parametrize(
    "sender",
    [
        {"name": "Performance Lead", "id": "29:1a"},
        {"name": "Performance Lead", "aadObjectId": ""},
        {"name": "Performance Lead", "aadObjectId": "00000000-0000-0000-0000-999999999999"},
        {"name": "Performance Lead", "aadObjectId": {"id": ACCOUNTS["performance-lead"]}},
        "performance-lead",
        None,
    ],
)
def test_a_person_is_known_by_the_account_and_never_by_name(client: TestClient, world: World, sender: Any) -> None:
    said = unchanged(client, world, f"ack {CASES}", **{"from": sender})
    assert said.startswith("We do not know your Teams account")


def test_whoever_has_left_is_no_longer_known(client: TestClient, world: World) -> None:
    world.at("Mon 30 Sep 2019 17:00")
    assert say(client, world, "list", by=LEAVER).endswith("it stands in your mails.")
    world.at("Tue 1 Oct 2019 09:00")
    assert unchanged(client, world, "list", by=LEAVER).startswith("We do not know your Teams account")


def test_a_message_without_an_id_or_a_conversation_is_nobodys(client: TestClient, world: World) -> None:
    unchanged(client, world, f"ack {CASES}", id=None)
    unchanged(client, world, f"ack {CASES}", conversation={"tenantId": TENANT})
