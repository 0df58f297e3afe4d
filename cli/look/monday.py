"""`daymark monday`: the director's Monday mail as it would read. Nothing is stored or sent."""

from datetime import datetime, time
from typing import Annotated

import typer

from cli.council import CouncilOption, chosen, say_what_is_quiet
from config.rendering.templates import render
from config.settings import settings
from models.store import Store
from tasks import clock
from tasks.director.monday import decide, gather, view
from timeline.calendar.london import london_time
from timeline.rules import RuleError, read_date

On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of the mail; without it, today.")]


def register(app: typer.Typer) -> None:
    """Add `daymark monday` to the application."""
    app.command("monday")(monday)


def monday(on: On = None, council: CouncilOption = None) -> None:
    """Print the director's Monday mail as it would be on a day, from the present data. Send nothing."""
    store = chosen(council)
    at = _instant(store, on)
    say_what_is_quiet(store)
    monday_mail = decide(store, gather(store, settings(), at=at), settings(), at=at)
    shown = view(monday_mail, settings(), at=at)
    if shown:
        typer.echo(render("mail/lines.txt.jinja", mail=shown).rpartition("Reference:")[0].rstrip())
    if monday_mail.quiet_because:
        typer.echo(monday_mail.quiet_because, err=True)


def _instant(store: Store, on: str | None) -> datetime:
    """Return the hour of the daily mail on that day; now, when no day is given."""
    if on is None:
        return clock.now()
    try:
        day = read_date(on)
    except RuleError as fault:
        raise typer.BadParameter(str(fault)) from None
    mail_at: time = store.definitions.timeline(settings().working_hours).council.mail_at
    return london_time(day, mail_at)
