"""`daymark db copy URL`: carry the records into another database, such as from SQLite to PostgreSQL."""

from typing import Annotated

import typer

from cli.council import NotUsable
from cli.run.lock import exclusive_use
from config.settings import settings
from models.store import Store, open_engine
from models.store.base.carried import carry_rows
from tasks.council.half_restored import refuse_half_restored

Url = Annotated[
    str,
    typer.Argument(metavar="URL", help="An empty database, such as postgresql://daymark@db.council.example/daymark."),
]


def register(app: typer.Typer) -> None:
    """Add `daymark db copy` to the application."""
    help_text = "Carry the records into another database."
    database = typer.Typer(no_args_is_help=True, help=help_text, rich_markup_mode=None)
    database.command("copy")(copy)
    app.add_typer(database, name="db")


def copy(url: Url) -> None:
    """Carry every row into an empty database, all or none, and verify the audit chain of each council there.

    Stop every part of Daymark before: rows that are written meanwhile are left behind. Then set DAYMARK_DATABASE_URL
    to that database, and keep the same secret key. Others on this machine can read a password in the address: set
    PGPASSWORD instead.

    Exit code 2 when it cannot be done; then the other database stays empty.
    """
    given = settings()
    refuse_half_restored(given.home)
    with exclusive_use(given.home):
        source, target = open_engine(given.database_url), open_engine(url)
        if source.url == target.url:
            raise NotUsable("Both are the same database: expected another one.")
        carried = carry_rows(source, target)
    for council, held in carried.councils.items():
        if (broken := Store(target, council).audit.verify()) is not None:
            raise NotUsable(f"The chain of {council} does not verify from event {broken} on: look at the old one, too.")
        typer.echo(f"{council}: {held['events']} events, the chain verifies; its last hash is {held['head']}.")
    typer.echo("Every row was copied. Set DAYMARK_DATABASE_URL to it, and keep the same secret key.")
