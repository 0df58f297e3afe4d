"""Erase what is over, batch by batch: a run that is killed in between is continued by the next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from models.store import OnHold, Store
from tasks.catcher.mailbox import kept_files
from timeline.calendar.clock_jumps import why_not_confirmed
from timeline.definitions.retention import ExpiryBounds, RecordKind

# So few that a batch keeps other writers waiting for well below a second.
_BATCH = 500
# Two weeks of assurances reach further back than the days that confirm a clock.
_LOOKS = 10


@dataclass(frozen=True)
class Erased:
    """Hold the number of erased rows of each sort ("texts", "messages") by kind; `held` says why the rest is kept: a
    legal hold, or a clock that may be wrong.
    """

    counts: Mapping[RecordKind, Mapping[str, int]] = field(default_factory=dict)
    held: str = ""


def erase_over(store: Store, over: ExpiryBounds, *, at: datetime) -> Erased:
    """Erase everything of a council whose time is over, with an audit event for each batch; nothing at the word of a
    clock that time has not confirmed.
    """
    if why := not_confirmed(store, at=at):
        return Erased(held=why)
    counts: dict[RecordKind, Counter[str]] = {kind: Counter() for kind in RecordKind}
    try:
        for kind in RecordKind:
            while batch := store.privacy.erase_expired(kind, over, at=at, limit=_BATCH):
                counts[kind].update(batch)
    except OnHold as held:
        return Erased(counts, str(held))
    return Erased(counts)


def not_confirmed(store: Store, *, at: datetime) -> str:
    """Say why nothing of a council may be erased at this clock's word yet; empty when something may."""
    return why_not_confirmed([run.at for run in store.assurance.runs(_LOOKS)], at=at)


def erase_caught(stores: Sequence[Store], folder: Path, *, before: datetime, at: datetime) -> int:
    """Delete the caught mails that have lain there since before that instant; give how many.

    They belong to no single council. So each of these councils records it in its audit chain first, and a legal hold of
    any of them keeps all, and so does a clock that time has not confirmed.
    """
    old = [file for file in kept_files(folder).values() if file.stat().st_mtime < before.timestamp()]
    if not old or any(store.audit.legal_hold() or not_confirmed(store, at=at) for store in stores):
        return 0
    for store in stores:
        store.privacy.expired_files(len(old), at=at)
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
