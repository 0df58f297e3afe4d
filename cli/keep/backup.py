"""`daymark backup FOLDER` and `daymark restore FOLDER`: keep everything that must not be lost, and bring it back."""

from pathlib import Path
from typing import Annotated

import typer

from cli.run.lock import exclusive_use
from config.settings import settings
from tasks import clock, keep
from timeline.calendar.london import in_london
from timeline.calendar.wording import long_date

To = Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or an empty folder.")]
From = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that daymark backup wrote.")]
Replace = Annotated[bool, typer.Option("--replace", help="Move what is there aside, and restore in its place.")]


def register(app: typer.Typer) -> None:
    """Add `daymark backup` and `daymark restore` to the application."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(folder: To) -> None:
    """Write the databases, the secret key and a manifest into a folder, while everything runs on.

    Keep it where only you can read it: it holds the key. Caught mail and logs are not in it.

    Exit code 2 when it cannot be written; then nothing is left behind.
    """
    given = settings()
    manifest = keep.back_up(given, folder, at=clock.now())
    typer.echo(f"Backed up to {folder}: {', '.join([*manifest.files, keep.MANIFEST])}.")
    for council, held in manifest.councils.items():
        typer.echo(f"The chain of {council} has {held['events']} events; its last hash is {held['head']}.")
    if given.secret_key is not None:
        typer.echo("The key of DAYMARK_SECRET_KEY is not in it: keep that too, for links and mails need it.")


def restore(folder: From, replace: Replace = False) -> None:
    """Bring a backup back into an empty home, or with --replace in place of what is there.

    Files that were there are moved aside and kept. Every file is compared with the manifest first. Stop Daymark before.

    Exit code 2 when it cannot be restored; then nothing has changed.
    """
    given = settings()
    with exclusive_use(given.home):
        manifest, aside = keep.restore(given, folder, at=clock.now(), replace=replace)
    at = in_london(manifest.at)
    typer.echo(f"Restored as of {long_date(at.date())}, {at:%H:%M}: {', '.join(sorted(manifest.councils))}.")
    typer.echo(
        "What was sent or answered after that is not known here: it is asked again in one mail a person, with the same "
        "links; answers given since have to be given again."
    )
    if aside:
        typer.echo(f"What was there before lies in {aside}.")
