"""Have tests wait for no disk, and compile each statement once in a run: a test opens a database of its own, and a
process of the product opens one in its life.
"""

import sqlite3
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from models.store.base import engine

AS_SHIPPED = engine._set_up_sqlite
"""Sets up a connection as the product does, with `synchronous = FULL`."""

_compiled: LRUCache[Any, Any] = LRUCache(4000)


def quicken() -> None:
    """Apply to every database that this process opens from now on; programs that tests start are as shipped."""
    engine._set_up_sqlite = _set_up_without_disk
    engine.create_engine = _create_sharing  # type: ignore[attr-defined]
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        # What was compiled is kept by dialect, and every engine has another one that is the same in all respects.
        dialect.__eq__ = _is_alike  # type: ignore[method-assign]
        dialect.__hash__ = _hash_of_kind  # type: ignore[method-assign, assignment]


def _set_up_without_disk(connection: sqlite3.Connection, _record: object) -> None:
    AS_SHIPPED(connection, _record)
    connection.execute("PRAGMA synchronous = OFF")


def _create_sharing(*args: Any, **kwargs: Any) -> Engine:
    created = create_engine(*args, **kwargs)
    created._compiled_cache = _compiled
    return created


def _is_alike(dialect: object, other: object) -> bool:
    return type(dialect) is type(other)


def _hash_of_kind(dialect: object) -> int:
    return hash(type(dialect))
