"""Import the action plan from a workbook: read it, show what it would change, and change it."""

from datetime import datetime

from config.plan_import import plan_file
from config.plan_import.plan_file import PlanFile
from config.settings import Settings
from config.timeline_files.faults import Fault
from models.store import Store
from tasks.changes.record import Refused
from timeline.calendar.london import london_date
from timeline.definitions.people import Directory
from timeline.forecast.changes import Change
from timeline.forecast.programme_changes import record_changes
from timeline.programme.programme import Programme
from timeline.programme.sheets.plan_sheet import with_plan


def read(
    store: Store, settings: Settings, name: str, content: bytes, *, at: datetime, sheet: str = ""
) -> tuple[PlanFile | None, tuple[Fault, ...]]:
    """Read a workbook: its plan, None when it cannot be used, and all its faults; the plan of the `sheet`, if named.

    Raise Refused where no programme is stored, and BadInput when nothing can be read at all.
    """
    directory = store.definitions.timeline(settings.working_hours).directory
    stated, _ = _programmes(store, at)
    posts = {key: post.title for key, post in directory.posts.items()}
    return plan_file.read(name, content, stated, posts=posts, holders=_holders(directory, at), sheet=sheet)


def planned(store: Store, settings: Settings, plan: PlanFile, *, at: datetime) -> Programme:
    """Give the programme as it would be stated with this plan. Raise Refused where none is stored."""
    stated, known = _programmes(store, at)
    lead = store.definitions.timeline(settings.working_hours).council.programme_lead
    on, priorities = london_date(at), plan.priorities
    return with_plan(stated, plan.actions, known=known, priorities=priorities, on=on, by=lead)


def changes(store: Store, after: Programme) -> tuple[Change, ...]:
    """List what would change, record by record."""
    return tuple(record_changes(store.programmes.in_force(), after))


def import_plan(store: Store, after: Programme, *, since: str, at: datetime, who: str, source: str) -> bool:
    """Take the plan in, in one transaction; False when it is stated so already.

    `since` is the mark that the programme had before the workbook was read. Raise Overtaken when it has another.
    """
    return store.changes.import_plan(after, since=since, at=at, who=who, source=source)


def _programmes(store: Store, at: datetime) -> tuple[Programme, Programme]:
    """Give the programme as it is stated, and with what was added to its records since. Raise Refused."""
    stated, known = store.programmes.in_force(), store.programmes.known(at=at)
    if stated is None or known is None:
        raise Refused(
            f"No programme of {store.council} is stored: write its inspection, areas and priorities beside the "
            "timeline (NAME.programme.yaml), then run daymark apply."
        )
    return stated, known.programme


def _holders(directory: Directory, at: datetime) -> dict[str, str]:
    """Give the post of each person who holds just one today, by name and by address."""
    on = london_date(at)
    holders: dict[str, str] = {}
    for key, person in directory.people.items():
        posts = directory.posts_of(key, on=on)
        if len(posts) == 1:
            holders |= dict.fromkeys((person.name.casefold(), person.address.casefold()), posts[0])
    return holders
