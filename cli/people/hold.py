"""`daymark hold`: begin a legal hold, or release it."""

from typing import Annotated

import typer

from cli.council import CouncilOption, NotUsable, chosen
from models.store import Store
from tasks import clock
from timeline.calendar.london import in_london
from timeline.calendar.wording import long_date

By = Annotated[str, typer.Option("--by", "--who", metavar="WHO", help="The post that says so, rather than a name.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, such as the reference of a claim.")]
Release = Annotated[bool, typer.Option("--release", help="End the hold.")]


def register(app: typer.Typer) -> None:
    """Add `daymark hold` to the application."""
    app.command("hold")(hold)


def hold(by: By = "", reason: Reason = "", release: Release = False, council: CouncilOption = None) -> None:
    """Put a legal hold in place: while it stands, neither retention nor a request erases anything.

    --by and --reason begin a hold, --release ends it. Without either, say whether a hold stands.
    """
    store = chosen(council)
    if not (by.strip() or reason.strip() or release):
        typer.echo(_told(store))
        return
    if not (by.strip() and reason.strip()):
        raise NotUsable("A legal hold says who and why, also when it is released: expected --by WHO and --reason TEXT.")
    if not release:
        store.audit.hold(at=clock.now(), who=by, reason=reason)
        typer.echo(f"Nothing of {store.council} is erased until daymark hold --release.")
    elif store.audit.release_hold(at=clock.now(), who=by, reason=reason):
        typer.echo("The hold is released. What is over is erased at the next run of retention.")
    else:
        raise NotUsable(f"No legal hold stands for {store.council}, so there is nothing to release.")


def _told(store: Store) -> str:
    hold = store.audit.legal_hold()
    if hold is None:
        return f"No legal hold stands for {store.council}: what is over is erased."
    since = in_london(hold.at)
    return f"A legal hold stands for {store.council} since {long_date(since.date())} ({hold.who}: {hold.reason})."
