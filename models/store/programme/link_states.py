"""Keep when each link of the programme was asked last, and when it last answered."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from sqlmodel import col, select

from models.store.base.transaction import Transaction
from models.tables import LinkAnswerRow
from timeline.programme.links import Fate, LinkState


def states(tx: Transaction, addresses: Iterable[str]) -> dict[str, LinkState]:
    """Read what is known of these addresses, by address; of any that was never asked, nothing."""
    rows = tx.session.exec(select(LinkAnswerRow).where(col(LinkAnswerRow.council) == tx.council))
    kept = {row.sha256: row for row in rows}
    return {address: _state(kept[key]) for address in addresses if (key := _digest(address)) in kept}


def keep_states(tx: Transaction, given: Mapping[str, LinkState]) -> None:
    """Keep what came back of each address, in place of what was known."""
    for address, state in given.items():
        parts = {name: getattr(state, name) for name in LinkState.__dataclass_fields__}
        tx.session.merge(LinkAnswerRow(council=tx.council, sha256=_digest(address), **parts))


def _state(row: LinkAnswerRow) -> LinkState:
    return LinkState(asked_at=row.asked_at, fate=Fate(row.fate), why=row.why, answered_at=row.answered_at)


def _digest(address: str) -> str:
    return sha256(address.encode()).hexdigest()
