"""`daymark pause WHAT --until DATE` and `daymark resume WHAT`: leave a duty or a person alone until a day."""

from typing import Annotated

import typer

from cli.change.record import a_day
from cli.council import CouncilOption, chosen
from config.settings import settings
from tasks import clock
from tasks.changes import pause as pausing
from timeline.calendar.wording import long_date

What = Annotated[
    str, typer.Argument(metavar="DUTY|POST|ADDRESS", help="A duty such as plo-panel, or a person, by post or address.")
]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="The last day of the pause.")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="The post that says so, for the audit.")]


def register(app: typer.Typer) -> None:
    """Add `daymark pause` and `daymark resume` to the application."""
    app.command("pause")(pause)
    app.command("resume")(resume)


def pause(what: What, until: Until, by: By = "daymark pause", council: CouncilOption = None) -> None:
    """Leave a duty or a person alone until a day, without a reason. Dates stand, and nothing is lost.

    A paused duty asks no one; prompts that are due when the pause ends leave then. A paused person is as if away.
    Exit code 0; 1 with a warning of tasks that fall due meanwhile; 2 when it cannot be done.
    """
    store, given = chosen(council), settings()
    made = pausing.pause(store, given, what, until=a_day(until, "--until"), at=clock.now(), who=by)
    meanwhile = tuple(pausing.falls_due(store, given, made))
    for sentence in meanwhile:
        typer.echo(f"warning: {sentence}", err=True)
    typer.echo(f"Paused until {long_date(made.until_on)}: {what}.")
    raise typer.Exit(1 if meanwhile else 0)


def resume(what: What, by: By = "daymark resume", council: CouncilOption = None) -> None:
    """End a pause that was made by command: due prompts leave from the next morning on."""
    pausing.resume(chosen(council), settings(), what, at=clock.now(), who=by)
    typer.echo(f"No longer paused: {what}.")
