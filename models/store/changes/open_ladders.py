"""Keep the ladders of tasks that have opened: frozen, unless somebody chooses to change them too."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import col

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.json_values import written
from models.store.base.stored_tasks import forget_unused, keep, task_of, tasks_with, whole_tasks
from models.store.base.transaction import Transaction
from models.tables import MilestoneRow
from timeline.answers.responses import State
from timeline.definitions.duties import Ladder
from timeline.planning.occurrences import Occurrence

CHANGED = "ladder changed"


def open_ladders(tx: Transaction) -> dict[str, Ladder]:
    """Read the ladders of the tasks that have opened and are not done, by reference."""
    not_done = col(MilestoneRow.state) != State.DONE, col(MilestoneRow.dropped_at).is_(None)
    rows = tasks_with(MilestoneRow.ref).where(*_opened(tx), *not_done)
    return {row.ref: task_of(row, row.shared_definition).ladder for row in tx.session.exec(rows)}


def follow(
    tx: Transaction, occurrences: Sequence[Occurrence], *, at: datetime, who: str, why: str
) -> dict[str, Ladder]:
    """Give every open task its ladder in `occurrences`; return the replaced ladders."""
    stated = {task.ref: task.ladder for occurrence in occurrences for task in occurrence.milestones}
    return change(tx, {ref: stated[ref] for ref in open_ladders(tx) if ref in stated}, at=at, who=who, why=why)


def change(tx: Transaction, ladders: Mapping[str, Ladder], *, at: datetime, who: str, why: str) -> dict[str, Ladder]:
    """Give opened tasks these ladders, with an event each; return the replaced ladders."""
    rows = tx.session.exec(whole_tasks().where(*_opened(tx), col(MilestoneRow.ref).in_(ladders)))
    tasks = [(row, task_of(row, shared)) for row, shared in sorted(rows, key=lambda each: each[0].ref)]
    others = [(row, task) for row, task in tasks if task.ladder != ladders[row.ref]]
    unused, former = {row.shared for row, _ in others}, {row.ref: task.ladder for row, task in others}
    kept = keep(tx, (replace(task, ladder=ladders[task.ref]) for _, task in others))
    for (row, _), each in zip(others, kept, strict=True):
        row.definition, row.shared = each
        row.changed_at, row.looked_at, row.next_rung_at = at, at, None if row.state is State.DONE else at
    forget_unused(tx, unused)
    audit.record(tx, [_event(ref, had, ladders[ref], who, why) for ref, had in former.items()], at=at)
    return former


def _event(ref: str, had: Ladder, has: Ladder, who: str, why: str) -> Event:
    return Event(what=CHANGED, ref=ref, who=who, before=written(had), after=written(has), why=why)


def _opened(tx: Transaction) -> tuple[Any, ...]:
    return col(MilestoneRow.council) == tx.council, col(MilestoneRow.opened_at).is_not(None)
