"""Test the interface for programs that read: a token of their own, no name, no small count, nothing under embargo."""

import csv
import io
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from tasks.houses.standings import Standings
from tasks.links import readers
from tasks.links.readers import Readers
from tests.config.medway import medway
from tests.harness import World
from tests.support.programmes import medways
from tests.timeline.literals import at
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from timeline.picture.audience import PlannedWork
from timeline.programme.bodies import Meeting
from timeline.programme.programme import HighlightedCases
from timeline.programme.sheets.tables import tables
from timeline.steering.reader import reader_tables
from web.app import create_app
from web.machines.api import Api

HERE = "http://127.0.0.1:8480"
SEES_ALL = "the key of a program that sees all"


class Program:
    """Read as a program does, with a token."""

    def __init__(self, world: World) -> None:
        self.world = world
        sees_all = world.settings.model_copy(update={"sees_all_key": SecretStr(SEES_ALL)})
        api = Api(Readers(world.settings), HERE, Standings(sees_all))
        app = create_app(MemoryDoor(), page_settings(base_url=HERE), callbacks=api.routes())
        self._client = TestClient(app, base_url=HERE)
        self.token = readers.give(world.store, world.settings, "power-bi", at=world.now, who="lead")

    def get(self, path: str, **headers: str) -> Any:
        given = headers or {"Authorization": f"Bearer {self.token}"}
        return self._client.get(f"/api/v1{path}", headers=given)


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with World(tmp_path) as world:
        world.at("Wed 4 Sep 2019 10:00")
        world.apply()
        yield Program(world)


def test_a_program_reads_every_record_and_task_by_post(program: Program) -> None:
    listed = program.get("").json()
    assert (listed["council"], listed["as_at"][:10]) == ("medway", "2019-09-04")
    assert {"action-plan", "areas", "risks", "measures.values", "tasks"} <= set(listed["tables"])
    for name, columns in listed["tables"].items():
        rows = program.get(f"/{name}").json()["rows"]
        assert all(list(row) == columns for row in rows)
        assert len(list(csv.reader(io.StringIO(program.get(f"/{name}.csv").text)))) == len(rows) + 1
    tasks = program.get("/tasks").json()["rows"]
    directory = program.world.timeline.directory
    titles = " ".join(post.title for post in directory.posts.values())
    # Some people of the example are called by their post.
    people = {person.name for person in directory.people.values() if person.name.lower() not in titles.lower()}
    assert "owner" not in tasks[0]
    assert not any(name in program.get("/tasks").text for name in people if " " in name)


def test_only_a_living_token_opens_it_as_bearer_or_as_password(program: Program) -> None:
    login = b64encode(f"any name:{program.token}".encode()).decode()
    assert program.get("", Authorization=f"Basic {login}").status_code == 200
    for header in ("", "Bearer", "Bearer aaaaaaaaaaaaaaaa", f"Digest {program.token}", "Basic %", "Bearer ' or 1=1"):
        refused = program.get("/tasks", Authorization=header)
        assert (refused.status_code, "docs/api.md" in refused.json()["fault"]) == (401, True)
        assert refused.headers["WWW-Authenticate"].startswith("Basic")
    world = program.world
    assert readers.revoke(world.store, world.settings, "power-bi", at=world.now, who="lead")
    assert program.get("/tasks").status_code == 401
    assert not readers.revoke(world.store, world.settings, "another", at=world.now, who="lead")
    program.token = readers.give(world.store, world.settings, "power-bi", at=world.now, who="lead")
    assert program.get("/tasks").status_code == 200
    assert program.world.store.audit.verify() is None


def test_an_unknown_table_is_told_with_the_one_that_was_meant_and_the_description_is_true(program: Program) -> None:
    refused = program.get("/risk")
    assert (refused.status_code, refused.json()["fault"]) == (404, "There is no table “risk”. Did you mean “risks”?")
    described = program.get("/openapi.json", Authorization="").json()
    for path, item in described["paths"].items():
        key = SEES_ALL if path.endswith("/councils") else program.token
        answer = program.get(path.removeprefix("/api/v1").replace("{table}", "tasks"), Authorization=f"Bearer {key}")
        (kind, content), *_ = item["get"]["responses"]["200"]["content"].items()
        assert answer.headers["content-type"].startswith(kind)
        if kind == "application/json":
            assert set(content["schema"]["required"]) == set(answer.json())


def test_small_counts_are_words_and_large_ones_numbers() -> None:
    given = medways()
    key, body = next(iter(given.bodies.items()))
    met = Meeting(on=given.inspection.published_on, attended=3, decisions=(), source="minutes")
    cases = HighlightedCases(highlighted=12, followed_up=4, is_complete=False, words="", source="")
    given = replace(given, cases=cases, bodies={**given.bodies, key: replace(body, meetings=(met,))})
    nothing = PlannedWork(timeline=medway(), occurrences=(), tasks=())
    told = {table.name: table for table in reader_tables(nothing, given, at=at("Wed 4 Sep 2019 10:00"))}
    assert told["cases"].rows[0][:2] == (12, "fewer than 5")
    attended = told["bodies.meetings"].columns.index("attended")
    assert told["bodies.meetings"].rows[0][attended] == "fewer than 5"
    assert {table.name: table.rows[0][:2] for table in tables(given)}["cases"] == (12, 4)
