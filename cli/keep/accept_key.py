"""`daymark accept-key`: go on with another secret key, when the one before is lost."""

from typing import Annotated

import typer

from cli.council import CouncilOption, chosen
from config.settings import settings
from tasks import clock
from tasks.council import key
from timeline.calendar.wording import count

By = Annotated[str, typer.Option("--by", metavar="WHO", help="The post that decides it, for the audit.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without it, only say what it means.")]


def register(app: typer.Typer) -> None:
    """Add `daymark accept-key` to the application."""
    app.command("accept-key")(accept_key)


def accept_key(by: By = "daymark accept-key", yes: Yes = False, council: CouncilOption = None) -> int:
    """Go on with the present secret key, when the one before is lost.

    Messages that have not left for certain are made anew: an officer may get one of them twice. Links that have arrived
    still work; calendar links have to be asked for again.

    Exit code 0 when it is done, 1 when it would be.
    """
    store = chosen(council)
    if not yes:
        typer.echo("Nothing was changed: say --yes to go on with the present key.", err=True)
        return 1
    void = key.accept_key(store, settings(), at=clock.now(), who=by)
    typer.echo(f"The present key is in use from now on; {count(void, 'message')} will be made anew.")
    return 0
