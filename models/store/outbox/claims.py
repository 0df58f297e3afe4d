"""Claim messages, each in its turn, and keep the receipt of the message before in the same transaction.

So a killed process leaves in doubt a single message of each of its lines at most. What a receipt means for the ledger
is written for several at once (see `settling`).
"""

import json
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Update, bindparam, exists, update
from sqlmodel import col, select

from models.store.base.json_values import canonical
from models.store.base.prepared import OF_COUNCIL, Prepared, table_of
from models.store.base.transaction import Transaction
from models.store.outbox.deliveries import DeliveryReceipt
from models.store.outbox.due import instants, to_be_sent
from models.store.outbox.statements import CHANGE_MESSAGE
from models.tables import CouncilRow, MessageRow, PauseRow
from timeline.delivery.messages import MessageState

_MESSAGE = table_of(MessageRow)
_THIS = _MESSAGE.c.council == OF_COUNCIL, _MESSAGE.c.key == bindparam("of_key")
_ANY_PAUSE = 2**31 - 1


class HandedOver(NamedTuple):
    """Hold a message (its key) that a server accepted, and its receipt."""

    key: str
    receipt: DeliveryReceipt


def _claiming(*allowed: ColumnElement[bool]) -> Update:
    claimed = {"state": MessageState.SENDING, "claimed_at": bindparam("due_at"), "claimed_by": bindparam("by")}
    return update(_MESSAGE).where(*_THIS, *allowed).values(**claimed, attempts=_MESSAGE.c.attempts + 1)


_STOPPED = exists().where(col(CouncilRow.key) == OF_COUNCIL, col(CouncilRow.stopped_at).is_not(None))
_PAUSED_SINCE = exists().where(col(PauseRow.council) == OF_COUNCIL, col(PauseRow.id) > bindparam("last_pause"))
CLAIM = Prepared(_claiming(to_be_sent(), ~_STOPPED, ~_PAUSED_SINCE).returning(_MESSAGE.c.key))


def claim(
    connection: Connection,
    council: str,
    key: str,
    *,
    at: datetime,
    lease: timedelta,
    by: str = "",
    last_pause: int | None = None,
    after: HandedOver | None = None,
) -> bool:
    """Claim a message to send it; False when another has it, it no longer waits, or sending is stopped.

    Also when a pause was made after the sender's `last_pause`. `by` names the process that sends it. The receipt of the
    message that was handed over before, `after` which this is sent, is kept in any case.
    """
    if after:
        keep_receipt(connection, council, after)
    seen = _ANY_PAUSE if last_pause is None else last_pause
    given = {"of_council": council, "of_key": key, "by": by, "last_pause": seen}
    return CLAIM.row(connection, given | instants(at, lease)) is not None


def keep_receipt(connection: Connection, council: str, handed: HandedOver) -> None:
    """Keep the receipt of a message that a server accepted: no doubt is left about it, whenever the ledger has it."""
    kept = {"of_council": council, "of_key": handed.key, "receipt": canonical(asdict(handed.receipt))}
    CHANGE_MESSAGE.run(connection, kept)


def receipt_of(kept: str) -> DeliveryReceipt:
    """Read a receipt that was kept, by another version perhaps: what it does not know of it is left out."""
    parts: dict[str, Any] = json.loads(kept)
    known = {part.name: parts[part.name] for part in fields(DeliveryReceipt) if part.name in parts}
    # Only what a server accepted has a receipt that is kept.
    return DeliveryReceipt(**{"outcome": "accepted"} | known)


def claimants(tx: Transaction) -> tuple[str, ...]:
    """Name the processes that are sending something, as each named itself."""
    named = select(MessageRow.claimed_by).where(
        col(MessageRow.council) == tx.council,
        col(MessageRow.state) == MessageState.SENDING,
        col(MessageRow.claimed_by) != "",
    )
    return tuple(sorted(set(tx.session.exec(named))))
