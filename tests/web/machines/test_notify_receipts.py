"""Test the callback of GOV.UK Notify, through the whole house: a real store, a server that speaks as Notify
does, mail.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cli.run.first_start import pages
from tests.harness import World
from tests.support.stated import people, variant
from tests.tasks.notify_server import KEY, NotifyServer
from timeline.delivery.messages import Message, MessageState
from web.machines.notify_receipts import NotifyReceipts

CASES = "plo-panel/1/cases"  # due Tue 3 Sep 2019; first notice on Wed 28 Aug to the performance lead
LEAD = {"name": "Performance Lead", "holds": "performance_lead", "address": "performance.lead@medway.example"}
PHONE = "+44 7700 900123"
BEARER = "a-bearer-that-nobody-can-guess"
LARGEST = 64 * 1024


@pytest.fixture
def notify(monkeypatch: pytest.MonkeyPatch) -> Iterator[NotifyServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    with NotifyServer() as server:
        yield server


@pytest.fixture
def world(tmp_path: Path, notify: NotifyServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Begin when the first notice of the first panel has left as a text message."""
    with World(tmp_path) as world:
        monkeypatch.setattr("web.machines.notify_receipts.clock.now", lambda: world.now)
        world.at("Tue 27 Aug 2019 07:00")
        world.apply(
            variant(world.home, people=people(performance_lead=LEAD | {"phone": PHONE, "channels": ["sms", "mail"]}))
        )
        given = {"channels": f"sms={notify.url()}", "notify_key": SecretStr(KEY), "notify_bearer": SecretStr(BEARER)}
        world.settings = world.settings.model_copy(update=given)
        world.at("Wed 28 Aug 2019 07:30").decide("plo-panel")
        world.at("Wed 28 Aug 2019 08:30").deliver()
        yield world


@pytest.fixture
def client(world: World) -> TestClient:
    return TestClient(pages(world.settings), base_url="http://localhost", raise_server_exceptions=False)


def told(notify: NotifyServer, status: str, **changes: object) -> dict[str, Any]:
    """Give as Notify's documentation shows the body of a callback."""
    ((id_, given),) = notify.notifications.items()
    body: dict[str, Any] = {"id": id_, "reference": given["reference"], "to": PHONE, "status": status}
    body |= {"created_at": "2019-08-28T07:30:00.000000Z", "completed_at": "2019-08-28T07:31:00.000000Z"}
    body |= {"sent_at": "2019-08-28T07:30:30.000000Z", "notification_type": "sms"}
    return body | changes


def post(client: TestClient, body: object, *, bearer: str = BEARER) -> int:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = client.post("/notify/receipts", content=content, headers={"Authorization": f"Bearer {bearer}"})
    return int(answer.status_code)


def text_message(world: World) -> Message:
    keys = [
        audit_event.ref
        for audit_event in world.store.audit.events()
        if audit_event.what == "message composed" and audit_event.via == "sms"
    ]
    message = world.store.outbox.message(keys[0])
    assert message is not None
    return message


def events(world: World) -> list[str]:
    return [audit_event.what for audit_event in world.store.audit.events()]


def test_the_text_message_says_in_a_line_what_is_due_and_its_link_opens_the_task(
    world: World, notify: NotifyServer, client: TestClient
) -> None:
    (body,) = notify.bodies
    words, link = body["personalisation"]["message"].rsplit(" ", 1)
    assert words.startswith("Improvement programme: Send the chair the list: due in")
    assert words.endswith("working days, Tue 3 Sep. Tell us here:")
    assert "List of cases" in client.get(link.removeprefix(world.settings.base_url)).text


def test_a_message_that_arrived_is_delivered(world: World, notify: NotifyServer, client: TestClient) -> None:
    assert text_message(world).state is MessageState.ACCEPTED
    assert post(client, told(notify, "delivered")) == 200
    assert text_message(world).state is MessageState.DELIVERED


@pytest.mark.parametrize("status", ["permanent-failure", "temporary-failure"])
def test_what_notify_gave_up_leaves_by_the_next_way_at_once(
    status: str, world: World, notify: NotifyServer, client: TestClient
) -> None:
    world.at("Wed 28 Aug 2019 08:31")
    assert post(client, told(notify, status)) == 200
    assert text_message(world).state is MessageState.BOUNCED
    world.deliver()
    world.expect_mail(to="performance_lead", about="List of cases")
    assert len(notify.bodies) == 1
    gone = [dead.way.channel for dead in world.store.outbox.dead_addresses()]
    assert gone == (["sms"] if status == "permanent-failure" else [])


def test_a_dead_number_is_not_written_to_again_until_it_changes(
    world: World, notify: NotifyServer, client: TestClient
) -> None:
    """Test that what the callback calls the recipient is not ours: the number is the directory's own."""
    post(client, told(notify, "permanent-failure", to="447700900123"))
    (dead,) = world.store.outbox.dead_addresses()
    assert (dead.way.person, dead.way.channel) == (world.person("performance_lead"), "sms")
    assert PHONE not in repr(world.store.audit.events())


@pytest.mark.parametrize("status", ["delivered", "permanent-failure"])
def test_what_is_told_twice_is_written_once(
    status: str, world: World, notify: NotifyServer, client: TestClient
) -> None:
    assert post(client, told(notify, status)) == 200
    before = events(world)
    assert post(client, told(notify, status)) == 200
    assert events(world) == before


def test_what_bounced_does_not_become_delivered(world: World, notify: NotifyServer, client: TestClient) -> None:
    post(client, told(notify, "technical-failure"))
    post(client, told(notify, "delivered"))
    assert text_message(world).state is MessageState.BOUNCED


NO_NEWS: list[dict[str, object]] = [
    {"id": "740e5834-3a29-46b4-9a6f-16142fde533a"},
    {"id": ""},
    {"id": None},
    {"id": ["x"]},
    {"id": "x" * 10_000},
    {"id": "\x00"},
    {"status": "sending"},
    {"status": None},
    {"status": {"a": 1}},
]


def test_what_is_not_news_of_a_message_of_ours_is_taken_and_changes_nothing(
    world: World, notify: NotifyServer, client: TestClient
) -> None:
    before = events(world)
    assert [post(client, told(notify, "permanent-failure") | changes) for changes in NO_NEWS] == [200] * len(NO_NEWS)
    assert (events(world), text_message(world).state) == (before, MessageState.ACCEPTED)


# Whoever knocks: no house is needed to turn them away.


@dataclass(frozen=True)
class Door:
    heard: list[object]
    client: TestClient


@pytest.fixture
def door() -> Door:
    heard: list[object] = []

    def take(body: object, _: datetime) -> bool:
        heard.append(body)
        return True

    return Door(heard, TestClient(Starlette(routes=[NotifyReceipts(BEARER, take).route()])))


@pytest.mark.parametrize("bearer", ["", "a-bearer-that-nobody-can-gues", BEARER + "s", BEARER.upper(), "ä"])
def test_without_the_bearer_token_nothing_is_taken(bearer: str, door: Door) -> None:
    headers = {"Authorization": f"Bearer {bearer}".encode()}
    answer = door.client.post("/notify/receipts", json={"id": "x"}, headers=headers)
    assert (answer.status_code, answer.headers["WWW-Authenticate"], door.heard) == (401, "Bearer", [])


def test_another_kind_of_authorization_is_no_bearer_token(door: Door) -> None:
    assert door.client.post("/notify/receipts", json={"id": "x"}).status_code == 401
    headers = {"Authorization": f"Basic {BEARER}"}
    assert door.client.post("/notify/receipts", json={"id": "x"}, headers=headers).status_code == 401
    assert (post(door.client, {"id": "x"}), door.heard) == (200, [{"id": "x"}])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"id=1", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b"[" * LARGEST, 400),
        (b'{"id": "%s"}' % (b"x" * LARGEST), 413),
    ],
)
def test_what_cannot_be_read_is_refused(body: bytes, status: int, door: Door) -> None:
    assert (post(door.client, body), door.heard) == (status, [])


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_only_a_post_is_taken(method: str, door: Door) -> None:
    answer = door.client.request(method, "/notify/receipts", headers={"Authorization": f"Bearer {BEARER}"})
    assert (answer.status_code, door.heard) == (405, [])


def test_the_bearer_token_stands_in_no_repr(door: Door) -> None:
    assert BEARER not in repr(NotifyReceipts(BEARER, lambda *_: True))


def test_without_the_setting_there_is_no_such_page(world: World, notify: NotifyServer) -> None:
    bare = world.settings.model_copy(update={"notify_bearer": None})
    client = TestClient(pages(bare), base_url="http://localhost")
    assert post(client, told(notify, "delivered")) == 404


def test_a_database_that_is_away_makes_notify_say_it_again(
    world: World, notify: NotifyServer, client: TestClient
) -> None:
    _rename(world, "delivery", "away")
    assert post(client, told(notify, "permanent-failure")) == 500
    _rename(world, "away", "delivery")
    assert post(client, told(notify, "permanent-failure")) == 200
    assert text_message(world).state is MessageState.BOUNCED


def _rename(world: World, table: str, name: str) -> None:
    with world.store.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))
