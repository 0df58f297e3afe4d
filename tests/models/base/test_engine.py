"""Test opening a database: made, brought up to date, or refused in one sentence."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, column, select, table, text, update
from sqlalchemy.pool import QueuePool

from models.migrations.version import VERSION_TABLE
from models.store import Store, StoreError, councils, open_engine
from models.store.base.turns import open_session
from tests.models import world
from tests.support import quick_databases
from tests.support.forked import Forks, forks

__all__ = ["forks"]
VERSION = table(VERSION_TABLE, column("version_num"))


def test_a_new_database_is_made_with_its_folder_and_is_empty(fresh_url: str) -> None:
    engine = open_engine(fresh_url)
    assert councils(engine) == ()
    assert Store(engine, "exampleshire").changes.is_empty()
    engine.dispose()


def test_a_database_keeps_what_it_holds_when_opened_again(fresh_url: str) -> None:
    first = open_engine(fresh_url)
    world.apply(Store(first, "exampleshire"))
    first.dispose()
    again = open_engine(fresh_url)
    assert councils(again) == ("exampleshire",)
    assert not Store(again, "exampleshire").changes.is_empty()
    again.dispose()


def test_any_number_may_open_a_new_database_at_once(fresh_url: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        engines = list(pool.map(lambda _: open_engine(fresh_url), range(8)))
    world.apply(Store(engines[0], "exampleshire"))
    assert {councils(engine) for engine in engines} == {("exampleshire",)}
    for engine in engines:
        engine.dispose()


# Each is a process of its own; they are copies of one that has imported Daymark, and begin when the pipe is closed.
STARTER = """
import os, sys
from models.store import open_engine
begin, closing = os.pipe()
started = []
for _ in range(4):
    if not (process := os.fork()):
        os.close(closing)
        os.read(begin, 1)
        try:
            open_engine(sys.argv[1]).dispose()
        except BaseException as fault:
            print(repr(fault), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    started.append(process)
os.close(closing)
print(*(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in started), flush=True)
"""


def test_any_number_of_processes_may_open_a_new_database_at_once(fresh_url: str, forks: Forks) -> None:
    with forks.running(STARTER, fresh_url) as starter:
        assert starter.stdout.readline() == "0 0 0 0\n"


def test_a_database_of_a_newer_daymark_is_refused_and_stays_as_it_was(fresh_url: str) -> None:
    engine = open_engine(fresh_url)
    with engine.begin() as connection:
        connection.execute(update(VERSION).values(version_num="9999"))
    with pytest.raises(StoreError, match=r"newer Daymark \(its tables are at 9999.*install that version"):
        open_engine(fresh_url)
    with engine.begin() as connection:
        assert connection.execute(select(VERSION.c.version_num)).scalar() == "9999"
    engine.dispose()


def test_a_database_of_something_else_is_refused_and_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE invoices (id INTEGER)")
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"other\.db holds something else \(the tables alembic_version, invoices\)"):
        open_engine(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("These are notes, long enough to be taken for the head of a file. " * 20)
    with pytest.raises(StoreError, match=r"notes\.db cannot be opened: file is not a database\.$"):
        open_engine(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"The folder of the database .* cannot be made"):
        open_engine(f"sqlite:///{tmp_path / 'file' / 'var' / 'daymark.db'}")


@pytest.mark.parametrize(
    "url", ["", "daymark.db", "mysql://host/name", "sqlite://", "sqlite:///:memory:", "postgresql+asyncpg://host/name"]
)
def test_an_address_of_another_kind_is_refused_with_what_was_expected(url: str) -> None:
    with pytest.raises(StoreError, match=r"expected sqlite:////path/to/file or postgresql://"):
        open_engine(url)


def test_a_server_that_does_not_answer_is_said_without_its_password() -> None:
    with pytest.raises(StoreError, match="cannot be opened") as refused:
        open_engine("postgresql://daymark:hush-hush@127.0.0.1:1/daymark")
    assert "hush-hush" not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.requires("postgresql")
@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_each_way_to_write_a_postgresql_address_will_do(scheme: str, postgres_url: str) -> None:
    engine = open_engine(re.sub(r"^[^:]+", scheme, postgres_url))
    assert engine.dialect.driver == "psycopg"
    engine.dispose()


def test_sqlite_waits_for_writers_holds_to_references_and_loses_nothing_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.store.base.engine._set_up_sqlite", quick_databases.AS_SHIPPED)
    engine = open_engine(f"sqlite:///{tmp_path / 'daymark.db'}")
    with engine.connect() as connection:
        given = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in _PRAGMAS}
    assert given == _PRAGMAS
    engine.dispose()


_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_the_writers_of_a_process_wait_in_line_and_hold_no_connection(store: Store) -> None:
    pool, council = store.engine.pool, store.council
    assert isinstance(pool, QueuePool)
    with ThreadPoolExecutor(1) as threads:
        with open_session(store.engine, "BEGIN IMMEDIATE", "READ COMMITTED", council=council):
            second = threads.submit(store.outbox.stop, at=world.MORNING, who="Head of ICT", reason="")
            with pytest.raises(TimeoutError):
                second.result(timeout=0.1)
            assert pool.checkedout() == 1
        second.result()
    assert store.outbox.stopped() is not None


@pytest.mark.requires("postgresql")
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_on_postgresql_the_writers_of_other_councils_are_in_another_line(store: Store) -> None:
    other = Store(store.engine, f"{store.council}-beside")
    world.apply(other)
    with (
        ThreadPoolExecutor(1) as threads,
        open_session(store.engine, "BEGIN IMMEDIATE", "READ COMMITTED", council=store.council),
    ):
        threads.submit(other.outbox.stop, at=world.MORNING, who="Head of ICT", reason="").result(timeout=30)
    assert other.outbox.stopped() is not None


def test_an_unknown_council_is_said_in_a_sentence(engine: Engine) -> None:
    with pytest.raises(StoreError, match="There is no council “nowhere” in this database"):
        Store(engine, "nowhere").definitions.timeline(world.HOURS)
    with pytest.raises(StoreError, match="There is no council “nowhere” in this database"):
        Store(engine, "nowhere").plan.sync([], obligations=world.DUTIES, at=world.APPLIED_AT)
