"""Tell whether a database is up to date: each command asks it, so it goes without Alembic."""

from pathlib import Path

from sqlalchemy import Engine, String, column, inspect, select, table

VERSION_TABLE = "daymark_version"
"""Ours has a name of its own: Prefect, and many others, call theirs `alembic_version`."""


class NotOurs(Exception):
    """The database holds something else, or a newer Daymark's tables; the text is the end of a sentence."""


def newest() -> str:
    """Give the newest version of the tables: its file's name begins with it."""
    return max(file.name.partition("_")[0] for file in (Path(__file__).parent / "versions").glob("[0-9]*.py"))


def is_up_to_date(engine: Engine) -> bool:
    """Compare the version that stands in the database with the newest. Raises whatever the driver raises."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return False
        stored = select(column("version_num", String)).select_from(table(VERSION_TABLE))
        return connection.execute(stored).scalars().all() == [newest()]
