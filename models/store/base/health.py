"""Say in a word whether the database takes a write now: really, within seconds, and without leaving anything."""

import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, String, column, table, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from models.migrations.version import VERSION_TABLE

_WAITS_SECONDS = 1.0
_ABSENT, _LOCKED, _FULL = "database absent", "database locked", "disk full"
_READ_ONLY, _BROKEN, _TAKEN = "database read-only", "database broken", "connections taken"
# SQLite's names of errors, and the classes and codes of PostgreSQL's.
_OF_SQLITE = {"FULL": _FULL, "BUSY": _LOCKED, "LOCKED": _LOCKED, "CANTOPEN": _ABSENT, "READONLY": _READ_ONLY}
_OF_POSTGRESQL = {"53100": _FULL, "55P03": _LOCKED, "57014": _LOCKED, "25006": _READ_ONLY}


def trouble(engine: Engine) -> str:
    """Give the trouble in a word or two; empty when the database takes a write."""
    if engine.dialect.name == "sqlite":
        return _of_file(engine.url.database or "")
    return _of_server(engine)


def server_clock(engine: Engine) -> datetime | None:
    """Read the clock of the database's machine; None for a file, which has none."""
    if engine.dialect.name == "sqlite":
        return None
    with engine.connect() as connection:
        now: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return now


def _of_file(database: str) -> str:
    """Write the number that SQLite keeps for its users back as it is: a page goes to the disk, and nothing changes."""
    try:
        connection = sqlite3.connect(f"{Path(database).as_uri()}?mode=rw", uri=True, timeout=_WAITS_SECONDS)
        try:
            connection.isolation_level = None
            connection.execute("BEGIN IMMEDIATE")
            (number,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute(f"PRAGMA user_version = {int(number)}")
            connection.execute("COMMIT")
        finally:
            connection.close()
    except sqlite3.Error as fault:
        named = str(getattr(fault, "sqlite_errorname", "")).removeprefix("SQLITE_").partition("_")[0]
        return _OF_SQLITE.get(named, _BROKEN)
    return ""


def _of_server(engine: Engine) -> str:
    """Write the number of the tables' version back as it is: a row goes to the disk, and nothing changes.

    It is a row of its own, so that no writer of a council waits for it.
    """
    version = table(VERSION_TABLE, column("version_num", String))
    try:
        with engine.begin() as connection:
            connection.execute(text(f"SET LOCAL statement_timeout = {int(_WAITS_SECONDS * 1000)}"))
            connection.execute(text("SELECT count(*) FROM council"))
            connection.execute(update(version).values(version_num=version.c.version_num))
    except DBAPIError as fault:
        code = getattr(fault.orig, "sqlstate", None)
        return _OF_POSTGRESQL.get(code, _BROKEN) if code else _ABSENT
    except NoConnection:
        return _TAKEN
    return ""
