"""Carry every row of a database into an empty one: from SQLite to PostgreSQL, or back."""

from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select, text

from models.store.base.copies import Contents, contents
from models.store.base.engine import StoreError
from models.tables import CouncilRow, Row

_AT_ONCE = 1000
_SNAPSHOT = {"postgresql": "REPEATABLE READ"}


def carry_rows(source: Engine, target: Engine) -> Contents:
    """Copy each row as it is at an instant, all or none, and give what the target holds then. Raise StoreError.

    Both have this Daymark's tables. The target must be empty: records of two databases are never mixed.
    """
    snapshot = _SNAPSHOT.get(source.dialect.name)
    with source.connect() as reading, target.begin() as writing:
        if snapshot:
            reading = reading.execution_options(isolation_level=snapshot)
        _refuse_filled(writing)
        for table in Row.metadata.sorted_tables:
            _carry(reading, writing, table)
        if target.dialect.name == "postgresql":
            _go_on_counting(writing)
        carried = contents(writing)
        if carried != contents(reading):
            raise StoreError("The copy does not hold what was copied, and was taken back: try again.")
    return carried


def _refuse_filled(writing: Connection) -> None:
    councils = sorted(writing.execute(select(CouncilRow.key)).scalars())  # type: ignore[call-overload]  # a column
    if councils:
        raise StoreError(f"The other database holds {', '.join(councils)} already: expected an empty one.")


def _carry(reading: Connection, writing: Connection, table: Table) -> None:
    rows = reading.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings()
    for part in rows.partitions():
        writing.execute(insert(table), [dict[str, Any](row) for row in part])


def _go_on_counting(writing: Connection) -> None:
    """Have PostgreSQL count on from the highest number of each table that counts its rows by itself."""
    for table in Row.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None and table.c.get("id") is column:
            highest = writing.execute(select(func.max(column))).scalar()
            if highest:
                writing.execute(
                    text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :highest)"),
                    {"table": table.name, "highest": highest},
                )
