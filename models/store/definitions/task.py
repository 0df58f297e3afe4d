"""Read a task with its timeline and ledger entries, in one snapshot."""

from typing import NamedTuple

from models.store.base.transaction import Transaction
from models.store.definitions import timelines
from models.store.ledger import history as spoken
from models.store.plan import lookup
from models.store.plan.lookup import Stored
from timeline.calendar.working_hours import WorkingHours
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.prompts import LedgerEntry


class LoadedTask(NamedTuple):
    """Hold the timeline in force, the task as it stands, and what was said about it."""

    timeline: CouncilTimeline
    stored: Stored
    said: tuple[LedgerEntry, ...]


def load_task(tx: Transaction, ref: str, hours: WorkingHours) -> LoadedTask | None:
    """Read a task; None when there is none. Raise StoreError when no timeline was applied."""
    stored = lookup.milestone(tx, ref)
    if stored is None:
        return None
    return LoadedTask(timelines.timeline(tx, hours), stored, spoken.entries(tx, refs={ref}).get(ref, ()))
