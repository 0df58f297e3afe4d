"""Mark milestones about which an accepted prompt no longer holds, as soon as that changes."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import case, exists, func, literal, or_, update
from sqlmodel import col

from models.store.base.stored_tasks import task_of, whole_tasks
from models.store.base.transaction import Transaction
from models.tables import MilestoneRow, PromptRow
from models.tables.base import Instant
from timeline.escalation.prompts import ENDED
from timeline.planning.occurrences import Milestone


class Outdated(NamedTuple):
    """Hold a milestone about which an accepted prompt no longer holds; `gone` when the rules no longer give it."""

    milestone: Milestone
    gone: bool
    generation: int


def outdated(tx: Transaction, obligations: Collection[str] | None = None) -> tuple[Outdated, ...]:
    """Read the milestones (of these duties, or of all) about which an accepted prompt no longer holds, by reference: it
    had another due date, or the milestone is dropped, closed or no longer ours.
    """
    rows = whole_tasks().where(col(MilestoneRow.council) == tx.council, col(MilestoneRow.outdated_since).is_not(None))
    if obligations is not None:
        rows = rows.where(col(MilestoneRow.obligation).in_(obligations))
    ordered = sorted(tx.session.exec(rows), key=lambda each: each[0].ref)
    return tuple(Outdated(task_of(row, shared), row.dropped_at is not None, row.generation) for row, shared in ordered)


def look(tx: Transaction, refs: Collection[str], *, at: datetime) -> None:
    """Mark those of these milestones about which an accepted prompt no longer holds, and unmark the others."""
    if not refs:
        return
    since = case((_told_otherwise(), func.coalesce(col(MilestoneRow.outdated_since), literal(at, Instant))), else_=None)
    mine = col(MilestoneRow.council) == tx.council, col(MilestoneRow.ref).in_(refs)
    tx.session.exec(update(MilestoneRow).where(*mine).values(outdated_since=since))


def held(row: MilestoneRow) -> tuple[Any, ...]:
    """Return the values that decide whether an accepted prompt still holds."""
    return row.due_on, row.dropped_at is None, row.closed_at is None


def is_off(milestone: Milestone) -> bool:
    """Tell whether nobody is asked for it any more."""
    return bool(milestone.closed_because) or not milestone.ours


def _told_otherwise() -> Any:
    due_on, off = col(MilestoneRow.due_on), [col(MilestoneRow.dropped_at), col(MilestoneRow.closed_at)]
    return exists().where(
        col(PromptRow.council) == MilestoneRow.council,
        col(PromptRow.milestone) == MilestoneRow.ref,
        col(PromptRow.accepted_at).is_not(None),
        or_(
            col(PromptRow.due_on).is_distinct_from(due_on),
            # It was called off, and is on again.
            col(PromptRow.rung) == ENDED,
            *(mapped.is_not(None) for mapped in off),
        ),
    )
