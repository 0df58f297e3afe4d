"""`daymark stop-sending`: stop all sending, and resume it."""

from typing import Annotated

import typer

from cli.council import CouncilOption, chosen
from tasks import clock

Reason = Annotated[str, typer.Option("--reason", help="Why, for the audit and for colleagues.")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="The post that stops it, for the audit.")]
Resume = Annotated[bool, typer.Option("--resume", help="Start sending again.")]


def register(app: typer.Typer) -> None:
    """Add `daymark stop-sending` to the application."""
    app.command("stop-sending")(stop_sending)


def stop_sending(
    reason: Reason = "no reason given",
    by: By = "daymark stop-sending",
    resume: Resume = False,
    council: CouncilOption = None,
) -> None:
    """Stop all sending until it is resumed. Prompts that fall due meanwhile wait, and none is lost."""
    store = chosen(council)
    change = store.outbox.resume if resume else store.outbox.stop
    change(at=clock.now(), who=by, reason=reason)
    typer.echo("Sending goes on." if resume else "Nothing is sent until daymark stop-sending --resume.")
