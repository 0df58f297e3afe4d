"""Test that a message of a channel counts once and only while it is new: replays, old messages and races."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.harness import World, snapshot
from tests.web.teams_house import CASES, activity, app, first_day, post, responses, say, signed, unchanged, with_teams
from timeline.answers.inbound import inbound_id


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
    assert sum(each.startswith("plo-panel/1/cases: You asked for help.") for each in said) == 1
    assert sum(each.startswith("We have had this very message before") for each in said) == 15
    assert world.store.audit.verify() is None


def test_what_came_in_stands_beside_the_answer_without_its_words(client: TestClient, world: World) -> None:
    given = activity(world, f"ack {CASES}")
    post(client, given)
    assert world.store.inbound.was_received(inbound_id("teams", given["conversation"]["id"], given["id"]))
    assert world.store.inbound.held() == ()
    (event,) = [audit_event for audit_event in world.store.audit.events() if audit_event.what == "message recorded"]
    assert (event.via, event.who, event.for_whom) == ("teams", "performance-lead", "performance-lead")
    assert "Somebody Else Entirely" not in str(snapshot(world.store))
