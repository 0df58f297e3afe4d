"""What came in: each message once, what was made of it, and the list that a person must look through."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from models.store import audit, texts
from models.store.audit import Event
from models.store.transaction import Transaction, add_missing
from models.tables import HeardAbsenceRow, InboundRow
from timeline.inbound import AlreadyHeard, Inbound, InboundState
from timeline.people import Absence

_TYPED = ("sender", "text")
_PARTS = tuple(name for name in Inbound.__dataclass_fields__ if name not in _TYPED)


def heard(tx: Transaction, id_: str) -> bool:
    """Whether that message came in before."""
    return tx.session.get(InboundRow, (tx.council, id_)) is not None


def hear(tx: Transaction, inbound: Inbound) -> None:
    """Keeps a message of which no answer was made. Raises AlreadyHeard when it came in before."""
    add(tx, inbound)


def hear_absence(tx: Transaction, inbound: Inbound, absence: Absence) -> None:
    """Keeps the days of an absence and nothing else of the message that told of them. Raises AlreadyHeard."""
    add(tx, inbound)
    parts = {name: getattr(absence, name) for name in Absence.__dataclass_fields__}
    add_missing(tx.session, HeardAbsenceRow, [parts | {"council": tx.council, "heard_at": inbound.received_at}])


def held(tx: Transaction) -> tuple[Inbound, ...]:
    """What waits for a person's eyes, the oldest first."""
    rows = select(InboundRow).where(col(InboundRow.council) == tx.council, col(InboundRow.state) == InboundState.HELD)
    found = list(tx.session.exec(rows.order_by(col(InboundRow.received_at))))
    bodies = texts.bodies(tx, [digest for row in found for digest in (row.sender, row.text)])
    return tuple(_inbound(row, bodies) for row in found)


def close(tx: Transaction, id_: str, *, at: datetime, who: str, erase: bool = False) -> bool:
    """Takes a message off the review list, and erases its words where asked; False when it is not on it."""
    mine = col(InboundRow.council) == tx.council, col(InboundRow.id) == id_, col(InboundRow.state) == InboundState.HELD
    closed = update(InboundRow).where(*mine)
    if tx.session.exec(closed.values(state=InboundState.CLOSED, closed_by=who, closed_at=at)).rowcount != 1:
        return False
    row = tx.session.get_one(InboundRow, (tx.council, id_))
    if erase:
        texts.erase(tx, [digest for digest in (row.sender, row.text) if digest], at=at)
    what = "message reviewed and its words erased" if erase else "message reviewed"
    audit.record(tx, [Event(what=what, ref=row.milestone or id_, who=who)], at=at)
    return True


def add(tx: Transaction, inbound: Inbound) -> None:
    """Within a step that writes more. Raises AlreadyHeard when it came in before."""
    if heard(tx, inbound.id):
        raise AlreadyHeard(inbound.id)
    typed = texts.keep(tx, {name: getattr(inbound, name) for name in _TYPED})
    parts: dict[str, Any] = {name: getattr(inbound, name) for name in _PARTS}
    tx.session.add(InboundRow(council=tx.council, **parts | typed))
    tx.session.flush()
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
