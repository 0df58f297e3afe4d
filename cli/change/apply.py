"""`daymark apply FILE|FOLDER`: take a timeline into the store."""

from functools import partial
from typing import Annotated

import typer

from cli.change.check import FileOrFolder, load_checked, print_warnings
from cli.change.folder import each_of_folder
from cli.change.print_changes import print_differing, print_kept_ladders, print_kinds
from cli.council import refuse_another, store_for
from config.houses.folder import CouncilFile, stated_alone
from config.load import digest, programme_beside
from config.settings import settings
from tasks import clock
from tasks.changes.apply import apply_timeline
from tasks.changes.people_beside import PeopleBeside
from tasks.changes.record import file_changes, ladders_kept, tell
from tasks.changes.timeline_file import applied_on
from timeline.calendar.wording import count, long_date
from timeline.definitions.council import CouncilTimeline

Who = Annotated[str, typer.Option("--by", metavar="WHO", help="The post that applies it, for the audit.")]

Another = Annotated[bool, typer.Option("--another-council", help="Keep this council beside those stored already.")]
OpenLadders = Annotated[bool, typer.Option("--open-ladders", help="Give open tasks the changed ladders too.")]


def register(app: typer.Typer) -> None:
    """Add `daymark apply` to the application."""
    app.command("apply")(apply)


def apply(
    file: FileOrFolder, by: Who = "daymark apply", open_ladders: OpenLadders = False, another_council: Another = False
) -> None:
    """Take a timeline into the store, in one transaction: duties, people and facts. A second apply changes nothing.

    An open task keeps the ladder with which it opened, unless you give --open-ladders. A file with another key than
    the council stored is refused, unless you give --another-council: everybody would be asked twice.

    Each council of a folder is applied by itself: one that cannot be used is told and stops no other, and one that
    the folder no longer holds goes on (docs/councils.md).

    Exit code 0; 1 when it was applied with warnings; 2 when the file, or any of the folder, cannot be used, and nothing
    of it was changed.
    """
    if file.is_dir():
        raise typer.Exit(each_of_folder(file, partial(_apply, by=by, ladders_too=open_ladders), among=another_council))
    if not another_council:
        refuse_another(store_for(load_checked(file)[0].council.key), file.name)
    raise typer.Exit(_apply(stated_alone(file), by=by, ladders_too=open_ladders))


def _apply(given: CouncilFile, *, by: str, ladders_too: bool) -> int:
    """Apply a council's timeline, say what it did, and give the exit code."""
    file, at, chosen = given.path, clock.now(), settings()
    store = store_for(load_checked(file)[0].council.key)
    first_on = applied_on(store)
    timeline, warnings = load_checked(file, on=first_on)
    people = PeopleBeside(store, chosen, file, timeline, at=at)
    warnings = (*warnings, *people.warnings)
    stated = programme_beside(file, timeline, on=first_on or at.date())
    changes = file_changes(store, timeline.going_live(on=first_on), chosen, stated, at=at) if first_on else ()
    kept = ladders_kept(store, timeline.going_live(on=first_on), at=at) if first_on else ()
    live = apply_timeline(
        store,
        timeline,
        chosen,
        at=at,
        who=by,
        source=given.name,
        digest=digest(file),
        programme=stated,
        ladders_too=ladders_too,
    )
    imported = tuple(people.take(at=at, who=by))
    written = tell(store, chosen, at=at)
    print_warnings(given.told(warnings))
    print_differing(timeline.directory, store.people.imported())
    _print_live(live)
    typer.echo("\n".join(imported), nl=bool(imported))
    print_kinds(changes)
    print_kept_ladders(kept, changed=ladders_too)
    if written:
        typer.echo(f"{count(written, 'correction')} to those who were told an old date.")
    return 1 if warnings else 0


def _print_live(live: CouncilTimeline) -> None:
    council = live.council
    live_from = long_date(council.live_from) if council.live_from else "now"
    typer.echo(f"{council.name}: {len(live.obligations)} duties, live from {live_from}.")
    if council.shadow_until:
        lead = live.directory.posts[council.programme_lead].title
        typer.echo(f"Until {long_date(council.shadow_until)} everything goes to the {lead} only.")
