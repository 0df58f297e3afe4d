"""Erasing what people typed, when they ask for it; that it was done stays in the chain."""

from collections.abc import Collection
from datetime import datetime

from models.store import audit, holding, texts
from models.store.audit import Event
from models.store.transaction import Transaction


def erase(tx: Transaction, digests: Collection[str], *, at: datetime, who: str, why: str) -> int:
    """Erases the texts of these digests (see the `texts` of an audit event) with their salts; gives how many.

    Raises OnHold.
    """
    holding.refuse_while_held(tx)
    count = texts.erase(tx, digests, at=at)
    event = Event(what="texts erased", ref=tx.council, who=who, after=str(count), why=why)
    audit.record(tx, [event] if count else [], at=at)
    return count
