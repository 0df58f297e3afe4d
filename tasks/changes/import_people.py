"""Import people from a file: read it, show what it would change, and change it."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from config.checks import staffing
from config.load import is_error
from config.people_import import people_file
from config.settings import Settings
from config.timeline_files.faults import Fault
from models.store import Store
from tasks.changes.apply import laid_out
from tasks.changes.record import differences, tell
from timeline.calendar.london import london_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.imports import Imported, with_imports
from timeline.forecast.changes import Change


def read(
    store: Store, settings: Settings, name: str, content: bytes, *, at: datetime
) -> tuple[Imported | None, tuple[Fault, ...]]:
    """Read a file: its content, None when it cannot be used, and all its faults.

    A fault may also come to be by it: a post without a holder, or a line of managers that leads back to itself. Raises
    BadInput when nothing can be read at all.
    """
    now = store.definitions.timeline(settings.working_hours)
    return read_over(now, settings, name, content, listed=store.people.listed(), at=at)


def read_over(
    now: CouncilTimeline, settings: Settings, name: str, content: bytes, *, listed: frozenset[str], at: datetime
) -> tuple[Imported | None, tuple[Fault, ...]]:
    """Read a file over the people of a timeline, as `read` does; `listed` are those in force, by key."""
    on = london_date(at)
    given, faults = people_file.read(
        name,
        content,
        now.directory,
        listed=listed,
        channels=frozenset(settings.ways()),
        on=on,
        mail_leaves=not settings.catches_mail,
    )
    if given is None:
        return None, faults
    known = set(staffing.of_directory(name, now, on=on))
    after = replace(now, directory=with_imports(now.directory, given))
    comes = tuple(fault for fault in staffing.of_directory(name, after, on=on) if fault not in known)
    return (None if any(map(is_error, comes)) else given), (*faults, *comes)


def changes(store: Store, settings: Settings, given: Imported, *, at: datetime) -> tuple[Change, ...]:
    """List what the import would change, post by post and task by task."""
    return differences(store, settings, store.definitions.timeline_after_import(settings.working_hours, given), at=at)


def import_people(store: Store, settings: Settings, given: Imported, *, at: datetime, who: str, source: str) -> bool:
    """Import what was read, in one transaction; False when it was imported already."""
    done = store.changes.import_people(given, at=at, who=who, source=source, laying=partial(laid_out, at=at))
    if done:
        tell(store, settings, at=at)
    return done
