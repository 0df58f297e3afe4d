"""`daymark undo`: take back the last change made by command."""

from typing import Annotated

import typer

from cli.change.print_changes import print_changes
from cli.council import CouncilOption, chosen
from config.settings import settings
from tasks import clock
from tasks.changes import record as changing
from timeline.calendar.london import in_london
from timeline.calendar.wording import long_date

Who = Annotated[str, typer.Option("--by", metavar="WHO", help="The post that takes it back, for the audit.")]


def register(app: typer.Typer) -> None:
    """Add `daymark undo` to the application."""
    app.command("undo")(undo)


def undo(by: Who = "daymark undo", council: CouncilOption = None) -> None:
    """Take the last apply, record, move or import back; a second undo takes back the one before it.

    The first apply can be taken back until the first reminder is written; nothing is stored then.

    Exit code 0; 2 when there is nothing to take back.
    """
    store = chosen(council)
    taken, changes = changing.undo(store, settings(), at=clock.now(), who=by)
    at = in_london(taken.at)
    typer.echo(f"Taken back: {taken.what} of {long_date(at.date())} {at:%H:%M} by {taken.who} ({taken.source}).")
    if store.changes.is_empty():
        typer.echo(f"Nothing is stored for “{store.council}” any more but its audit chain.")
    else:
        print_changes(changes)
