"""Record an order of somebody's with its reason, such as a legal hold: both are free text, which can be erased."""

from datetime import datetime

from models.store.audit import audit
from models.store.audit import free_text as texts
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction


def record_order(tx: Transaction, what: str, *, at: datetime, who: str, reason: str) -> None:
    """Record an order about the council as a whole. Who gave it is typed too: it may be a name."""
    typed = texts.keep(tx, {"who": who, "why": reason})
    audit.record(tx, [Event(what=what, ref=tx.council, who="", texts=typed)], at=at)
