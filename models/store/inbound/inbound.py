"""Keep received messages: each recorded once, with what was made of it, and the review list."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit import free_text as texts
from models.store.audit import legal_hold as holding
from models.store.audit.audit import Event
from models.store.audit.orders import record_in_name
from models.store.base import prepared
from models.store.base.noted import note_added
from models.store.base.seals import sealed_columns
from models.store.base.transaction import Transaction
from models.store.outbox import composing as sending
from models.store.outbox.composing import OutgoingNotice
from models.store.programme import updates as programme
from models.tables import InboundRow
from timeline.answers.inbound import AlreadyReceived, Inbound, InboundState
from timeline.delivery.messages import MessageState
from timeline.programme.updates import RecordUpdate

_TYPED = ("sender", "text")
_PARTS = tuple(name for name in Inbound.__dataclass_fields__ if name not in _TYPED)
_ADD = prepared.Prepared(prepared.ADD_INBOUND.returning(*sealed_columns(InboundRow)))
_LEFT = tuple(set(MessageState) - {MessageState.WAITING, MessageState.FAILED, MessageState.WITHDRAWN})


def was_received(tx: Transaction, id_: str) -> bool:
    """Tell whether that message was received before."""
    mine = {"of_council": tx.council, "of_id": id_}
    return prepared.RECEIVED.row(tx.connection, mine) is not None


def record(
    tx: Transaction, inbound: Inbound, *, notice: OutgoingNotice | None = None, updates: Sequence[RecordUpdate] = ()
) -> None:
    """Record a message from which no response was made, what it adds to records of the programme, and the notice that
    goes back. Raise AlreadyReceived.
    """
    add(tx, inbound, notice=notice)
    for given in updates:
        programme.update(tx, given, at=given.at)


def held(tx: Transaction) -> tuple[Inbound, ...]:
    """Read the messages on the review list, the oldest first."""
    rows = select(InboundRow).where(col(InboundRow.council) == tx.council, col(InboundRow.state) == InboundState.HELD)
    inbound_rows = list(tx.session.exec(rows.order_by(col(InboundRow.received_at))))
    bodies = texts.bodies(tx, [digest for row in inbound_rows for digest in (row.sender, row.text)])
    return tuple(_inbound(row, bodies) for row in inbound_rows)


def close(tx: Transaction, id_: str, *, at: datetime, who: str, erase: bool = False) -> bool:
    """Take a message off the review list, and erase its words where asked; False when it is not on it.

    Raise OnHold when its words must not be erased: it stays on the list.
    """
    if erase:
        holding.refuse_while_held(tx)
    mine = col(InboundRow.council) == tx.council, col(InboundRow.id) == id_, col(InboundRow.state) == InboundState.HELD
    closed = update(InboundRow).where(*mine)
    if tx.session.exec(closed.values(state=InboundState.CLOSED, closed_by=who, closed_at=at)).rowcount != 1:
        return False
    row = tx.session.get_one(InboundRow, (tx.council, id_))
    if erase:
        texts.erase(tx, [digest for digest in (row.sender, row.text) if digest], at=at)
    what = "message reviewed and its words erased" if erase else "message reviewed"
    record_in_name(tx, Event(what=what, ref=row.milestone or id_), at=at, who=who)
    return True


def add(tx: Transaction, inbound: Inbound, *, notice: OutgoingNotice | None = None) -> None:
    """Add a message within a larger step. A notice whose key is taken was written before, and is not written again.

    Raise AlreadyReceived when the message came in before.
    """
    if was_received(tx, inbound.id):
        raise AlreadyReceived(inbound.id)
    if notice:
        sending.compose(tx, notice.message, token_hashes=notice.token_hashes, at=inbound.received_at)
    typed = texts.keep(tx, {name: getattr(inbound, name) for name in _TYPED})
    parts: dict[str, Any] = {name: getattr(inbound, name) for name in _PARTS}
    row = {"council": tx.council} | parts | dict.fromkeys(_TYPED) | typed
    note_added(tx.session, InboundRow, [added._asdict() for added in _ADD.rows(tx.connection, row)])
    event = Event(
        what=f"message {inbound.state.value}",
        ref=inbound.milestone or inbound.id,
        who=inbound.by,
        for_whom=inbound.person,
        via=inbound.via,
        after=inbound.kind,
        why=inbound.why,
        texts=typed,
    )
    audit.record(tx, [event], at=inbound.received_at)


def _inbound(row: InboundRow, bodies: Mapping[str, str]) -> Inbound:
    parts: dict[str, Any] = {name: getattr(row, name) for name in _PARTS}
    return Inbound(**parts | {name: bodies.get(getattr(row, name) or "", "") for name in _TYPED})
