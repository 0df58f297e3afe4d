"""Keep the legal hold: while it stands nothing is erased."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import select

from models.store.audit.orders import record_order
from models.store.base.engine import OnHold
from models.store.base.transaction import Transaction
from models.tables import CouncilRow
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date


class Hold(NamedTuple):
    """Hold a legal hold: since when, who placed it, and why."""

    at: datetime
    who: str
    reason: str

    def __str__(self) -> str:
        """Say in a sentence that nothing is erased; who placed the hold and why is not for everybody."""
        since = long_date(london_date(self.at))
        return f"A legal hold stands since {since}, so nothing is erased; daymark hold says who put it there and why."


def hold(tx: Transaction, *, at: datetime, who: str, reason: str) -> None:
    """Stop all erasing from now on. A second hold keeps the first instant."""
    row = tx.session.get_one(CouncilRow, tx.council)
    row.held_at, row.held_by, row.held_why = row.held_at or at, who, reason
    record_order(tx, "legal hold", at=at, who=who, reason=reason)


def release_hold(tx: Transaction, *, at: datetime, who: str, reason: str) -> bool:
    """Allow erasing again; False, and nothing changes, when no hold stands."""
    row = tx.session.get_one(CouncilRow, tx.council)
    if row.held_at is None:
        return False
    row.held_at, row.held_by, row.held_why = None, "", ""
    record_order(tx, "legal hold released", at=at, who=who, reason=reason)
    return True


def legal_hold(tx: Transaction) -> Hold | None:
    """Read the hold that stands; None while erasing is allowed."""
    row = tx.session.exec(select(CouncilRow).where(CouncilRow.key == tx.council)).one_or_none()
    return Hold(row.held_at, row.held_by, row.held_why) if row and row.held_at else None


def refuse_while_held(tx: Transaction) -> None:
    """Raise OnHold while a hold stands. Every step that erases asks first, in its own transaction."""
    hold = legal_hold(tx)
    if hold:
        raise OnHold(str(hold))
