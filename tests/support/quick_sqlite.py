"""Has SQLite wait for no disk in tests: a test that loses power is run again."""

import sqlite3

from models.store.base import engine

AS_SHIPPED = engine._set_up_sqlite
"""Sets up a connection as the product does, with `synchronous = FULL`."""


def _set_up_quickly(connection: sqlite3.Connection, _record: object) -> None:
    AS_SHIPPED(connection, _record)
    connection.execute("PRAGMA synchronous = OFF")


def wait_for_no_disk() -> None:
    """Applies to every database that this process opens from now on; programs that tests start are as shipped."""
    engine._set_up_sqlite = _set_up_quickly
