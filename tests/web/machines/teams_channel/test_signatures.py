"""Test which calls of the outgoing webhook are believed and read: its signature, its keys and its body."""

import base64
import json

import pytest
from starlette.testclient import TestClient

from cli.run.first_start import pages
from config.settings import Settings, SettingsError
from tasks.receiving.teams import Teams
from tests.harness import World, snapshot
from tests.web.teams_house import CASES, KEY, OLD_KEY, activity, post, responses, signed, unchanged

VECTOR = b'{"type":"message","text":"<at>Reminders</at> ack LIC-2026-0042"}'


@pytest.mark.parametrize(
    ("raw", "authorization", "status"),
    [
        (VECTOR, "HMAC WouOdLNlOxp56p/+Ynr/AMvvaUQ0BPW9vlFxul84QHA=", 200),
        (b"", "HMAC 04tCCW2A9F+Ca0Sp1WB95ySWpBXT9KGoyI47udqNwcs=", 200),
        (VECTOR, "HMAC 2T/oT6tnDUH+GlelkcnTkXkUammgAZISsEhgCZdQgos=", 401),
        (VECTOR, "", 401),
        (VECTOR, "HMAC ", 401),
        (VECTOR, "WouOdLNlOxp56p/+Ynr/AMvvaUQ0BPW9vlFxul84QHA=", 401),
        (VECTOR, "Bearer WouOdLNlOxp56p/+Ynr/AMvvaUQ0BPW9vlFxul84QHA=", 401),
        (VECTOR + b"\n", "HMAC WouOdLNlOxp56p/+Ynr/AMvvaUQ0BPW9vlFxul84QHA=", 401),
        (json.dumps(json.loads(VECTOR)).encode(), "HMAC WouOdLNlOxp56p/+Ynr/AMvvaUQ0BPW9vlFxul84QHA=", 401),
    ],
)
def test_the_vectors_pass_and_fail_as_they_must(
    client: TestClient, world: World, raw: bytes, authorization: str, status: int
) -> None:
    before = snapshot(world.store)
    answer = client.post("/teams/messages", content=raw, headers={"Authorization": authorization})
    assert answer.status_code == status
    assert bool(answer.content) == (status == 200)  # a stranger learns nothing
    assert snapshot(world.store) == before  # without a tenant and an account the right signature alone does nothing


def test_any_key_of_the_list_will_do_and_no_other(client: TestClient, world: World) -> None:
    post(client, activity(world, f"ack {CASES}"), key=OLD_KEY)
    assert len(responses(world)) == 1
    raw = json.dumps(activity(world, f"ack {CASES}")).encode()
    other = base64.b64encode(b"a key of nobody").decode()
    assert client.post("/teams/messages", content=raw, headers=signed(raw, other)).status_code == 401


def test_a_body_that_was_written_anew_is_refused(client: TestClient, world: World) -> None:
    given = activity(world, f"ack {CASES}")
    headers = signed(json.dumps(given).encode())
    raw = json.dumps(given, separators=(",", ":")).encode()
    assert client.post("/teams/messages", content=raw, headers=headers).status_code == 401
    assert responses(world) == []


@pytest.mark.parametrize("raw", [b"not json", b"[]", b'"x"', b"{}", b'{"type":"invoke"}', b"[" * 60_000, b"\xff\xfe{}"])
def test_a_signed_body_that_is_no_message_is_answered_in_words(client: TestClient, world: World, raw: bytes) -> None:
    answer = client.post("/teams/messages", content=raw, headers=signed(raw))
    assert answer.status_code == 200
    assert answer.json()["text"] == "This message cannot be read, so nothing was recorded."


@pytest.mark.parametrize(("octets", "status"), [(64 * 1024, 200), (64 * 1024 + 1, 413), (1_000_000, 413)])
def test_a_body_that_is_too_large_is_not_read(client: TestClient, world: World, octets: int, status: int) -> None:
    raw = b" " * octets
    assert client.post("/teams/messages", content=raw, headers=signed(raw)).status_code == status


def test_a_very_long_text_is_refused(client: TestClient, world: World) -> None:
    assert unchanged(client, world, f"help {CASES} " + "<at>" * 8_000).startswith("That is too long")
    assert unchanged(client, world, f"help {CASES} " + "word " * 500).startswith("That is too long")


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_only_a_post_is_answered(client: TestClient, method: str) -> None:
    assert client.request(method, "/teams/messages").status_code == 405


def test_the_house_has_the_address_with_keys_and_not_without(world: World) -> None:
    raw = json.dumps(activity(world, f"ack {CASES}")).encode()
    for settings, status in ((world.settings.model_copy(update={"teams_keys": None}), 404), (world.settings, 200)):
        client = TestClient(pages(settings), base_url="http://localhost")
        assert client.post("/teams/messages", content=raw, headers=signed(raw)).status_code == status
    assert len(responses(world)) == 1


@pytest.mark.parametrize("keys", ["not base64!", f"{KEY},x", "===="])
def test_keys_that_cannot_be_read_stop_the_house_with_one_sentence(keys: str) -> None:
    with pytest.raises(SettingsError, match="DAYMARK_TEAMS_KEYS cannot be used: a key cannot be read") as refused:
        Teams(Settings.given(teams_keys=keys))
    assert keys not in str(refused.value)
