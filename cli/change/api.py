"""Give or revoke the token with which a program reads: `daymark api token|revoke`."""

import re
from typing import Annotated

import typer

from cli.council import CouncilOption, NotUsable, chosen
from config.settings import settings
from tasks import clock
from tasks.links import readers

Name = Annotated[str, typer.Argument(metavar="NAME", help="The program, such as power-bi; never a person.")]
_BY = "daymark api"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


def register(app: typer.Typer) -> None:
    """Add `daymark api …` to the application."""
    help_text = "Give or revoke the token with which a program reads the records and tasks."
    api = typer.Typer(no_args_is_help=True, help=help_text, rich_markup_mode=None)
    api.command("token")(token)
    api.command("revoke")(revoke)
    app.add_typer(api, name="api")


def token(name: Name, council: CouncilOption = None) -> None:
    """Print the token of a program. It stays the same until it is revoked.

    It lets a program read every record and task: no name, no small count and nothing under embargo is among them.
    """
    if not _NAME.fullmatch(name):
        raise NotUsable(f"NAME is “{name[:60]}”; expected small letters, digits and “-”, such as power-bi.")
    typer.echo(readers.give(chosen(council), settings(), name, at=clock.now(), who=_BY))


def revoke(name: Name, council: CouncilOption = None) -> None:
    """Make every token dead that was given to a program; `daymark api token` gives another."""
    if not readers.revoke(chosen(council), settings(), name, at=clock.now(), who=_BY):
        raise NotUsable(f"No token was given to “{name[:60]}”.")
    typer.echo(f"Every token that was given to {name} is dead.")
