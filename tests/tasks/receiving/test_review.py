"""Test the review list over the real store: what is held, about whom and what, and what taking it off leaves."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tasks.receiving.review import Reviews
from tests.harness import World, snapshot
from tests.support.stated import people, variant
from tests.timeline.literals import at
from timeline.answers.inbound import Inbound, InboundState, inbound_id
from timeline.answers.responses import Answer

CASES = "plo-panel/1/cases"
LEAD = "performance.lead@medway.example"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        yield world.at("Wed 28 Aug 2019 10:00")


def hold(world: World, name: str = "1", **parts: Any) -> str:
    usual: dict[str, Any] = {
        "id": inbound_id("mail", name),
        "via": "mail",
        "received_at": world.now,
        "kind": "response",
        "state": InboundState.HELD,
        "why": "It is not clear.",
        "person": "performance-lead",
        "milestone": CASES,
        "asks": Answer.ACKNOWLEDGED,
        "sender": "stranger@elsewhere.example",
        "text": "Dealt with, I think",
    }
    world.store.inbound.record(Inbound(**usual | parts))
    return str((usual | parts)["id"])


def test_an_item_says_when_for_whom_and_about_what(world: World) -> None:
    hold(world)
    (item,) = Reviews(world.settings).held()
    assert (item.received_at, item.via, item.why) == (at("Wed 28 Aug 2019 10:00"), "mail", "It is not clear.")
    assert f"{item.received_at:%H:%M}" == "10:00"  # London's clock, in summer too
    assert (item.person_name, item.post_title) == ("Performance Lead", "Performance lead")
    assert item.task_title == "List of cases to the chair (plo-panel/1/cases)"
    assert (item.sender, item.text, item.council_name) == (
        "stranger@elsewhere.example",
        "Dealt with, I think",
        "Medway Council",
    )


def test_what_is_not_known_stays_empty(world: World) -> None:
    hold(world, person="", milestone="", asks=None, sender="", text="")
    (item,) = Reviews(world.settings).held()
    assert (item.person_name, item.post_title, item.task_title, item.command, item.text) == ("", "", "", "", "")


def test_a_task_or_person_that_is_gone_is_no_crash(world: World) -> None:
    hold(world, person="somebody-who-left", milestone="plo-panel/99/cases")
    (item,) = Reviews(world.settings).held()
    assert (item.person_name, item.task_title, item.command) == ("", "", "")


def test_the_oldest_comes_first(world: World) -> None:
    hold(world, "late")
    hold(world, "early", received_at=at("Wed 28 Aug 2019 09:00"))
    assert [f"{review_item.received_at:%H:%M}" for review_item in Reviews(world.settings).held()] == ["09:00", "10:00"]


@pytest.mark.parametrize(
    ("asks", "command"),
    [
        (Answer.ACKNOWLEDGED, f"daymark ack {CASES} --as ADDRESS --for {LEAD}"),
        (Answer.DONE, f"daymark done {CASES} --as ADDRESS --for {LEAD} --evidence URL"),
        (Answer.HELP, f"daymark help {CASES} --as ADDRESS --for {LEAD}"),
        (Answer.DECLINED, f"daymark decline {CASES} --as ADDRESS --for {LEAD}"),
        (Answer.DELEGATED, f"daymark delegate {CASES} --as ADDRESS --for {LEAD} --to ADDRESS"),
        (None, ""),
    ],
)
def test_the_command_records_what_was_seen(world: World, asks: Answer | None, command: str) -> None:
    hold(world, asks=asks, sender="$(rm -rf ~)@elsewhere.example")
    assert Reviews(world.settings).held()[0].command == command


def test_a_colleague_who_answered_stands_in_the_command(world: World) -> None:
    hold(world, by="project-support")
    expected = f"daymark ack {CASES} --as project.support@medway.example --for {LEAD}"
    assert Reviews(world.settings).held()[0].command == expected


def test_an_address_cannot_leave_its_word_in_the_command(world: World) -> None:
    lead = {**people()["performance-lead"], "address": "sean.o'brien@medway.example"}
    world.apply(variant(world.home, people=people(performance_lead=lead)))
    hold(world)
    assert "--for 'sean.o'\"'\"'brien@medway.example'" in Reviews(world.settings).held()[0].command


@pytest.mark.parametrize("erase", [False, True])
def test_what_is_taken_off_is_off_once_and_in_the_chain(world: World, erase: bool) -> None:
    id_ = hold(world)
    reviews = Reviews(world.settings)
    assert reviews.close(id_, at=world.now, who="kim.cole", erase=erase)
    assert not reviews.close(id_, at=world.now, who="kim.cole", erase=erase)
    assert reviews.held() == ()
    kept = any("Dealt with, I think" in row for rows in snapshot(world.store).values() for row in rows)
    assert kept is not erase
    reviewed = [
        audit_event for audit_event in world.store.audit.events() if audit_event.what.startswith("message reviewed")
    ]
    assert [(audit_event.who, *audit_event.texts) for audit_event in reviewed] == [("", "who")]
    assert world.store.audit.verify() is None


def test_what_is_not_on_the_list_is_not_taken_off(world: World) -> None:
    before = snapshot(world.store)
    assert not Reviews(world.settings).close("0" * 64, at=world.now, who="kim.cole", erase=True)
    assert snapshot(world.store) == before
