"""Words of messages that have left, or never will: taken out, while the rows stay and say that something was said."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import col, select

from models.store.transaction import Transaction
from models.tables import MessageRow
from timeline.messages import MessageState

_ENDED = (
    MessageState.ACCEPTED,
    MessageState.DELIVERED,
    MessageState.BOUNCED,
    MessageState.FAILED,
    MessageState.WITHDRAWN,
)
_WORDS = ("subject", "text", "html", "calendar", "in_reply_to")


def settled() -> ColumnElement[bool]:
    """Of the messages, those that are never sent again: what is repeated must be the same byte for byte."""
    for_good = and_(col(MessageRow.state) == MessageState.UNCERTAIN, col(MessageRow.next_attempt_at).is_(None))
    return or_(col(MessageRow.state).in_(_ENDED), for_good)


def worded(tx: Transaction, *which: ColumnElement[bool], limit: int | None = None) -> list[str]:
    """The keys of settled messages that still have words, the oldest first."""
    has_words = or_(*(col(getattr(MessageRow, name)) != "" for name in _WORDS))
    keys = select(MessageRow.key).where(col(MessageRow.council) == tx.council, *which, settled(), has_words)
    return list(tx.session.exec(keys.order_by(col(MessageRow.composed_at), col(MessageRow.key)).limit(limit)))


def blank(tx: Transaction, keys: Collection[str]) -> int:
    """Takes the words of these messages out; gives how many."""
    if not keys:
        return 0
    nothing: dict[str, Any] = dict.fromkeys(_WORDS, "")
    mine = update(MessageRow).where(col(MessageRow.council) == tx.council, col(MessageRow.key).in_(keys), settled())
    return tx.session.exec(mine.values(**nothing)).rowcount
