"""`daymark plan import FILE.xlsx`: take the action plan from the workbook in which the council keeps it."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.change.check import Json
from cli.change.imports import Import, refuse, show
from cli.change.record import Yes
from cli.council import CouncilOption, chosen
from config.settings import settings
from tasks import clock
from tasks.changes import import_plan as importing

File = Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The action plan in Excel (docs/programme.md).")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="The post that imports it, for the audit.")]
SheetName = Annotated[str, typer.Option("--sheet", metavar="NAME", help="The sheet; else the one most like a plan.")]


def register(app: typer.Typer) -> None:
    """Add the group `daymark plan` to the application."""
    help_text = "Take the action plan from the workbook in which the council keeps it."
    plan = typer.Typer(no_args_is_help=True, help=help_text, rich_markup_mode=None)
    plan.command("import")(import_)
    app.add_typer(plan, name="plan")


def import_(
    file: File,
    yes: Yes = False,
    by: By = "daymark plan import",
    sheet: SheetName = "",
    json: Json = False,
    council: CouncilOption = None,
) -> None:
    """Take the actions of a workbook into the programme. Without --yes only show the columns and the changes.

    Exit code 0; 1 when something would change, or when it was imported with warnings; 2 when the file cannot be used,
    and nothing was changed.
    """
    store, given, at = chosen(council), settings(), clock.now()
    since = store.programmes.mark()
    plan, faults = importing.read(store, given, file.name, file.read_bytes(), at=at, sheet=sheet)
    if plan is None:
        raise refuse(faults)
    for sentence in plan.sentences:
        typer.echo(sentence, err=True)
    after = importing.planned(store, given, plan, at=at)
    make = partial(importing.import_plan, store, after, since=since, at=at, who=by, source=file.name)
    show(Import(changes=importing.changes(store, after), warnings=faults, make=make), yes=yes, json=json)
