"""Keep the record of a clock that jumped, and the newest entry of the chain, against which the clock is held."""

from datetime import date, datetime

from sqlmodel import col, func, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction
from models.tables import AuditEventRow
from timeline.calendar.london import start_of_day

JUMPED = "clock jumped"
_ASSURED = ("assurance", "assurance: unexplained")


def newest_at(tx: Transaction) -> datetime | None:
    """Read the instant of the chain's last event; None of an empty chain."""
    mine = select(AuditEventRow.at).where(col(AuditEventRow.council) == tx.council)
    return tx.session.exec(mine.order_by(col(AuditEventRow.sequence).desc()).limit(1)).first()


def clock_jumped(tx: Transaction, why: str, *, at: datetime) -> None:
    """Record that the clock jumped, with the sentence that says how."""
    audit.record(tx, [Event(what=JUMPED, ref=tx.council, why=why)], at=at)


def day_began(tx: Transaction, on: date) -> int:
    """Return the number of the last event of an earlier day, after which all events of the day lie.

    An event of this day, or of a later day, that lies before it was written by a clock that was ahead.
    """
    before = select(AuditEventRow.sequence).where(
        col(AuditEventRow.council) == tx.council, col(AuditEventRow.at) < start_of_day(on)
    )
    # Walks back from the chain's end as far as that day's events reach.
    return tx.session.exec(before.order_by(col(AuditEventRow.sequence).desc()).limit(1)).first() or 0


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
