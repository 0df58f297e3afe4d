"""`daymark migrate`: bring the tables of the database up to date, or only say whether they are."""

from typing import Annotated

import typer

from config.settings import settings
from models.store.base.engine import open_engine, table_versions
from tasks.council.half_restored import refuse_half_restored

Check = Annotated[bool, typer.Option("--check", help="Change nothing; exit code 1 when there is work to do.")]


def register(app: typer.Typer) -> None:
    """Add `daymark migrate` to the application."""
    app.command("migrate")(migrate)


def migrate(check: Check = False) -> int:
    """Bring the tables of the database up to date, in one transaction; twice changes nothing.

    Every command does the same when it opens the database. On several machines run it first, by a user who may change
    tables; the others then need not.

    Exit code 0 when they are up to date, 1 with --check when they are not, 2 when the database cannot be used, or is
    of a newer Daymark.
    """
    given = settings()
    refuse_half_restored(given.home)
    before, needed = table_versions(given.database_url)
    if before == needed:
        typer.echo(f"The tables are up to date ({needed}).")
        return 0
    if check:
        typer.echo(f"The tables are at {before or 'none'}; this Daymark needs {needed}: run daymark migrate.")
        return 1
    open_engine(given.database_url).dispose()
    typer.echo(f"The tables were at {before or 'none'}, and are at {needed} now.")
    return 0
