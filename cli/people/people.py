"""`daymark people …`: list the holders of posts, update them from a file, export and erase data about a person."""

import json as json_text
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.change.check import Json
from cli.change.imports import Import, refuse, show
from cli.change.record import Yes
from cli.council import CouncilOption, chosen
from cli.people import personal_data
from cli.people.absent import absent
from config.settings import settings
from tasks import clock
from tasks.changes import import_people as importing
from timeline.calendar.london import london_date
from timeline.steering.directory import lines, objects

File = Annotated[Path, typer.Argument(metavar="FILE.csv", help="People, posts and holders (docs/people.md).")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="The post that imports it, for the audit.")]


def register(app: typer.Typer) -> None:
    """Add the group `daymark people` to the application."""
    help_text = "List post holders and their days away; import, export and erase data about people."
    people = typer.Typer(no_args_is_help=True, help=help_text, rich_markup_mode=None)
    people.command("import")(import_)
    people.command("list")(list_)
    people.command("absent")(absent)
    personal_data.add_to(people)
    app.add_typer(people, name="people")


def import_(
    file: File, yes: Yes = False, by: By = "daymark people import", json: Json = False, council: CouncilOption = None
) -> None:
    """Take people, posts and holders from a CSV file over the timeline's. Without --yes only show the changes.

    Exit code 0; 1 when something would change, or when it was imported with warnings; 2 when the file cannot be used,
    and nothing was changed.
    """
    store, given, at = chosen(council), settings(), clock.now()
    said, faults = importing.read(store, given, file.name, file.read_bytes(), at=at)
    if said is None:
        raise refuse(faults)
    changes = importing.changes(store, given, said, at=at)
    make = partial(importing.import_people, store, given, said, at=at, who=by, source=file.name)
    show(Import(changes=changes, warnings=faults, make=make), yes=yes, json=json)


def list_(json: Json = False, council: CouncilOption = None) -> None:
    """Show who holds which post today, who stands in, and until when a person is away."""
    store = chosen(council)
    directory, on = store.definitions.timeline(settings().working_hours).directory, london_date(clock.now())
    for post in objects(directory, on=on) if json else ():
        typer.echo(json_text.dumps(post, ensure_ascii=False))
    if not json:
        typer.echo("\n".join(lines(directory, on=on)))
