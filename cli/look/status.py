"""`daymark status`: how each council stands, by name."""

import json as json_text
from typing import Annotated

import typer

from config.settings import settings
from tasks import clock
from tasks.houses.standings import Standings
from timeline.window.standing import Standing, headline

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


def register(app: typer.Typer) -> None:
    """Add `daymark status` to the application."""
    app.command("status")(status)


def status(json: Json = False) -> int:
    """Show how each council stands, by name: its colour, its next dates of law, and its last assurance.

    Exit code 0, or 1 when a council is red.
    """
    standings = Standings(settings()).all(at=clock.now())
    if json:
        for each in standings:
            typer.echo(json_text.dumps(each.as_object(), ensure_ascii=False))
    else:
        typer.secho(headline(standings), bold=True)
        for each in standings:
            _print(each)
    return int(any(each.colour == "red" for each in standings))


def _print(of: Standing) -> None:
    typer.echo(f"\n{of.colour.upper():<6} {of.name} ({of.council})")
    said = [of.trouble, of.ended, of.counted, *(f"{row.day}: {row.title}" for row in of.law)]
    said.append(f"Assurance {of.last_run}: {of.assurance}" if of.last_run else "No assurance has run yet.")
    for sentence in filter(None, said):
        typer.echo(f"       {sentence}")
