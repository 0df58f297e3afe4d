"""Keep the audit chain: what changed, who did it and why."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import col, select

from models.store.audit import free_text as texts
from models.store.base.hash_chain import CHAIN_START, DAYMARK, PARTS, AuditEvent, Event, Happened
from models.store.base.transaction import Transaction
from models.tables import AuditEventRow, CouncilRow, FreeTextRow

__all__ = ["COMPOSED", "DAYMARK", "AuditEvent", "Event", "event_of", "events", "record", "verify"]

COMPOSED = "message composed"
"""The event of a message that was put into the outbox; its `ref` is the message's key."""


def record(tx: Transaction, happened: Sequence[Event], *, at: datetime) -> None:
    """Add events to the end of the chain, in this order; they are written when the transaction ends."""
    tx.happened.extend(Happened(event, at) for event in happened)


def events(tx: Transaction, after: int = 0, limit: int | None = None) -> tuple[AuditEvent, ...]:
    """Read the chain from the event after that number; `limit` events of a long chain."""
    return tuple(_chain(tx, after, limit))


def chain_end(tx: Transaction) -> tuple[int, str]:
    """Return how many events the chain has by the council's own count, and the hash of the last."""
    end = select(CouncilRow.audit_sequence, CouncilRow.audit_head).where(col(CouncilRow.key) == tx.council)
    return tx.session.exec(end).one_or_none() or (0, CHAIN_START)


def goes_through(tx: Transaction, head: str) -> bool:
    """Tell whether an event of the chain has that hash."""
    mine = col(AuditEventRow.council) == tx.council, col(AuditEventRow.hash) == head
    return tx.session.exec(select(AuditEventRow.sequence).where(*mine).limit(1)).one_or_none() is not None


def restored(tx: Transaction, *, of: datetime, at: datetime) -> None:
    """Record that the chain goes on from a backup of that instant."""
    record(tx, [Event(what="restored from a backup", ref=tx.council, after=of.isoformat())], at=at)


def _chain(tx: Transaction, after: int = 0, limit: int | None = None) -> Iterator[AuditEvent]:
    # Columns, not rows of the table's class: a chain may have a million of them.
    columns: list[Any] = [getattr(AuditEventRow, name) for name in PARTS]
    rows = (
        select(*columns)
        .where(col(AuditEventRow.council) == tx.council, col(AuditEventRow.sequence) > after)
        .order_by(col(AuditEventRow.sequence))
        .limit(limit)
    )
    for row in tx.session.exec(rows).yield_per(500):
        yield event_of(row)


def event_of(row: AuditEventRow | Row[Any]) -> AuditEvent:
    """Read the event of a row of the chain."""
    parts: dict[str, Any] = {name: getattr(row, name) for name in PARTS}
    return AuditEvent(**parts | {"texts": json.loads(row.texts), "records": json.loads(row.records or "{}")})


def verify(tx: Transaction) -> int | None:
    """Check the chain: None when it is whole, else the number of the first event that is missing or was changed."""
    return _verified(tx, 0, CHAIN_START, _changed_texts(tx))


def verify_since(tx: Transaction, sequence: int, head: str) -> int | None:
    """Check what the chain has since the event of that number, whose hash was `head` when all up to it was checked."""
    mine = col(AuditEventRow.council) == tx.council, col(AuditEventRow.sequence) == sequence
    stands = tx.session.exec(select(AuditEventRow.hash).where(*mine)).one_or_none() if sequence else CHAIN_START
    return _verified(tx, sequence, head, set()) if stands == head else sequence


def _verified(tx: Transaction, sequence: int, head: str, changed: set[str]) -> int | None:
    for event in _chain(tx, after=sequence):
        sequence += 1
        whole = (event.sequence, event.previous, event.hash) == (sequence, head, event.expected_hash())
        if not whole or changed & set(event.texts.values()):
            return sequence
        head = event.hash
    return None if chain_end(tx) == (sequence, head) else sequence + 1


def _changed_texts(tx: Transaction) -> set[str]:
    kept = select(FreeTextRow).where(col(FreeTextRow.council) == tx.council, col(FreeTextRow.erased_at).is_(None))
    scalar_result = tx.session.exec(kept).yield_per(500)
    return {row.digest for row in scalar_result if texts.salted(row.salt or "", row.body or "") != row.digest}
