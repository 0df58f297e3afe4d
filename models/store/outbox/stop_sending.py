"""Stop all sending: a row to stop it, read before every send, and the last pause, which a run must have seen."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, func, select

from models.store.audit.orders import record_order
from models.store.base import prepared
from models.store.base.transaction import Transaction, look
from models.tables import CouncilRow, PauseRow
from timeline.escalation.quiet import Stopped


def stop(tx: Transaction, *, at: datetime, who: str, reason: str) -> None:
    """Stop all sending from now on; prompts are still written. A second stop keeps the first instant."""
    row = tx.session.get_one(CouncilRow, tx.council)
    row.stopped_at, row.stopped_by, row.stopped_why = row.stopped_at or at, who, reason
    record_order(tx, "sending stopped", at=at, who=who, reason=reason)


def resume(tx: Transaction, *, at: datetime, who: str, reason: str) -> None:
    """Let messages leave again."""
    row = tx.session.get_one(CouncilRow, tx.council)
    row.stopped_at, row.stopped_by, row.stopped_why = None, "", ""
    record_order(tx, "sending resumed", at=at, who=who, reason=reason)


def stopped(tx: Transaction) -> Stopped | None:
    """Read who stopped the sending; None while messages may leave."""
    row = tx.session.exec(select(CouncilRow).where(CouncilRow.key == tx.council)).one_or_none()
    return stop_of(row) if row else None


def stop_of(row: Any) -> Stopped | None:
    """Read the stop of a council from its row."""
    return Stopped(row.stopped_at, row.stopped_by, row.stopped_why) if row.stopped_at else None


def stopped_anywhere(engine: Engine) -> Stopped | None:
    """Read who stopped the sending of any council, by a single look; None while messages of all may leave."""
    rows = look(engine, prepared.STOPS)
    return Stopped(*rows[0]) if rows else None


def last_pause(tx: Transaction) -> int:
    """Read the number of the last pause that was made or stated; 0 before the first."""
    return tx.session.exec(select(func.max(PauseRow.id)).where(col(PauseRow.council) == tx.council)).one() or 0
