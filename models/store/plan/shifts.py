"""Find the shifts of occurrences since an instant, read from the audit chain: the days before, and the days since."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from models.store.base.transaction import Transaction
from models.tables import AuditEventRow, OccurrenceRow
from timeline.director.monday_summary import Days, Shift
from timeline.planning.occurrences import OccurrenceState

_KINDS = ("moved", *(state.value for state in OccurrenceState))
"""What `plans` calls a change of an occurrence. Facts about it and answers stand in its trail under other names."""


def shifts(tx: Transaction, *, since: datetime) -> tuple[Shift, ...]:
    """Find the occurrences in force whose days or state changed after `since`, each once, from then to now."""
    mine = col(OccurrenceRow.council) == tx.council, col(OccurrenceRow.dropped_at).is_(None)
    refs = select(OccurrenceRow.ref).where(*mine)
    # By reference: there is an index on it, and a chain may have a million events.
    events = select(AuditEventRow).where(
        col(AuditEventRow.council) == tx.council,
        col(AuditEventRow.ref).in_(refs),
        col(AuditEventRow.at) > since,
        col(AuditEventRow.what).in_(_KINDS),
        # The first event of an occurrence says what it is, and changes nothing.
        col(AuditEventRow.before) != "",
    )
    shifts: dict[str, Shift] = {}
    for row in sorted(tx.session.exec(events), key=lambda row: row.sequence):
        before, after = json.loads(row.before), json.loads(row.after)
        was = shifts[row.ref].was if row.ref in shifts else _days(before)
        shifts[row.ref] = Shift(row.ref, was, _days(after), OccurrenceState(after["state"]))
    return tuple(shifts.values())


def _days(told: Mapping[str, Any]) -> Days | None:
    """Return its own days, else its date, else its window."""
    for first, last in (("starts_on", "ends_on"), ("legal_on", "legal_on"), ("opens_on", "closes_on")):
        if told.get(first):
            return date.fromisoformat(told[first]), date.fromisoformat(told.get(last) or told[first])
    return None
