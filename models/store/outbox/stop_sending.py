"""Stop all sending: one row to stop it, read before every send."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import select

from models.store.audit import audit
from models.store.audit import free_text as texts
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction
from models.tables import CouncilRow


class Stopped(NamedTuple):
    """Since when nothing leaves, who stopped it, and why."""

    at: datetime
    who: str
    reason: str


def stop_sending(tx: Transaction, *, at: datetime, who: str, reason: str) -> None:
    """Nothing leaves from now on; prompts are still written. Stopped again, the first instant stays."""
    row = tx.session.get_one(CouncilRow, tx.council)
    row.stopped_at, row.stopped_by, row.stopped_why = row.stopped_at or at, who, reason
    _record(tx, "sending stopped", at, who, reason)


def resume_sending(tx: Transaction, *, at: datetime, who: str, reason: str) -> None:
    """What waits may leave again."""
    row = tx.session.get_one(CouncilRow, tx.council)
    row.stopped_at, row.stopped_by, row.stopped_why = None, "", ""
    _record(tx, "sending resumed", at, who, reason)


def sending_stopped(tx: Transaction) -> Stopped | None:
    """Who stopped the sending; None while messages may leave."""
    row = tx.session.exec(select(CouncilRow).where(CouncilRow.key == tx.council)).one_or_none()
    return Stopped(row.stopped_at, row.stopped_by, row.stopped_why) if row and row.stopped_at else None


def _record(tx: Transaction, what: str, at: datetime, who: str, reason: str) -> None:
    # Typed into a form: it may be a name.
    typed = texts.keep(tx, {"who": who, "why": reason})
    audit.record(tx, [Event(what=what, ref=tx.council, who="", texts=typed)], at=at)
