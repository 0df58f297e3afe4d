"""`daymark preview FILE`: show how applying a timeline would change the stored plan."""

import typer

from cli.change.check import File, Json, load_checked, print_warnings
from cli.change.print_changes import print_changes, print_differing, print_go_live, print_kept_ladders
from cli.council import refuse_another, store_for
from config.load import programme_beside
from config.settings import settings
from tasks import clock
from tasks.changes.record import file_changes, ladders_kept
from tasks.changes.timeline_file import applied_on
from timeline.steering.go_live import go_live


def register(app: typer.Typer) -> None:
    """Add `daymark preview` to the application."""
    app.command("preview")(preview)


def preview(file: File, json: Json = False) -> None:
    """Show what an apply would change, and who was already told an old date. Change nothing.

    Before the first apply: what is past already, how many tasks open, when the first mails leave and to whom.

    Name the open tasks that keep their ladder too: an apply changes them only with --open-ladders.

    Exit code 0 when nothing differs, 1 when something does, 2 when the file cannot be used.
    """
    at = clock.now()
    timeline, _ = load_checked(file)
    store = store_for(timeline.council.key)
    refuse_another(store, file.name)
    first_on = applied_on(store)
    timeline, warnings = load_checked(file, on=first_on)
    if first_on is None:
        print_warnings(warnings)
        print_go_live(go_live(timeline, at=at), json=json)
        raise typer.Exit(1)
    stated = programme_beside(file, timeline, on=first_on)
    changes = file_changes(store, timeline.going_live(on=first_on), settings(), stated, at=at)
    print_warnings(warnings)
    print_differing(timeline.directory, store.people.imported())
    print_changes(changes, json=json)
    print_kept_ladders(ladders_kept(store, timeline.going_live(on=first_on), at=at), json=json)
    raise typer.Exit(1 if changes else 0)
