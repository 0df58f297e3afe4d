"""Test that `/health` tells the truth: a database that cannot keep an answer is no health."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from config.settings import Settings
from models.store import open_engine
from models.store.base import health
from models.store.base.health import trouble
from tasks.council.health import Health
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from web.app import create_app


@pytest.fixture
def database(tmp_path: Path) -> Path:
    open_engine(f"sqlite:///{tmp_path / 'daymark.db'}").dispose()
    return tmp_path / "daymark.db"


def said(database: Path) -> str:
    return trouble(open_engine(f"sqlite:///{database}"))


def test_a_database_that_takes_a_write_is_well_and_stays_as_it_was(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        before = list(connection.iterdump())
        assert said(database) == ""
        assert list(connection.iterdump()) == before


def test_a_locked_database_is_told_within_its_time(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_WAITS_SECONDS", 0.01)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert said(database) == "database locked"


def test_an_absent_database_is_told_and_not_made(database: Path) -> None:
    engine = open_engine(f"sqlite:///{database}")
    engine.dispose()
    for path in database.parent.iterdir():
        path.unlink()
    assert trouble(engine) == "database absent"
    assert list(database.parent.iterdir()) == []


def test_a_broken_database_is_told(database: Path) -> None:
    engine = open_engine(f"sqlite:///{database}")
    engine.dispose()
    database.write_bytes(b"no database at all" * 1000)
    assert trouble(engine) == "database broken"


def test_a_full_disk_is_told(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(sqlite3.Connection):
        def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
            if sql == "COMMIT":
                fault = sqlite3.OperationalError("database or disk is full")
                fault.sqlite_errorname = "SQLITE_FULL"
                raise fault
            return super().execute(sql)

    real = sqlite3.connect
    monkeypatch.setattr("models.store.base.health.sqlite3.connect", partial(real, factory=Full))
    assert trouble(open_engine(f"sqlite:///{database}")) == "disk full"


def test_the_page_answers_503_with_the_word_and_looks_once_in_five_seconds(database: Path) -> None:
    now = [0.0]
    given = Settings.given(home=database.parent)
    watched = Health(given, clock=lambda: now[0])
    app = create_app(MemoryDoor(), page_settings(), health=watched.trouble)
    client = TestClient(app, base_url="http://localhost")
    answers = [client.get("/health")]
    for path in database.parent.iterdir():
        path.unlink()
    answers.append(client.get("/health"))
    now[0] = 5.0
    answers.append(client.get("/health"))
    assert [(answer.status_code, answer.json()["status"]) for answer in answers] == [
        (200, "ok"),
        (200, "ok"),
        (503, "database absent"),
    ]
