"""`daymark handover COUNCIL`: hand the timeline of a council that ends to its successors, or take that back."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.change.check import Json
from cli.change.print_changes import print_changes
from cli.change.record import a_day
from cli.council import NotUsable, chosen
from config.settings import settings
from models.store import Store
from tasks import clock
from tasks.changes import handover as ending
from tasks.changes.handover import Asked
from timeline.calendar.wording import count, long_date
from timeline.forecast.succession import Succession, Successor

Key = Annotated[str | None, typer.Argument(metavar="[COUNCIL]", help="The key of the council that ends.")]
On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The vesting day, the first of those that follow.")
]
To = Annotated[list[Path] | None, typer.Option("--to", metavar="FILE", help="A successor's timeline, once for each.")]
Programme = Annotated[
    list[str] | None,
    typer.Option("--programme", metavar="KEY", help="A successor that gets the programme; without it, each of them."),
]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="The post that says so.")]
Source = Annotated[str, typer.Option("--source", metavar="TEXT", help="The order in which it stands, or the reason.")]
Second = Annotated[
    str, typer.Option("--seconded-by", metavar="ADDRESS", help="A second person, where duties end that nobody takes.")
]
Back = Annotated[bool, typer.Option("--take-back", help="Take the handover back: the order was delayed or quashed.")]
Yes = Annotated[bool, typer.Option("--yes", help="Make the change; without it, only show it.")]


def register(app: typer.Typer) -> None:
    """Add `daymark handover` to the application."""
    app.command("handover")(handover)


def handover(
    by: By,
    source: Source,
    key: Key = None,
    on: On = None,
    to: To = None,
    programme: Programme = None,
    seconded_by: Second = "",
    take_back: Back = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Hand the timeline of a council that ends to those that follow it. Without --yes show what would go where.

    From then on nobody of the council is asked for anything. Each successor goes on with the open tasks that its file
    has: with their dates, and with what was said and answered. The record of the council that ended stays as it is.

    Exit code 0; 1 when something would change; 2 when it cannot be done, and nothing was changed.
    """
    if not by.strip() or not source.strip():
        raise NotUsable("A handover says who made it and by which order: --by and --source must not be empty.")
    store, at = chosen(key), clock.now()
    if take_back:
        _take_back(store, by, source, yes=yes, at=at)
        return
    if on is None or not to:
        raise NotUsable("Expected the vesting day and the successors' timelines: --on DATE --to FILE, or --take-back.")
    day, keys = a_day(on, "--on"), tuple(programme or ())
    asked = Asked(vesting_on=day, files=tuple(to), by=by, source=source, programme_to=keys, seconded_by=seconded_by)
    _hand_over(store, asked, yes=yes, json=json, at=at)


def _hand_over(store: Store, asked: Asked, *, yes: bool, json: bool, at: datetime) -> None:
    planned = ending.succession(store, settings(), asked, at=at)
    ending.refuse(planned, asked, at=at, trying=not yes)
    for successor in planned.successors:
        _print(planned, successor, json=json)
    for duty in planned.left:
        typer.echo(f"{duty} ends: no successor has it.", err=json)
    if not yes:
        typer.echo("Nothing was changed: say --yes to hand it over.", err=True)
        raise typer.Exit(1)
    ending.hand_over(store, settings(), asked, at=at)
    names = " and ".join(each.name for each in planned.successors)
    typer.echo(f"Handed over: {planned.before.council.name} to {names}, from {long_date(asked.vesting_on)}.", err=json)


def _print(planned: Succession, successor: Successor, *, json: bool) -> None:
    theirs = planned.tasks[successor.given.council.key]
    going = [ref for ref in planned.open_tasks if ref in theirs]
    tasks = f"{count(len(going), 'open task')} of {len(planned.open_tasks)}"
    facts = count(len(planned.handed(successor)), "recorded date")
    typer.echo(f"{successor.name} ({successor.source}): {tasks}, {facts}.", err=json)
    if moves := tuple(planned.moves(successor)):
        print_changes(moves, json=json)


def _take_back(store: Store, by: str, source: str, *, yes: bool, at: datetime) -> None:
    if not yes:
        typer.echo(
            f"“{store.council}” would be asked again, and its successors no more. Nothing was changed: say --yes."
        )
        raise typer.Exit(1)
    keys = ending.take_back(store, settings(), at=at, who=by, why=source)
    typer.echo(f"Taken back: “{store.council}” is asked again, and {' and '.join(keys)} no more.")
