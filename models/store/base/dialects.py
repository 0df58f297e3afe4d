"""Insert in the words of the database in use: only those can pass over a row that is there."""

from typing import Any


def insert_of(dialect: str) -> Any:
    """Give the `insert` of that dialect. The other one is not imported: PostgreSQL's brings all its drivers' code."""
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as of_postgresql

        return of_postgresql
    from sqlalchemy.dialects.sqlite import insert as of_sqlite

    return of_sqlite
