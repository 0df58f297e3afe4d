"""Test copies of a whole database, on SQLite and on PostgreSQL."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, make_url

from models.migrations.upgrade import _config
from models.migrations.version import is_up_to_date
from models.store import open_engine
from models.store.base.copies import _run, copy_sqlite, restore_postgres
from models.tables import Row


def _migrate(url: str, to: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        command.upgrade(_config(connection), to)
    engine.dispose()


@pytest.mark.parametrize("folder", ["plain", "county#hall", "county?hall", "50%25"])
def test_a_copy_is_of_that_very_database(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    with closing(sqlite3.connect(tmp_path / folder / "daymark.db")) as database:
        database.execute("CREATE TABLE of_this_one (number)")
        database.commit()
    copy_sqlite(tmp_path / folder / "daymark.db", tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT name FROM sqlite_schema").fetchall() == [("of_this_one",)]


@pytest.mark.requires("postgresql")
def test_a_backup_of_an_older_version_is_restored_over_a_newer_database(
    tmp_path: Path, fresh_postgres_url: str
) -> None:
    dump = tmp_path / "daymark.dump"
    _migrate(fresh_postgres_url, "0014")
    _run("pg_dump", make_url(fresh_postgres_url), "--format=custom", f"--file={dump}")
    _migrate(fresh_postgres_url, "head")
    restore_postgres(dump, fresh_postgres_url, replace=True)
    engine = open_engine(fresh_postgres_url)
    assert is_up_to_date(engine)
    assert set(Row.metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()
