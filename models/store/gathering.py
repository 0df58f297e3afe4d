"""One task with all that bears on it, out of one snapshot."""

from typing import NamedTuple

from models.store import lookup, spoken, timelines
from models.store.lookup import Stored
from models.store.transaction import Transaction
from timeline.calendar import WorkingHours
from timeline.council import CouncilTimeline
from timeline.prompts import Said


class Gathered(NamedTuple):
    """The timeline in force, the task as it stands, and what was said about it."""

    timeline: CouncilTimeline
    stored: Stored
    said: tuple[Said, ...]


def gathered(tx: Transaction, ref: str, hours: WorkingHours) -> Gathered | None:
    """None when there is no such task. Raises StoreError when no timeline was applied."""
    stored = lookup.milestone(tx, ref)
    if stored is None:
        return None
    return Gathered(timelines.timeline(tx, hours), stored, spoken.said(tx, refs={ref}).get(ref, ()))
