"""The record of a clock that jumped, and the newest entry of the chain, against which the clock is held."""

from datetime import datetime

from sqlmodel import col, func, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction
from models.tables import AuditEventRow

JUMPED = "clock jumped"
_ASSURED = ("assurance", "assurance: unexplained")


def newest_at(tx: Transaction) -> datetime | None:
    """Read the instant of the chain's last event; None of an empty chain."""
    mine = select(AuditEventRow.at).where(col(AuditEventRow.council) == tx.council)
    return tx.session.exec(mine.order_by(col(AuditEventRow.sequence).desc()).limit(1)).first()


def clock_jumped(tx: Transaction, why: str, *, at: datetime) -> None:
    """Record that the clock jumped, with the sentence that says how."""
    audit.record(tx, [Event(what=JUMPED, ref=tx.council, why=why)], at=at)


def unreported(tx: Transaction) -> tuple[str, ...]:
    """Read what was recorded of jumps since the last assurance, which has told of those before it."""
    told = select(func.max(AuditEventRow.sequence)).where(
        col(AuditEventRow.council) == tx.council,
        # The council's own trail, which an index finds: the chain may have a million events.
        col(AuditEventRow.ref) == tx.council,
        col(AuditEventRow.what).in_(_ASSURED),
    )
    since = tx.session.exec(told).one() or 0
    jumps = select(AuditEventRow.why).where(
        col(AuditEventRow.council) == tx.council,
        col(AuditEventRow.ref) == tx.council,
        col(AuditEventRow.what) == JUMPED,
        col(AuditEventRow.sequence) > since,
    )
    return tuple(dict.fromkeys(tx.session.exec(jumps.order_by(col(AuditEventRow.sequence)))))
