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

Number = Annotated[
    int | None, typer.Option("--change", metavar="NUMBER", help="The change that is meant; without it, the last one.")
]


def register(app: typer.Typer) -> None:
    """Add `daymark undo` to the application."""
    app.command("undo")(undo)


def undo(by: Who = "daymark undo", change: Number = None, council: CouncilOption = None) -> None:
    """Take the last apply, record, move or import back; a second undo takes back the one before it.

    The first apply can be taken back until the first reminder is written; nothing is stored then. Where two take the
    same change back at once, the second is told so.

    Exit code 0; 2 when there is nothing to take back, or the change that is meant is taken back already.
    """
    store = chosen(council)
    taken, changes = changing.undo(store, settings(), at=clock.now(), who=by, of=change)
    at = in_london(taken.at)
    typer.echo(f"Taken back: {taken.what} of {long_date(at.date())} {at:%H:%M} by {taken.who} ({taken.source}), "
               f"change {taken.number}.")  # fmt: skip
    if store.changes.is_empty():
        typer.echo(f"Nothing is stored for “{store.council}” any more but its audit chain.")
    else:
        print_changes(changes)
