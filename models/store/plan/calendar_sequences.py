"""Count how often the days of occurrences and tasks changed: what calendars call the sequence of an entry."""

from collections.abc import Collection

from sqlmodel import col, select

from models.store.base.json_values import recall
from models.store.base.transaction import Transaction
from models.tables import MilestoneRow, ObligationRow, OccurrenceRow
from timeline.ical.invitations import StoredOccurrence
from timeline.planning.occurrences import Occurrence, OccurrenceState


def calendar_sequences(tx: Transaction) -> dict[str, int]:
    """Read the sequences by the ref of an occurrence or a task, without those that never moved."""
    sequences: dict[str, int] = {}
    for table, counted in ((OccurrenceRow, OccurrenceRow.sequence), (MilestoneRow, MilestoneRow.generation)):
        moved = select(table.ref, counted).where(col(table.council) == tx.council, col(counted) > 0)
        sequences |= dict(tx.session.exec(moved).all())
    return sequences


def kept_occurrences(tx: Transaction, refs: Collection[str]) -> dict[str, StoredOccurrence]:
    """Read occurrences by ref without their milestones, also those that the rules no longer give."""
    of_duty = (col(ObligationRow.council) == OccurrenceRow.council) & (ObligationRow.key == OccurrenceRow.obligation)
    rows = (
        select(OccurrenceRow, ObligationRow.dropped_at)
        .join(ObligationRow, of_duty)
        .where(col(OccurrenceRow.council) == tx.council, col(OccurrenceRow.ref).in_(refs))
    )
    return {
        row.ref: StoredOccurrence(
            occurrence=recall(Occurrence, row.definition),
            sequence=row.sequence,
            gone=row.dropped_at is not None or duty_dropped_at is not None,
        )
        for row, duty_dropped_at in tx.session.exec(rows)
    }


def after(row: OccurrenceRow, now: Occurrence) -> int:
    """Return the sequence of an occurrence from its row and its plan now."""
    changed = row.dropped_at is not None or _days(recall(Occurrence, row.definition)) != _days(now)
    return row.sequence + changed


def _days(occurrence: Occurrence) -> tuple[object, ...]:
    """Return the days that a calendar shows: confirming the same days moves nothing."""
    window = None if occurrence.starts_on else (occurrence.opens_on, occurrence.closes_on)
    return occurrence.starts_on, occurrence.ends_on, window, occurrence.state is OccurrenceState.CANCELLED
