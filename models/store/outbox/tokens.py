"""Tokens of links that stand in no message: those on the page of a person's own tasks, and those of calendars."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction, add_missing
from models.tables import TokenRow
from timeline.delivery.messages import TokenClaims


def keep(tx: Transaction, tokens: Mapping[str, TokenClaims], *, at: datetime) -> None:
    """Keeps what tokens stand for, by their SHA-256 (hexadecimal); one that is kept already stays as it is."""
    rows = [
        {name: getattr(claims, name) for name in TokenClaims.__dataclass_fields__}
        | {"council": tx.council, "sha256": sha256, "made_at": at}
        for sha256, claims in tokens.items()
    ]
    add_missing(tx.session, TokenRow, rows)


def generation_of(tx: Transaction, person: str, message: str) -> int | None:
    """The latest generation of the links of that kind that were made for somebody; None when there was none."""
    theirs = col(TokenRow.council) == tx.council, col(TokenRow.person) == person, col(TokenRow.message) == message
    return tx.session.exec(select(func.max(TokenRow.generation)).where(*theirs)).one()


def give_feed(tx: Transaction, sha256: str, claims: TokenClaims, *, at: datetime, who: str = audit.DAYMARK) -> None:
    """Keeps the token of a calendar feed; from a second generation on it makes the earlier ones dead."""
    if tx.session.get(TokenRow, (tx.council, sha256)):
        return
    keep(tx, {sha256: claims}, at=at)
    what = "calendar link replaced" if claims.generation else "calendar link made"
    audit.record(tx, [Event(what=what, who=who, for_whom=claims.person)], at=at)
