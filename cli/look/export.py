"""`daymark export FOLDER`: every record of the programme and the tasks, as CSV, JSON and a workbook."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Annotated

import typer

from cli.council import CouncilOption, NotUsable, chosen
from config.rendering.csv_table import as_csv
from config.settings import settings
from tasks import clock
from tasks.reports.make import NoReport
from tasks.steering.export import exported, programme
from timeline.calendar.wording import count
from timeline.programme.programme import Programme
from timeline.programme.sheets.tables import Table

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder, or one that an export wrote.")]


def register(app: typer.Typer) -> None:
    """Add `daymark export` to the application."""
    app.command("export")(export)


def export(folder: Folder, council: CouncilOption = None) -> None:
    """Write every record of the programme and the tasks as CSV, JSON and Excel: by post, never by person.

    It holds dates under embargo, too. Exit code 0; 2 when nothing is stored or it cannot be written.
    """
    store, at = chosen(council), clock.now()
    try:
        tables = exported(store, settings(), programme(store, at=at), at=at)
    except NoReport as fault:
        raise NotUsable(str(fault)) from None
    earlier = _earlier(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in _files(tables):
            (folder / name).write_bytes(content)
            earlier.discard(name)
        for name in earlier:
            (folder / name).unlink()
    except OSError as reason:
        raise NotUsable(f"{folder} cannot be written: {reason.strerror}; expected a folder.") from None
    typer.echo(f"{folder}: {count(len(tables), 'table')} as CSV, all of them in programme.json and programme.xlsx.")


def _earlier(folder: Path) -> set[str]:
    """Name the files of an earlier export. Raise NotUsable for a folder that holds something which no export wrote."""
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    strangers = sorted(name for name in names if not _OURS.fullmatch(name))
    if strangers:
        raise NotUsable(f"{folder} holds {strangers[0]}, which no export wrote; expected a new or an empty folder.")
    return names


_PARTS = "|".join(part.name for part in fields(Programme))
_OURS = re.compile(rf"programme\.(json|xlsx)|(tasks|action-plan|({_PARTS})(\.[a-z_]+)?)\.csv")


def _csv_name(table: Table) -> str:
    return f"{table.name.replace(' ', '-').lower()}.csv"


def _files(tables: tuple[Table, ...]) -> Iterator[tuple[str, bytes]]:
    from config.rendering.workbook import as_workbook  # heavy to import

    for table in tables:
        # The mark at the beginning says to a spreadsheet that it is UTF-8.
        yield _csv_name(table), f"\ufeff{as_csv(table.columns, table.rows)}".encode()
    objects = {table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in tables}
    yield "programme.json", json.dumps(objects, ensure_ascii=False, indent=1, default=str).encode()
    yield "programme.xlsx", as_workbook(tables)
