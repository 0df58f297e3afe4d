"""Test somebody who left: what is open is asked of the new holder, and every link of the old one is dead at once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tasks.changes import import_people as importing
from tasks.links.secure_link import Links
from tests.harness import World, tokens
from tests.support.medway_pages import medway_pages
from tests.support.stated import people, variant
from timeline.answers.responses import Answer
from web.app import create_app

CASES = "plo-panel/1/cases"
NEW = {"name": "Nia Newcomer", "address": "nia@medway.example"}
Leaving = Callable[[World], Any]


def by_file(world: World) -> None:
    """See that yesterday was the old holder's last day."""
    old = {"name": "Performance Lead", "address": "performance.lead@medway.example"}
    stated = people(
        performance_lead=old | {"holds": [{"post": "performance_lead", "until": "2019-08-28"}]},
        newcomer=NEW | {"holds": [{"post": "performance_lead", "from": "2019-08-29"}]},
    )
    world.apply(variant(world.home, people=stated))


def by_import(world: World) -> None:
    content = b"name,address,post\nNia Newcomer,nia@medway.example,performance_lead\n"
    given, faults = importing.read(world.store, world.settings, "new.csv", content, at=world.now)
    assert given, faults
    importing.import_people(world.store, world.settings, given, at=world.now, who="lead", source="new.csv")


def by_date(_: World) -> None:
    """See that it was stated from the beginning."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world.at("Tue 27 Aug 2019 07:00")


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    pages = medway_pages(world.settings.base_url)
    with TestClient(create_app(Links(world.settings), pages), base_url="http://localhost") as client:
        yield client


@pytest.mark.parametrize("leave", [by_file, by_import, by_date])
@pytest.mark.slow("applies a changed timeline and lives a morning")
def test_the_link_is_dead_at_once_and_the_new_holder_is_asked(world: World, client: TestClient, leave: Leaving) -> None:
    (by_file if leave is by_date else World.apply)(world)
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    (token,) = tokens(world.expect_mail(to="performance_lead"))[:1]
    world.answer(CASES, Answer.ACKNOWLEDGED, by="performance_lead")
    assert client.get(f"/r/{token}").status_code == 200
    leave(world.at("Thu 29 Aug 2019 07:00"))
    page = client.get(f"/r/{token}")
    assert page.status_code == 410
    assert client.post(f"/r/{token}", data={"answer": "done", "who": "self", "evidence": "x"}).status_code == 410
    assert "performance" not in page.text.lower()
    world.live("Thu 29 Aug 2019 08:30", "plo-panel")
    mail = world.expect_mail(to="performance_lead", about="List of cases")
    assert mail.envelope_to == ("nia@medway.example",)
    assert client.get(f"/r/{tokens(mail)[0]}").status_code == 200
    assert len(world.mails()) == 1


@pytest.mark.parametrize("leave", [by_file, by_import])
def test_what_waits_for_the_one_who_left_is_not_sent_to_them(world: World, leave: Leaving) -> None:
    world.apply()
    world.at("Wed 28 Aug 2019 19:00").decide("plo-panel")
    leave(world.at("Thu 29 Aug 2019 07:00"))
    world.live("Thu 29 Aug 2019 08:30", "plo-panel")
    world.expect_mail(to="performance_lead", about="List of cases")
    assert [opened_mail.envelope_to for opened_mail in world.mails()] == [("nia@medway.example",)]


def test_what_was_given_to_somebody_who_left_goes_back(world: World, client: TestClient) -> None:
    world.apply()
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    world.answer(CASES, Answer.DELEGATED, by="performance_lead", delegated_to=world.person("project_support"))
    world.at("Wed 28 Aug 2019 09:00").deliver()
    (token,) = tokens(world.expect_mail(to="project_support"))[:1]
    assert client.get(f"/r/{token}").status_code == 200
    world.at("Thu 29 Aug 2019 07:00")
    content = b"address,post,until\nproject.support@medway.example,project_support,2019-08-28\n"
    given, _ = importing.read(world.store, world.settings, "left.csv", content, at=world.now)
    assert given
    told = importing.changes(world.store, world.settings, given, at=world.now)
    (back,) = [change for change in told if change.ref == CASES]
    assert (back.change, back.to) == ("handed over", "Performance Lead (Performance lead)")
    importing.import_people(world.store, world.settings, given, at=world.now, who="lead", source="left.csv")
    assert client.get(f"/r/{token}").status_code == 410
    stored = world.store.plan.milestone(CASES)
    assert stored
    world.live("Tue 3 Sep 2019 08:30", "plo-panel")
    world.expect_mail(to="performance_lead", about="List of cases")


def managers_token(world: World) -> str:
    """Give the token of the link in the mail that asks a manager how to help."""
    world.apply()
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    world.answer(CASES, Answer.HELP, by="performance_lead", text="Two people short")
    world.at("Wed 28 Aug 2019 09:00").deliver()
    return tokens(world.expect_mail(to="head_of_quality_assurance"))[0]


def test_a_manager_s_link_to_the_same_task_lives_on(world: World, client: TestClient) -> None:
    token = managers_token(world)
    by_import(world.at("Thu 29 Aug 2019 07:00"))
    assert client.get(f"/r/{token}").status_code == 200


def test_a_managers_link_dies_when_they_take_another_post(world: World, client: TestClient) -> None:
    token = managers_token(world)
    manager = world.person("head_of_quality_assurance")
    moved = people()[manager] | {"holds": [{"post": "project_support", "from": "2019-08-29"}]}
    new = NEW | {"holds": [{"post": "head_of_quality_assurance", "from": "2019-08-29"}]}
    world.at("Thu 29 Aug 2019 07:00")
    world.apply(variant(world.home, people={**people(project_support=None), manager: moved, "newcomer": new}))
    assert client.get(f"/r/{token}").status_code == 410
    assert client.post(f"/r/{token}", data={"answer": "done", "who": "self", "evidence": "x"}).status_code == 410


def test_done_stays_done(world: World) -> None:
    world.apply()
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    world.done(CASES, by="performance_lead")
    by_import(world.at("Thu 29 Aug 2019 07:00"))
    world.live("Thu 29 Aug 2019 08:30", "plo-panel")
    world.expect_no_mail()
    gathered = world.store.inbound.responses(refs=frozenset({CASES}))[CASES]
    assert [response.answer for response in gathered] == [Answer.DONE]
