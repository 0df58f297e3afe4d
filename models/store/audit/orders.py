"""Record who did something, where that may be a typed name: an order of somebody's, a review, an update.

It is free text beside the chain, which can be erased.
"""

from dataclasses import replace
from datetime import datetime

from models.store.audit import audit
from models.store.audit import free_text as texts
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction
from models.tables import PersonRow


def record_order(tx: Transaction, what: str, *, at: datetime, who: str, reason: str) -> None:
    """Record an order about the council as a whole. Who gave it is typed too: it may be a name."""
    typed = texts.keep(tx, {"who": who, "why": reason})
    audit.record(tx, [Event(what=what, ref=tx.council, who="", texts=typed)], at=at)


def record_in_name(tx: Transaction, event: Event, *, at: datetime, who: str) -> None:
    """Record an event in the name of somebody: the key of a person stands in the chain, any other name beside it."""
    if tx.session.get(PersonRow, (tx.council, who)):
        audit.record(tx, [replace(event, who=who)], at=at)
    else:
        audit.record(tx, [replace(event, who="", texts={**event.texts, **texts.keep(tx, {"who": who})})], at=at)
