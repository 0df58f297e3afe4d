"""Keep the mails that are kept by day or week: each is written once, and a mail that a later clock wrote counts for no
day.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from sqlmodel import col, func, select

from models.store.audit.audit import COMPOSED
from models.store.audit.clock_jumps import day_began
from models.store.base.transaction import Transaction
from models.store.ledger.history import NOT_ARRIVED
from models.store.outbox.secret_key import KEY_CHANGED
from models.tables import AuditEventRow, MessageRow
from timeline.calendar.london import london_date
from timeline.delivery.messages import MessageState

# No clock is wrong so often that more of them lie before the last true key.
_LOOKED_AT = 10


def free_key(tx: Transaction, key: str) -> str:
    """Give the key under which the mail of that key is to be written now; empty when it was written.

    One that a later clock wrote keeps its key, with all that hangs on it: the mail of the true day gets another. So
    does a mail that was withdrawn with its secret key.
    """
    for candidate in _numbered(key):
        row = tx.session.get(MessageRow, (tx.council, candidate))
        if row is None:
            return candidate
        if not (by_later_clock(tx, row) or _went_with_its_key(tx, row)):
            return ""
    return ""


def last_composed_at(tx: Transaction, kind: str, *, at: datetime) -> datetime | None:
    """Return when the last message of that kind that has not failed was composed by `at`; None when there is none.

    One that a later clock composed told nothing of the days before its true day.
    """
    rows = select(MessageRow).where(
        col(MessageRow.council) == tx.council,
        col(MessageRow.kind) == kind,
        col(MessageRow.composed_at) <= at,
        col(MessageRow.state).not_in(NOT_ARRIVED),
    )
    latest = tx.session.exec(rows.order_by(col(MessageRow.composed_at).desc()).limit(_LOOKED_AT))
    return next((row.composed_at for row in latest if not by_later_clock(tx, row)), None)


def by_later_clock(tx: Transaction, row: MessageRow) -> bool:
    """Tell whether a clock that was ahead composed it: the chain was on an earlier day after that."""
    composed = select(func.min(AuditEventRow.sequence)).where(
        col(AuditEventRow.council) == tx.council,
        col(AuditEventRow.ref) == row.key,
        col(AuditEventRow.what) == COMPOSED,
    )
    sequence = tx.session.exec(composed).one()
    return sequence is not None and sequence < day_began(tx, london_date(row.composed_at))


def _went_with_its_key(tx: Transaction, row: MessageRow) -> bool:
    events = select(AuditEventRow.sequence).where(
        col(AuditEventRow.council) == tx.council,
        col(AuditEventRow.ref) == row.key,
        col(AuditEventRow.why) == KEY_CHANGED,
    )
    return row.state is MessageState.WITHDRAWN and tx.session.exec(events.limit(1)).first() is not None


def _numbered(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}/{number}" for number in count(2))
