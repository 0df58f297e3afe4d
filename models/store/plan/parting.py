"""Part tasks that an earlier version wrote whole, once no page of that version runs any more."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from sqlmodel import col, select

from models.store.base.json_values import UnreadableRow, read
from models.store.base.prepared import CHANGE_TASK
from models.store.base.stored_tasks import WHOLE, keep_parted
from models.store.base.transaction import Transaction
from models.tables import MilestoneRow
from timeline.planning.occurrences import Milestone


class Batch(NamedTuple):
    """Hold how many tasks a batch parted, and the reference of the last at which it looked; empty at the end."""

    parted: int
    last: str


def part(tx: Transaction, *, after: str, limit: int) -> Batch:
    """Part at most `limit` of the tasks that stand whole, in the order of their references, `after` that reference.

    A task that nobody can read stays as it is, so that it stops its own council and no other. No seal covers a task.
    """
    mine = col(MilestoneRow.council) == tx.council, col(MilestoneRow.shared) == WHOLE, col(MilestoneRow.ref) > after
    stored = select(MilestoneRow.ref, MilestoneRow.definition).where(*mine).order_by(col(MilestoneRow.ref))
    rows = tx.session.exec(stored.limit(limit)).all()
    tasks = dict(_readable(rows))
    changes = [
        {"of_council": tx.council, "of_ref": ref, **kept._asdict()}
        for ref, kept in zip(tasks, keep_parted(tx, tasks.values()), strict=True)
    ]
    if changes:
        CHANGE_TASK.run(tx.connection, *changes)
    return Batch(len(changes), rows[-1][0] if rows else "")


def _readable(rows: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Milestone]]:
    for ref, definition in rows:
        with suppress(UnreadableRow):
            yield ref, read(Milestone, definition)
