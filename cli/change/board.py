"""Make or revoke the address of a board's page: `daymark board link|revoke`."""

from typing import Annotated

import typer

from cli.council import CouncilOption, NotUsable, chosen
from config.settings import settings
from models.store import Store
from tasks import clock
from tasks.links import board as links
from timeline.boards.link import boards
from timeline.calendar.wording import near

Board = Annotated[
    str, typer.Argument(metavar="DUTY", help="The duty whose meetings the board holds, such as improvement-board.")
]
_BY = "daymark board"


def register(app: typer.Typer) -> None:
    """Add `daymark board …` to the application."""
    board = typer.Typer(
        no_args_is_help=True, help="Make or revoke the address of a board's page.", rich_markup_mode=None
    )
    board.command("link")(link)
    board.command("revoke")(revoke)
    app.add_typer(board, name="board")


def link(duty: Board, council: CouncilOption = None) -> None:
    """Print the address of a board's page. It stays the same until it is revoked, and closes when the duty ends.

    Everybody who has the address can read the page: no name, no small count and nothing under embargo stands there.
    """
    store = chosen(council)
    typer.echo(links.link(store, settings(), _board(store, duty), at=clock.now(), who=_BY))


def revoke(duty: Board, council: CouncilOption = None) -> None:
    """Close every address that was given for a board; `daymark board link` makes another."""
    store = chosen(council)
    if not links.revoke(store, settings(), duty, at=clock.now(), who=_BY):
        raise NotUsable(f"No address was made for the board of “{duty}”.{near(duty, _keys(store))}")
    typer.echo(f"Every address that was given for {duty} is closed.")


def _board(store: Store, duty: str) -> str:
    keys = _keys(store)
    if duty not in keys:
        expected = ", ".join(sorted(keys))
        raise NotUsable(f"No duty of meetings is called “{duty}”.{near(duty, keys)} Expected one of {expected}.")
    return duty


def _keys(store: Store) -> frozenset[str]:
    timeline = store.definitions.timeline(settings().working_hours)
    return frozenset(board.key for board in boards(timeline))
