"""Insert rows beside those that are there; many by a single statement on PostgreSQL, as a single JSON array.

With a parameter for each value, driver and server spend a third of a tick on reading statements. SQLite, which lives in
this process, takes row after row.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    CursorResult,
    Insert,
    String,
    Table,
    Update,
    bindparam,
    cast,
    func,
    insert,
    select,
    text,
    update,
)

from models.store.base.json_values import canonical, storable_values
from models.store.base.prepared import Prepared, table_of
from models.tables import Row
from models.tables.base import NaiveInstant

Rows = Sequence[Mapping[str, Any]]
# As many as the memory of a morning allows for.
_SOME = 1000


def insert_returning(connection: Connection, statement: Prepared, rows: Rows) -> list[dict[str, Any]]:
    """Insert rows of the same columns; give what the database has of those that were not there."""
    if len(rows) == 1:
        return [row._asdict() for row in statement.rows(connection, rows[0])]
    if not _at_once(connection, rows):
        # SQLAlchemy has a database give back many rows by a single statement.
        return _returned(connection.execute(statement.clause, [dict[str, Any](row) for row in rows]))
    inserting, returned = _inserting(statement.clause, tuple(rows[0])), list[dict[str, Any]]()
    for array in _arrays(rows):
        returned += _returned(connection.execute(inserting, {"rows": array}))
    return returned


def insert_rows(connection: Connection, statement: Prepared, rows: Rows) -> None:
    """Insert rows of the same columns."""
    if not _at_once(connection, rows):
        statement.run(connection, *rows)
        return
    for array in _arrays(rows):
        connection.execute(_inserting(statement.clause, tuple(rows[0])), {"rows": array})


def change_rows(connection: Connection, statement: Prepared, rows: Rows, *, key: Sequence[str]) -> None:
    """Change rows, which their `key` names: the statement, about a single row, calls a name of the key `of_` it."""
    if not _at_once(connection, rows):
        given = [{f"of_{name}" if name in key else name: value for name, value in row.items()} for row in rows]
        statement.run(connection, *given)
        return
    for array in _arrays(rows):
        connection.execute(_changing(statement.clause, tuple(rows[0]), tuple(key)), {"rows": array})


def _at_once(connection: Connection, rows: Rows) -> bool:
    return len(rows) > 1 and connection.dialect.name == "postgresql"


def _returned(result: CursorResult[Any]) -> list[dict[str, Any]]:
    return [dict[str, Any](row) for row in result.mappings()]


def _arrays(rows: Rows) -> Iterator[str]:
    return (_array(rows[start : start + _SOME]) for start in range(0, len(rows), _SOME))


def _array(rows: Rows) -> str:
    if any(isinstance(value, datetime) and value.utcoffset() is None for row in rows for value in row.values()):
        raise NaiveInstant("A row holds an instant without a time zone: an instant must say which.")
    array = canonical(rows)
    # Of a NUL, which PostgreSQL refuses, the array holds the name, and nobody sees it there any more.
    return canonical(storable_values(list(rows))) if r"\u0000" in array else array


@lru_cache(maxsize=32)
def _inserting(statement: Insert, names: tuple[str, ...]) -> Insert:
    table: Any = statement.table
    given = _given(table, names)
    made: Any = insert(table).from_select(list(names), select(*given.c))
    made._post_values_clause = statement._post_values_clause
    returned = statement._returning
    return made.returning(*returned) if returned else made  # type: ignore[no-any-return]


@lru_cache(maxsize=32)
def _changing(statement: Update, names: tuple[str, ...], key: tuple[str, ...]) -> Update:
    table: Any = statement.table
    given = _given(table, names)
    these = (table.c[name] == given.c[name] for name in key)
    return update(table).where(*these).values({name: given.c[name] for name in names if name not in key})


def _given(table: Table, names: tuple[str, ...]) -> Any:
    """Read the array as rows of the table, so that each value has the type of its column."""
    rows = cast(bindparam("rows", type_=String), JSON)
    return func.json_populate_recordset(text(f"NULL::{table.name}"), rows).table_valued(*names, name="given")


# SQLite and PostgreSQL say it in the same words. SQLAlchemy's inserts of a dialect say it too, and are compiled anew at
# each execution, the only statements that are: a tenth of a morning's time.
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
