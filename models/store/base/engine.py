"""Open a database, SQLite or PostgreSQL, and bring its tables up to date."""

import atexit
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from models.migrations.version import NotOurs, is_up_to_date, newest, stored
from models.store.base.dead_connections import refuse_dead_connection
from models.store.base.json_values import only_text
from models.store.base.prepared import Prepared


class StoreError(Exception):
    """Report that the database cannot be used; its text is a sentence: what, where, and what was expected."""


class LaterThanClock(StoreError):
    """Report that something was to be written for an instant after the clock."""


class Overtaken(StoreError):
    """Report that somebody else changed what a change rests on, since it was read."""


class OnHold(StoreError):
    """Report that nothing may be erased: a legal hold stands."""


BUSY_SECONDS = 30
"""How long a writer waits for the previous writer."""

BEGIN = "daymark_begin"
"""The execution option that says how a transaction on SQLite begins."""

LINE = "daymark_line"
"""The execution option that holds the `Lines` in which the writers of this process wait for each other."""

CLOCK = "daymark_clock"
"""The execution option that holds the clock after which nothing may be written."""


class Lines:
    """Hold the locks by which the writers of this process follow each other: SQLite has a single writer, PostgreSQL one
    of each council.

    SQLite itself lets each look again after up to a tenth of a second. On PostgreSQL twenty that wait for the row of
    their council wake each other in vain, each on a connection of its own: a delay of a second took ten to make up for.
    """

    def __init__(self, *, of_each_council: bool) -> None:
        self._of_each = of_each_council
        self._lines: dict[str, Any] = {}

    @contextmanager
    def follow(self, council: str) -> Iterator[None]:
        """Go on after the writers before; whoever waits in vain goes on too, and is told by the database."""
        line = self._lines.setdefault(council if self._of_each else "", RLock())
        waited = line.acquire(timeout=BUSY_SECONDS)
        try:
            yield
        finally:
            if waited:
                line.release()


def open_engine(database_url: str, *, clock: Callable[[], datetime] | None = None) -> Engine:
    """Open a database: make its folder and bring its tables up to date. With a `clock`, nothing is written for an
    instant after it.

    Takes `sqlite:////path/to/file` and `postgresql://…` (also `postgres://`, `postgresql+psycopg://`). Any number of
    starters may open a new database at once. Raise StoreError.
    """
    url = _url(database_url)
    engine = _engine(url)
    engine.update_execution_options(**{CLOCK: clock})
    with _told(engine):
        if not is_up_to_date(engine):
            _bring_up_to_date(engine)
    return engine


def table_versions(database_url: str) -> tuple[str, str]:
    """Give the version of the tables in a database, empty before its first start, and that which this Daymark needs.

    Changes nothing; a file that is not there is not made. Raise StoreError.
    """
    url = _url(database_url)
    if url.drivername == "sqlite" and not Path(url.database or "").exists():
        return "", newest()
    engine = _engine(url)
    with _told(engine):
        versions = stored(engine), newest()
    engine.dispose()
    return versions


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """Tell as StoreError what keeps us from the database."""
    try:
        yield
    except NotOurs as fault:
        engine.dispose()
        raise StoreError(f"The database {_shown(engine.url)} {fault}") from None
    except (DBAPIError, sqlite3.Error, OSError) as fault:
        engine.dispose()
        raise StoreError(f"The database {_shown(engine.url)} cannot be opened: {_in_a_line(fault)}.") from None


def _bring_up_to_date(engine: Engine) -> None:
    # Alembic takes a sixth of a second to import, and has work only at the first start of a new version.
    from models.migrations.upgrade import bring_up_to_date

    bring_up_to_date(engine)


def _url(database_url: str) -> URL:
    expected = "expected sqlite:////path/to/file or postgresql://user:password@host/name"
    try:
        url = make_url(database_url)
    except ArgumentError:
        raise StoreError(f"The address of the database was not understood: {expected}.") from None
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername != "sqlite" or not url.database or url.database == ":memory:":
        raise StoreError(f"Daymark cannot keep its memory in {_shown(url)}: {expected}.")
    return url


def _shown(url: URL) -> str:
    return url.database or "" if url.drivername == "sqlite" else url.render_as_string(hide_password=True)


def _in_a_line(fault: Exception) -> str:
    return " ".join(str(fault.orig if isinstance(fault, DBAPIError) else fault).split()).rstrip(".?")


def _engine(url: URL) -> Engine:
    # As many connections as a web server has threads, and some more: a waiting writer holds a connection.
    # Parameters name people, and would stand in the error that names the statement.
    given: dict[str, Any] = {"pool_size": 10, "max_overflow": 90, "hide_parameters": True}
    if url.drivername != "sqlite":
        engine = create_engine(url, **given)
        engine.update_execution_options(**{LINE: Lines(of_each_council=True)})
        event.listen(engine, "before_cursor_execute", only_text, retval=True)
        event.listen(engine, "checkout", refuse_dead_connection)
        return engine
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, **given)
    engine.update_execution_options(**{LINE: Lines(of_each_council=False)})
    _make_folder(url)
    _opened.add(engine)
    event.listen(engine, "before_cursor_execute", only_text, retval=True)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_on_sqlite)
    return engine


# Those of SQLite that this process has opened.
_opened: WeakSet[Engine] = WeakSet()


@atexit.register
def close_databases() -> None:
    """Write every journal into its database when the process ends in order: a copy of the file then has everything."""
    for engine in list(_opened):
        if isinstance(engine.pool, QueuePool) and engine.pool.checkedin():
            # Another process may be reading, and then does this itself when it ends.
            with suppress(DBAPIError), engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA busy_timeout = 1000")
                connection.rollback()
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()


def _make_folder(url: URL) -> None:
    try:
        Path(url.database or "").parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreError(f"The folder of the database {_shown(url)} cannot be made: {_in_a_line(fault)}.") from None


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin transactions where it thinks fit; `_begin_on_sqlite` begins them where we say.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # With NORMAL a write that was acknowledged can be lost when the power fails; an officer's answer must not be.
    connection.execute("PRAGMA synchronous = FULL")
    # Erased words are overwritten with zeros, not left in a free page of the file.
    connection.execute("PRAGMA secure_delete = ON")


def _begin_on_sqlite(connection: Connection) -> None:
    _BEGINNINGS[connection.get_execution_options().get(BEGIN, "BEGIN")].run(connection, {})


_BEGINNINGS = {words: Prepared(text(words)) for words in ("BEGIN", "BEGIN IMMEDIATE")}
