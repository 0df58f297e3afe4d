"""Probes of the channels: sent, and brought back by our own mailbox."""

from datetime import datetime

from sqlmodel import col, select

from models.store.texts import storable
from models.store.transaction import Transaction
from models.tables import ProbeRow
from timeline.assurance.round_trip import Probed


def sent(tx: Transaction, sha256: str, *, channel: str, outcome: str, why: str, returns: bool, at: datetime) -> None:
    """Keeps that a message to ourselves was handed to a channel, or was not."""
    row = ProbeRow(council=tx.council, sha256=sha256, channel=channel, sent_at=at, outcome=outcome, why=storable(why),
                   returns=returns)  # fmt: skip
    tx.session.merge(row)


def returned(tx: Transaction, sha256: str, *, at: datetime) -> bool:
    """Our mailbox brought it back; False when it is none of ours. The first time counts."""
    row = tx.session.get(ProbeRow, (tx.council, sha256))
    if row is None:
        return False
    row.returned_at = row.returned_at or at
    return True


def last_probes(tx: Transaction) -> dict[str, Probed]:
    """The last probe of each channel, by name."""
    rows = select(ProbeRow).where(col(ProbeRow.council) == tx.council).order_by(col(ProbeRow.sent_at))
    parts = Probed._fields
    return {row.channel: Probed(*(getattr(row, name) for name in parts)) for row in tx.session.exec(rows)}
