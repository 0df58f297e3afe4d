"""`daymark calendar`: the council's dated occurrences as an iCalendar file."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from cli.council import CouncilOption, chosen
from config.icalendar_file import icalendar
from config.settings import settings
from models.store import Store
from tasks import clock
from timeline.entries import entries

Out = Annotated[Path | None, typer.Option("--out", metavar="FILE.ics", help="Where to write it; else it is printed.")]
Windows = Annotated[bool, typer.Option("--windows", help="Also windows that are not confirmed, as free days.")]


def register(app: typer.Typer) -> None:
    """Adds `daymark calendar` to the application."""
    app.command("calendar")(calendar)


def calendar(out: Out = None, windows: Windows = False, council: CouncilOption = None) -> None:
    """Writes the council's calendar; an entry keeps its UID when its days change. Under embargo it says "Busy"."""
    store = chosen(council)
    found = list(entries(store.occurrences(), council=store.council, sequences=_changes(store), windows=windows))
    name = store.timeline(settings().working_hours).council.name
    content = icalendar(found, name=name, at=clock.now())
    if out is None:
        typer.echo(content, nl=False)
    else:
        out.write_bytes(content)
        typer.echo(f"{out}: {len(found)} entries.", err=True)


def _changes(store: Store) -> Counter[str]:
    """How often each occurrence changed: an event about it that tells what was before."""
    return Counter(event.ref for event in store.events() if event.before and event.ref.count("/") == 1)
