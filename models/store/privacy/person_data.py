"""Gather all data on a person, as plain values in a fixed order, without other people's words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit import free_text as texts
from models.store.audit.audit import AuditEvent
from models.store.base.json_values import written
from models.store.base.transaction import Transaction
from models.store.people import imported
from models.store.privacy import named_rows
from models.store.privacy.identity import Known, answered_as, events_naming, events_typed, is_them, known_of
from models.store.privacy.retention import DAYS_AWAY, DIRECTORY, TYPED
from models.tables import (
    AbsenceEndRow,
    AbsenceRow,
    AuditEventRow,
    BriefingRow,
    DeadAddressRow,
    DeliveryRow,
    HeardAbsenceRow,
    HolderRow,
    InboundRow,
    MessageRow,
    PauseRow,
    PersonRow,
    PromptRow,
    ReportReleaseRow,
    ResponseRow,
    Row,
    TeamsChatRow,
    TokenRow,
)
from timeline.definitions.imports import ImportedPerson
from timeline.delivery.messages import TokenKind

Record = dict[str, Any]
_NOT_THEIRS = "council", "position"
_LINKS = (TokenKind.PAGE, TokenKind.EARLIER)


def person_data(tx: Transaction, person: str) -> Mapping[str, Any]:
    """Read the data on the person of that key: each part a list of records, but for the directory's own entry."""
    row = tx.session.get_one(PersonRow, (tx.council, person))
    known = known_of(tx, row)
    named = events_naming(tx, known)
    everywhere = sorted([*named, *events_typed(tx, known)], key=lambda each: each[0].sequence)
    return {
        "person": _record(row, *_NOT_THEIRS),
        "posts": _rows(tx, HolderRow, HolderRow.person, person),
        "absences": [
            *_rows(tx, AbsenceRow, AbsenceRow.person, person),
            *_rows(tx, HeardAbsenceRow, HeardAbsenceRow.person, person),
            *_rows(tx, AbsenceEndRow, AbsenceEndRow.person, person),
        ],
        "imported": [_plain_parts(given) for given in imported.stored(tx).people if given.key == person],
        "pauses": _rows(tx, PauseRow, PauseRow.person, person),
        "directory_history": list(_history(tx, person, [event for event, _ in named])),
        "answers": list(_answers(tx, known)),
        "handed_to_them": _rows(tx, ResponseRow, ResponseRow.delegated_to, person, only=("milestone", "at", "due_on")),
        "briefings_settled": _rows(
            tx, BriefingRow, BriefingRow.decided_by, person, only=("milestone", "due_on", "state", "decided_at")
        ),
        "reports_released": _rows(
            tx, ReportReleaseRow, ReportReleaseRow.released_by, person, only=("kind", "as_at", "released_at")
        ),
        "reminders": _prompts(tx, person),
        "messages": _messages(tx, person),
        "came_in": list(_came_in(tx, known)),
        "dead_addresses": _rows(tx, DeadAddressRow, DeadAddressRow.person, person),
        "teams_chats": _rows(tx, TeamsChatRow, TeamsChatRow.person, person),
        "programme_updates": list(named_rows.updates_entered(tx, known)),
        "changes_made": list(named_rows.changes_made(tx, known)),
        "reviews_closed": list(named_rows.reviews_closed(tx, known)),
        "orders_in_force": list(named_rows.orders_in_force(tx, known)),
        "links": _links(tx, TokenRow.person, person),
        "links_in_others_place": _links(tx, TokenRow.stand_in, person),
        "audit_events": [_event(event, how) for event, how in everywhere],
    }


def _plain_parts(person: ImportedPerson) -> Record:
    record: Record = json.loads(written(person))
    return record


def _rows(tx: Transaction, table: type[Row], column: Any, person: str, only: Sequence[str] = ()) -> list[Record]:
    rows = select(table).where(col(table.council) == tx.council, col(column) == person)  # type: ignore[attr-defined]
    key = [getattr(table, column.name) for column in table.__table__.primary_key]  # type: ignore[attr-defined]
    records = [_record(row, *_NOT_THEIRS, "person") for row in tx.session.exec(rows.order_by(*key))]
    return [{name: record[name] for name in only} for record in records] if only else records


def _links(tx: Transaction, column: Any, person: str) -> list[Record]:
    """List the links that open something; the tokens of replies and returned mails belong to the messages listed."""
    names = ("milestone", "due_on", "message", "made_at")
    tokens = _rows(tx, TokenRow, column, person, only=(*names, "kind"))
    return [{name: token[name] for name in names} for token in tokens if token["kind"] in _LINKS]


def _record(row: Any, *without: str) -> Record:
    """Give every column, those of later versions too."""
    names = (column.name for column in row.__table__.columns)
    return {name: _plain(getattr(row, name)) for name in names if name not in without}


def _history(tx: Transaction, person: str, events: Sequence[AuditEvent]) -> Iterator[Record]:
    """List what the directory held before; of absences only the person's own."""
    mine = [event for event in events if event.what in DIRECTORY and event.ref == person]
    away = select(AuditEventRow).where(col(AuditEventRow.council) == tx.council, col(AuditEventRow.what).in_(DAYS_AWAY))
    audit_events = sorted([*mine, *map(audit.event_of, tx.session.exec(away))], key=lambda event: event.sequence)
    bodies = texts.bodies(tx, [digest for event in audit_events for digest in event.texts.values()])
    for event in audit_events:
        parts = {
            name: _theirs(event, bodies.get(digest, ""), person)
            for name, digest in event.texts.items()
            if name != TYPED
        }
        if any(parts.values()) or event in mine:
            yield {"at": _plain(event.at), "what": event.what} | {name: text for name, text in parts.items() if text}


def _theirs(event: AuditEvent, body: str, person: str) -> Any:
    """Read the part of a stored text that is about the person; an erased text is empty."""
    if not body:
        return None
    held = json.loads(body)
    if event.what not in DAYS_AWAY:
        return held
    absences = held if isinstance(held, list) else [held]
    return [{name: away[name] for name in ("from_on", "until_on")} for away in absences if away["person"] == person]


def _answers(tx: Transaction, who: Known) -> Iterator[Record]:
    """Give those they gave, with their words; those somebody gave in their place, without that person's."""
    theirs = answered_as(tx, who)
    mine = col(ResponseRow.person) == who.key, col(ResponseRow.by) == who.key
    about = or_(*mine, col(ResponseRow.answered_by).in_(theirs))
    order = col(ResponseRow.at), col(ResponseRow.milestone), col(ResponseRow.sequence)
    rows = list(
        tx.session.exec(select(ResponseRow).where(col(ResponseRow.council) == tx.council, about).order_by(*order))
    )
    bodies = texts.bodies(tx, [digest for row in rows for digest in (row.text, row.evidence)])
    for row in rows:
        own = row.by == who.key or row.answered_by in theirs or not (row.by or row.answered_by)
        words = {name: bodies.get(getattr(row, name) or "", "") for name in ("evidence", "text")} if own else {}
        given = "for them by another" if not own else "by them" if row.person == who.key else "by them for another"
        yield {
            **{name: _plain(getattr(row, name)) for name in ("at", "milestone", "due_on", "answer", "via")},
            "given": given,
            **words,
        }


def _prompts(tx: Transaction, person: str) -> list[Record]:
    columns = (PromptRow.person, PromptRow.meant_for, PromptRow.deliver_to, PromptRow.stands_in_for)
    theirs = or_(*(col(column).in_([person, f"shadow/{person}"]) for column in columns))
    rows = select(PromptRow).where(col(PromptRow.council) == tx.council, theirs).order_by(col(PromptRow.id))
    wanted = ("milestone", "due_on", "rung", "repeat", "kind", "post", "send_at", "state", "reason", "accepted_at")
    return [
        {name: _plain(getattr(row, name)) for name in wanted}
        | {"meant_for_them": row.meant_for == person, "delivered_to_them": row.deliver_to == person}
        | {"in_their_place": row.stands_in_for == person}
        for row in tx.session.exec(rows)
    ]


def _messages(tx: Transaction, person: str) -> list[Record]:
    rows = select(MessageRow).where(col(MessageRow.council) == tx.council, col(MessageRow.deliver_to) == person)
    messages = list(tx.session.exec(rows.order_by(col(MessageRow.composed_at), col(MessageRow.key))))
    keys = [row.key for row in messages]
    attempts = select(DeliveryRow).where(col(DeliveryRow.council) == tx.council, col(DeliveryRow.message).in_(keys))
    made: dict[str, list[Record]] = {}
    for delivery_row in tx.session.exec(attempts.order_by(col(DeliveryRow.message), col(DeliveryRow.attempt))):
        made.setdefault(delivery_row.message, []).append(_record(delivery_row, *_NOT_THEIRS, "message"))
    wanted = ("composed_at", "channel", "kind", "subject", "state")
    return [
        {name: _plain(getattr(row, name)) for name in wanted} | {"deliveries": made.get(row.key, [])}
        for row in messages
    ]


def _came_in(tx: Transaction, who: Known) -> Iterator[Record]:
    """List what they sent, and messages that claim their address without proof."""
    rows = select(InboundRow).where(col(InboundRow.council) == tx.council).order_by(col(InboundRow.received_at))
    some = or_(col(InboundRow.by) == who.key, col(InboundRow.sender).is_not(None))
    inbound_rows = list(tx.session.exec(rows.where(some)))
    bodies = texts.bodies(tx, [digest for row in inbound_rows for digest in (row.sender, row.text)])
    for row in inbound_rows:
        sender = bodies.get(row.sender or "", "")
        if row.by == who.key or is_them(sender, who):
            yield {
                **{name: _plain(getattr(row, name)) for name in ("received_at", "via", "kind", "state", "why")},
                **{name: _plain(getattr(row, name)) for name in ("milestone", "due_on", "asks")},
                "proved": row.by == who.key,
                "sender": sender,
                "text": bodies.get(row.text or "", ""),
            }


def _event(event: AuditEvent, how: Sequence[str]) -> Record:
    told = {name: _plain(getattr(event, name)) for name in ("sequence", "at", "what", "ref", "via")}
    return told | {"named_in": list(how)}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value
