"""Read the whole trail of an item: every event about it, and every attempt to say something about it."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit import free_text as texts
from models.store.audit.audit import AuditEvent
from models.store.base.transaction import Transaction
from models.tables import AuditEventRow, DeliveryRow, MessageRow, MilestoneRow, PromptRow

_ERASED = "(erased)"
# The attempt itself says it, with the server's words.
_SAID_BY_THE_ATTEMPT = {"message accepted", "message waiting"}


class Trail(NamedTuple):
    """Hold a line of a trail; `who` and `via` may be empty."""

    at: datetime
    who: str
    what: str
    via: str
    why: str


def trail(tx: Transaction, ref: str) -> tuple[Trail, ...]:
    """List everything that happened to an occurrence or a milestone, and to the messages about it, in order."""
    theirs = select(MilestoneRow.ref).where(
        col(MilestoneRow.council) == tx.council, col(MilestoneRow.occurrence) == ref
    )
    refs = {ref, *tx.session.exec(theirs)}
    said = select(PromptRow.message).where(
        col(PromptRow.council) == tx.council,
        col(PromptRow.milestone).in_(refs),
        col(PromptRow.message).is_not(None),
    )
    messages = {key for key in tx.session.exec(said) if key}
    events = select(AuditEventRow).where(
        col(AuditEventRow.council) == tx.council, col(AuditEventRow.ref).in_(refs | messages)
    )
    # Sorted here: asked to sort, SQLite walks through the whole chain.
    rows = sorted(tx.session.exec(events), key=lambda row: row.sequence)
    audit_events = [audit.event_of(row) for row in rows if row.what not in _SAID_BY_THE_ATTEMPT]
    bodies = texts.bodies(tx, [digest for event in audit_events for digest in event.texts.values()])
    lines = [*(_line(event, bodies) for event in audit_events), *_attempts(tx, messages)]
    return tuple(sorted(lines, key=lambda line: line.at))


def _line(event: AuditEvent, bodies: Mapping[str, str]) -> Trail:
    typed = {name: bodies.get(digest) or _ERASED for name, digest in event.texts.items()}
    who = typed.get("who") or event.who
    why = [typed.get("why") or event.why, *(f"{name}: {text}" for name, text in typed.items() if name == "evidence")]
    parts = [part for part in (_changed(event.before, event.after), *why) if part]
    return Trail(event.at, _for(who, event.for_whom), event.what, event.via, "; ".join(parts))


def _changed(before: str, after: str) -> str:
    """Say in words what changed: "due on 2019-11-28 → 2019-12-05"."""
    if not (before and after):
        return ""
    if not before.startswith("{"):
        return f"{before} → {after}"
    was, now = json.loads(before), json.loads(after)
    names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    return ", ".join(f"{name.replace('_', ' ')} {was.get(name)} → {now.get(name)}" for name in names)


def _for(who: str, for_whom: str) -> str:
    return f"{who} for {for_whom}" if for_whom else who


def _attempts(tx: Transaction, messages: set[str]) -> Iterator[Trail]:
    rows = (
        select(DeliveryRow, MessageRow.channel, MessageRow.deliver_to)
        .join(
            MessageRow, and_(col(MessageRow.council) == DeliveryRow.council, col(MessageRow.key) == DeliveryRow.message)
        )
        .where(col(DeliveryRow.council) == tx.council, col(DeliveryRow.message).in_(messages))
        .order_by(col(DeliveryRow.at), col(DeliveryRow.attempt))
    )
    for row, channel, deliver_to in tx.session.exec(rows):
        said = " ".join(str(part) for part in (row.code, row.enhanced, row.text) if part)
        who = _for(audit.DAYMARK, deliver_to)
        yield Trail(row.at, who, f"attempt {row.attempt}: {row.outcome}", channel, said)
