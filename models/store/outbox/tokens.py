"""Keep tokens of links by their hash: of mails, of the page of a person's own tasks, of calendars and of boards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base import prepared
from models.store.base.transaction import Transaction, add_missing
from models.tables import TokenRow
from timeline.delivery.messages import TokenClaims


def token(tx: Transaction, sha256: str) -> TokenClaims | None:
    """Read the claims of the token of that SHA-256 (hexadecimal); None when we never made it."""
    mine = {"of_council": tx.council, "of_sha256": sha256}
    row = prepared.TOKEN.row(tx.connection, mine)
    return claims_of(row) if row else None


def claims_of(row: Row[Any]) -> TokenClaims:
    """Read the claims of a token from its row."""
    return TokenClaims(**{name: getattr(row, name) for name in TokenClaims.__dataclass_fields__})


def keep_tokens(tx: Transaction, tokens: Mapping[str, TokenClaims], *, at: datetime) -> None:
    """Store the claims of tokens by SHA-256 (hexadecimal); a token that is stored already stays as it is."""
    rows = [
        {name: getattr(claims, name) for name in TokenClaims.__dataclass_fields__}
        | {"council": tx.council, "sha256": sha256, "made_at": at}
        for sha256, claims in tokens.items()
    ]
    add_missing(tx.session, TokenRow, rows)


def token_generation(tx: Transaction, person: str, message: str) -> int | None:
    """Return the latest generation of the links of that kind for a person; None when there was none."""
    theirs = col(TokenRow.council) == tx.council, col(TokenRow.person) == person, col(TokenRow.message) == message
    return tx.session.exec(select(func.max(TokenRow.generation)).where(*theirs)).one()


def keep_lasting_token(
    tx: Transaction, sha256: str, claims: TokenClaims, *, at: datetime, who: str = audit.DAYMARK
) -> None:
    """Store the token of a calendar feed or of a board; each new generation makes the earlier tokens dead."""
    if tx.session.get(TokenRow, (tx.council, sha256)):
        return
    keep_tokens(tx, {sha256: claims}, at=at)
    what = f"{claims.message} link {'replaced' if claims.generation else 'made'}"
    audit.record(tx, [Event(what=what, who=who, for_whom=claims.person)], at=at)
