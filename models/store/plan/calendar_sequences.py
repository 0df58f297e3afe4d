"""How often the days of occurrences and tasks changed: what calendars call the sequence of an entry."""

from collections.abc import Collection

from sqlmodel import col, select

from models.store.base.json_values import read
from models.store.base.transaction import Transaction
from models.tables import MilestoneRow, ObligationRow, OccurrenceRow
from timeline.ical.invitations import StoredOccurrence
from timeline.planning.occurrences import Occurrence, OccurrenceState


def sequences(tx: Transaction) -> dict[str, int]:
    """By the ref of an occurrence or a task; what never moved is left out."""
    found: dict[str, int] = {}
    for table, counted in ((OccurrenceRow, OccurrenceRow.sequence), (MilestoneRow, MilestoneRow.generation)):
        moved = select(table.ref, counted).where(col(table.council) == tx.council, col(counted) > 0)
        found |= dict(tx.session.exec(moved).all())
    return found


def kept(tx: Transaction, refs: Collection[str]) -> dict[str, StoredOccurrence]:
    """Occurrences by ref without their milestones, also those that the rules no longer give."""
    of_duty = (col(ObligationRow.council) == OccurrenceRow.council) & (ObligationRow.key == OccurrenceRow.obligation)
    rows = (
        select(OccurrenceRow, ObligationRow.dropped_at)
        .join(ObligationRow, of_duty)
        .where(col(OccurrenceRow.council) == tx.council, col(OccurrenceRow.ref).in_(refs))
    )
    return {
        row.ref: StoredOccurrence(
            occurrence=read(Occurrence, row.definition),
            sequence=row.sequence,
            gone=row.dropped_at is not None or duty_dropped_at is not None,
        )
        for row, duty_dropped_at in tx.session.exec(rows)
    }


def after(row: OccurrenceRow, now: Occurrence) -> int:
    """The sequence of an occurrence that was stored so and is planned so now."""
    changed = row.dropped_at is not None or _days(read(Occurrence, row.definition)) != _days(now)
    return row.sequence + changed


def _days(occurrence: Occurrence) -> tuple[object, ...]:
    """What a calendar shows: that somebody confirmed the same days moves nothing."""
    window = None if occurrence.starts_on else (occurrence.opens_on, occurrence.closes_on)
    return occurrence.starts_on, occurrence.ends_on, window, occurrence.state is OccurrenceState.CANCELLED
