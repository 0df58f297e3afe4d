"""Test who is heard at the address of Teams' outgoing webhook: signatures, replays, old messages, strangers, races."""

import base64
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from cli.run.first_start import pages
from config.settings import Settings, SettingsError
from tasks.receiving.teams import Teams
from tests.harness import World, snapshot
from tests.web.teams_house import (
    ACCOUNTS,
    CASES,
    KEY,
    LEAVER,
    OLD_KEY,
    TENANT,
    a_copy,
    a_house,
    activity,
    app,
    first_day,
    post,
    responses,
    say,
    signed,
    unchanged,
    with_teams,
)
from timeline.answers.inbound import inbound_id


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_house(tmp_path_factory.mktemp("house"))


@pytest.fixture
def world(house: Path, tmp_path: Path) -> Iterator[World]:
    with a_copy(house, tmp_path) as world:
        yield world


@pytest.fixture
def client(world: World) -> TestClient:
    return app(world.settings)


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


def test_a_replay_is_refused_and_records_nothing_more(client: TestClient, world: World) -> None:
    given = activity(world, f"help {CASES} Please")
    post(client, given)
    before = snapshot(world.store)
    assert post(client, given) == "We have had this very message before, so nothing more was done."
    assert snapshot(world.store) == before


def test_a_replay_is_told_from_an_answer_that_comes_too_late(client: TestClient, world: World) -> None:
    given = activity(world, f"help {CASES} Please")
    post(client, given)
    world.done(CASES, by="performance_lead")
    assert post(client, given).startswith("We have had this very message before")
    assert "already recorded as done" in unchanged(client, world, f"help {CASES} Please")


def test_the_same_words_in_another_message_or_conversation_are_no_replay(client: TestClient, world: World) -> None:
    first = activity(world, f"ack {CASES}")
    other = first | {"conversation": first["conversation"] | {"id": "19:other"}}
    post(client, first)
    assert "It stood so already." in post(client, other)
    assert len(responses(world)) == 1


@pytest.mark.parametrize(
    ("off", "heard"),
    [
        (timedelta(minutes=-5, seconds=-1), False),
        (timedelta(minutes=-5), True),
        (timedelta(minutes=5, seconds=-1), True),
        (timedelta(minutes=5, seconds=1), False),
        (timedelta(days=-1), False),
    ],
)
def test_a_message_more_than_five_minutes_off_is_refused(
    client: TestClient, world: World, off: timedelta, heard: bool
) -> None:
    sent_at = (world.now + off).strftime("%Y-%m-%dT%H:%M:%S.0000000%z")
    said = say(client, world, f"ack {CASES}", timestamp=sent_at)
    assert bool(responses(world)) == heard
    assert ("more than five minutes" in said) != heard


@pytest.mark.parametrize(
    "text", ["2019-08-28T07:30:00.1234567Z", "2019-08-28T07:30:00Z", "2019-08-28T08:30:00.12+01:00"]
)
def test_timestamps_have_up_to_seven_digits_and_a_zone(client: TestClient, world: World, text: str) -> None:
    say(client, world, f"ack {CASES}", timestamp=text)
    assert len(responses(world)) == 1


@pytest.mark.parametrize("text", [None, "", "yesterday", "2019-08-28T08:30:00.1234567", 1566977400, ["2019"]])
def test_a_message_without_a_readable_instant_is_refused(client: TestClient, world: World, text: Any) -> None:
    assert "more than five minutes" in unchanged(client, world, f"ack {CASES}", timestamp=text)


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


def test_racing_posts_of_one_message_record_one_answer(world: World) -> None:
    _race(world)


@pytest.mark.requires("postgresql")
def test_racing_posts_record_one_answer_on_postgresql_too(tmp_path: Path, fresh_postgres_url: str) -> None:
    with World(tmp_path, database_url=fresh_postgres_url) as world:
        first_day(world)
        with with_teams(world):
            _race(world)


def _race(world: World) -> None:
    raw = json.dumps(activity(world, f"help {CASES} Please")).encode()

    def once(_: int) -> str:
        answer = app(world.settings).post("/teams/messages", content=raw, headers=signed(raw))
        return str(answer.json()["text"])

    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(once, range(16)))
    assert len(responses(world)) == 1
    assert sum(one.startswith("plo-panel/1/cases: You asked for help.") for one in said) == 1
    assert sum(one.startswith("We have had this very message before") for one in said) == 15
    assert world.store.audit.verify() is None


def test_what_came_in_stands_beside_the_answer_without_its_words(client: TestClient, world: World) -> None:
    given = activity(world, f"ack {CASES}")
    post(client, given)
    assert world.store.inbound.was_received(inbound_id("teams", given["conversation"]["id"], given["id"]))
    assert world.store.inbound.held() == ()
    (event,) = [audit_event for audit_event in world.store.audit.events() if audit_event.what == "message recorded"]
    assert (event.via, event.who, event.for_whom) == ("teams", "performance-lead", "performance-lead")
    assert "Somebody Else Entirely" not in str(snapshot(world.store))


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
