"""Free text: typed words, kept apart with a salt and known elsewhere by digest only."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import col, select

from models.store.base import prepared
from models.store.base.json_values import storable
from models.store.base.transaction import Transaction
from models.tables import FreeTextRow, MessageRow
from timeline.delivery.messages import MessageState

# Databases take no more than some 32,000 values in a statement.
_AT_ONCE = 10_000


def keep(tx: Transaction, texts: Mapping[str, str]) -> dict[str, str]:
    """Store each text that is not empty; return its digest under the same name."""
    rows = {name: _salted(tx, storable(text)) for name, text in texts.items() if text}
    if rows:
        prepared.KEEP_TEXTS.run(tx.connection, *rows.values())
    return {name: row["digest"] for name, row in rows.items()}


def bodies(tx: Transaction, digests: Iterable[str | None]) -> dict[str, str]:
    """Read the texts of these digests; an erased text is empty."""
    wanted = sorted({digest for digest in digests if digest})
    texts: dict[str, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = prepared.BODIES.rows(tx.connection, tx.council, wanted[start : start + _AT_ONCE])
        texts.update((digest, body or "") for digest, body in rows)
    return texts


def erase(tx: Transaction, digests: Iterable[str], *, at: datetime) -> int:
    """Erase texts and their salts, and return how many: without the salt nobody can prove what stood there."""
    rows = update(FreeTextRow).where(
        col(FreeTextRow.council) == tx.council,
        col(FreeTextRow.digest).in_(set(digests)),
        col(FreeTextRow.erased_at).is_(None),
    )
    return tx.session.exec(rows.values(salt=None, body=None, erased_at=at)).rowcount


def salted(salt: str, body: str) -> str:
    """Compute the digest by which a text is known."""
    return sha256(f"{salt}\n{body}".encode()).hexdigest()


def _salted(tx: Transaction, body: str) -> dict[str, str]:
    salt = secrets.token_hex(16)
    return {"council": tx.council, "digest": salted(salt, body), "salt": salt, "body": body}


_ENDED = (
    MessageState.ACCEPTED,
    MessageState.DELIVERED,
    MessageState.BOUNCED,
    MessageState.FAILED,
    MessageState.WITHDRAWN,
)
_WORDS = ("subject", "text", "html", "calendar", "in_reply_to")


def settled() -> ColumnElement[bool]:
    """Select the messages that are never sent again: a repeated message must be the same byte for byte."""
    for_good = and_(col(MessageRow.state) == MessageState.UNCERTAIN, col(MessageRow.next_attempt_at).is_(None))
    return or_(col(MessageRow.state).in_(_ENDED), for_good)


def worded(tx: Transaction, *which: ColumnElement[bool], limit: int | None = None) -> list[str]:
    """List the keys of settled messages that still have words, the oldest first."""
    has_words = or_(*(col(getattr(MessageRow, name)) != "" for name in _WORDS))
    keys = select(MessageRow.key).where(col(MessageRow.council) == tx.council, *which, settled(), has_words)
    return list(tx.session.exec(keys.order_by(col(MessageRow.composed_at), col(MessageRow.key)).limit(limit)))


def blank(tx: Transaction, keys: Collection[str]) -> int:
    """Blank the words of these messages; return how many messages."""
    if not keys:
        return 0
    nothing: dict[str, Any] = dict.fromkeys(_WORDS, "")
    mine = update(MessageRow).where(col(MessageRow.council) == tx.council, col(MessageRow.key).in_(keys), settled())
    return tx.session.exec(mine.values(**nothing)).rowcount
