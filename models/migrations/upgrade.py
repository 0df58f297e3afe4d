"""Bring a database up to date, once, however many start at the same moment."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, inspect, select

from models.migrations.version import VERSION_TABLE, NotOurs
from models.store.base.sealed_later import seal_later_tables

# Any number will do, as long as nobody else asks this server for the same lock: "Daymark" in ASCII.
_ADVISORY_LOCK = int.from_bytes(b"Daymark")

# Alembic keeps what it works on in module globals.
_one_at_a_time = threading.Lock()


def bring_up_to_date(engine: Engine) -> None:
    """Create or upgrade the tables in one transaction. Raise NotOurs, and what the driver raises."""
    scripts = ScriptDirectory.from_config(_config())
    with _one_at_a_time, _starting(engine):
        with engine.connect() as connection:
            _refuse(connection, scripts)
        _turn_on_wal(engine)
        with engine.begin() as connection:
            before = _passed(connection, scripts)
            command.upgrade(_config(connection), "head")
            if before:
                seal_later_tables(connection, before=before)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("recursive_version_locations", "true")
    config.attributes["connection"] = connection
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def _passed(connection: Connection, scripts: ScriptDirectory) -> frozenset[str]:
    """List the migrations that the database has behind it."""
    current = _current(connection)
    passed = scripts.iterate_revisions(current, "base") if current else ()
    return frozenset(script.revision for script in passed)


def _refuse(connection: Connection, scripts: ScriptDirectory) -> None:
    current, known = _current(connection), {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise NotOurs(
            f"was last used by a newer Daymark (its tables are at {current}, this one knows them up to "
            f"{scripts.get_current_head()}): install that version, or name another database."
        )
    others = sorted(inspect(connection).get_table_names())
    if current is None and others:
        shown = ", ".join(others[:3]) + (", …" if len(others) > 3 else "")
        raise NotOurs(f"holds something else (the tables {shown}): expected an empty one, or one made by Daymark.")


@contextmanager
def _starting(engine: Engine) -> Iterator[None]:
    """Let in one starter at a time; the lock dies with its holder."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(select(func.pg_advisory_lock(_ADVISORY_LOCK)))
            try:
                yield
            finally:
                connection.execute(select(func.pg_advisory_unlock(_ADVISORY_LOCK)))
        return
    folder = os.open(Path(engine.url.database or "").parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _turn_on_wal(engine: Engine) -> None:
    """Turn on the journal with which readers never wait for a writer.

    Two that turn it on together do not wait for each other: one fails.
    """
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
