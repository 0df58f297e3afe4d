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
Yes = Annotated[bool, typer.Option("--yes", help="Pause although a date of class A or B falls into it.")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="The post that says so, for the audit.")]


def register(app: typer.Typer) -> None:
    """Add `daymark pause` and `daymark resume` to the application."""
    app.command("pause")(pause)
    app.command("resume")(resume)


def pause(what: What, until: Until, by: By = "daymark pause", yes: Yes = False, council: CouncilOption = None) -> None:
    """Leave a duty or a person alone until a day, without a reason. Dates stand, and nothing is lost.

    A paused duty asks no one; prompts that are due when the pause ends leave then. A paused person is as if away.
    A date of a duty of class A or B that falls into the pause is shown first, and needs --yes.

    Exit code 0; 1 with a warning of tasks that fall due meanwhile, or when nothing was changed without --yes; 2 when it
    cannot be done.
    """
    store, given, at = chosen(council), settings(), clock.now()
    last_on = a_day(until, "--until")
    risks = pausing.risks(store, given, pausing.meant(store, given, what, until=last_on, at=at), at=at)
    for sentence in risks:
        typer.echo(sentence, err=not yes)
    if risks and not yes:
        typer.echo("Nothing was changed: say --yes to pause it all the same.", err=True)
        raise typer.Exit(1)
    made = pausing.pause(store, given, what, until=last_on, at=at, who=by, over_legal_dates=yes)
    meanwhile = tuple(pausing.falls_due(store, given, made))
    for sentence in meanwhile:
        typer.echo(f"warning: {sentence}", err=True)
    typer.echo(f"Paused until {long_date(made.until_on)}: {what}.")
    raise typer.Exit(1 if meanwhile else 0)


def resume(what: What, by: By = "daymark resume", council: CouncilOption = None) -> None:
    """End a pause that was made by command: due prompts leave from the next morning on."""
    pausing.resume(chosen(council), settings(), what, at=clock.now(), who=by)
    typer.echo(f"No longer paused: {what}.")
