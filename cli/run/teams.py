"""`daymark teams`: make the app that IT uploads to Microsoft Teams."""

from pathlib import Path
from typing import Annotated

import typer

from cli.council import CouncilOption, chosen
from config.settings import SettingsError, settings

Out = Annotated[Path, typer.Option("--out", metavar="FILE.zip", help="The file to write.")]


def register(app: typer.Typer) -> None:
    """Add `daymark teams manifest` to the application."""
    teams = typer.Typer(no_args_is_help=True, help="Make the app of the bot in Microsoft Teams.", rich_markup_mode=None)
    teams.callback()(_teams)
    teams.command("manifest")(manifest)
    app.add_typer(teams, name="teams")


def _teams() -> None:
    """Make the app of the bot in Microsoft Teams."""


def manifest(out: Out, council: CouncilOption = None) -> None:
    """Write the app package of the bot: a manifest for Teams with two icons, to be uploaded by IT.

    It needs DAYMARK_TEAMS_BOT_ID and a DAYMARK_BASE_URL that Teams can reach. docs/teams.md says what to do with it.
    """
    from tasks.channels.teams_bot.app_package import NoPackage, app_package

    store = chosen(council)
    given = settings()
    name = store.definitions.timeline(given.working_hours).council.name
    try:
        content = app_package(given, name)
    except NoPackage as why:
        raise SettingsError(str(why)) from None
    out.write_bytes(content)
    typer.echo(f"{out}: the app of {name}, for upload to Teams. docs/teams.md says how.", err=True)
