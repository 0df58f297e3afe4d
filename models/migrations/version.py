"""Tell whether a database is up to date: each command asks it, so it goes without Alembic."""

import re
from pathlib import Path

from sqlalchemy import Engine, String, column, inspect, select, table

VERSION_TABLE = "daymark_version"
"""Ours has a name of its own: Prefect, and many others, call theirs `alembic_version`."""


_REVISION = re.compile(r'^(revision|down_revision) = "(\w+)"', re.MULTILINE)


class NotOurs(Exception):
    """Report that the database holds something else, or a newer Daymark's tables; the text is the end of a sentence."""


def known() -> dict[str, str]:
    """Give every version of the tables with the version before it; their numbers need not be in order."""
    files = (Path(__file__).parent / "versions").rglob("[0-9]*.py")
    named = (dict(_REVISION.findall(file.read_text("utf-8"))) for file in files)
    return {each["revision"]: each.get("down_revision", "") for each in named}


def newest() -> str:
    """Give the newest version of the tables: it is before no other."""
    versions = known()
    return next(version for version in versions if version not in versions.values())


def is_up_to_date(engine: Engine) -> bool:
    """Compare the version that stands in the database with the newest. Raises whatever the driver raises."""
    return stored(engine) == newest()


def stored(engine: Engine) -> str:
    """Read the version of the tables that stands in the database; empty where there is none. Raises what it raises."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return ""
        versions = select(column("version_num", String)).select_from(table(VERSION_TABLE))
        return ", ".join(connection.execute(versions).scalars())
