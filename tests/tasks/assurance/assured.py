"""Change a council's rows by hand, and run the assurance that must find it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from models.store import Store
from tasks.assurance.assure import assure
from tests.harness import World
from tests.support.assured_days import Days
from tests.timeline.literals import at as instant
from tests.timeline.literals import day
from timeline.assurance import AssuranceRun, FindingKind


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a house that has lived four days, each with an assurance that explains everything; it stands at 08:45."""
    home = tmp_path_factory.mktemp("lived")
    with World(home) as world:
        world.apply()
        for reckoning in Days(world).through(world.now.date(), day("Fri 30 Aug 2019")):
            assert reckoning.findings == ()
            assure(world.store, world.settings, at=reckoning.at)
    return home


@pytest.fixture
def world(lived: Path, tmp_path: Path) -> Iterator[World]:
    """Give a copy of that house, on the Monday morning after."""
    home = Path(shutil.copytree(lived, tmp_path / "house"))
    with World(home) as world:
        world.store = Store(world.store.engine, "medway")
        world.now = instant("Fri 30 Aug 2019 18:00")
        morning(world, "Mon 2 Sep 2019")
        yield world


def morning(world: World, on: str) -> None:
    """Run the day's flows at 07:30."""
    Days(world).morning(day(on))


def mailed(world: World, on: str) -> None:
    morning(world, on)
    world.at(f"{on} 08:30").deliver()


def changed(world: World, statement: str, *values: object) -> None:
    """Change it by hand, behind Daymark's back, as any tool for SQLite does it: it checks no references."""
    with closing(sqlite3.connect(world.home / "daymark.db")) as database:
        assert database.execute(statement, values).rowcount > 0
        database.commit()


def row(world: World, query: str) -> Any:
    with world.store.engine.connect() as connection:
        return connection.execute(text(query)).first()


def assured(world: World, at: str) -> AssuranceRun:
    return assure(world.store, world.settings, at=world.at(at).now)


def kinds(run: AssuranceRun) -> set[FindingKind]:
    return {finding.kind for finding in run.findings}
