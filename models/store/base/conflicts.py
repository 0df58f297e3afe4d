"""Insert rows beside those that are there. SQLite and PostgreSQL say it in the same words.

SQLAlchemy's inserts of a dialect say it too, and are compiled anew at each execution, the only statements that are: a
tenth of a morning's time.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Insert, insert, text

from models.store.base.prepared import table_of
from models.tables import Row


def insert_missing(table: type[Row]) -> Insert:
    """Pass over each row whose key is there."""
    return _where_taken(table, "NOTHING")


def insert_or_replace(table: type[Row], key: Sequence[str], replaced: Sequence[str]) -> Insert:
    """Take the `replaced` columns of each row whose key is there."""
    new = ", ".join(f"{name} = excluded.{name}" for name in replaced)
    return _where_taken(table, f"UPDATE SET {new}", of=f"({', '.join(key)}) ")


def _where_taken(table: type[Row], deed: str, *, of: str = "") -> Insert:
    statement: Any = insert(table_of(table))
    # The place that the dialects fill, which has no public name: before RETURNING.
    statement._post_values_clause = text(f"ON CONFLICT {of}DO {deed}")
    given: Insert = statement
    return given
