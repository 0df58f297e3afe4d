"""Tokens of links that stand in no message: those on the page of a person's own tasks."""

from collections.abc import Mapping
from datetime import datetime

from models.store.transaction import Transaction, add_missing
from models.tables import TokenRow
from timeline.messages import TokenOf


def keep(tx: Transaction, tokens: Mapping[str, TokenOf], *, at: datetime) -> None:
    """Keeps what tokens stand for, by their SHA-256 (hexadecimal); one that is kept already stays as it is."""
    rows = [
        {name: getattr(of, name) for name in TokenOf.__dataclass_fields__}
        | {"council": tx.council, "sha256": sha256, "made_at": at}
        for sha256, of in tokens.items()
    ]
    add_missing(tx.session, TokenRow, rows)
