"""Erase what its time is over: a batch in a transaction, with an event that counts and names nothing.

The chain stays whole: it holds digests, and each text goes with its salt.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, tuple_, update
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit import free_text as blanking
from models.store.audit import free_text as texts
from models.store.audit import legal_hold as holding
from models.store.audit.audit import Event
from models.store.base.json_values import canonical, read
from models.store.base.transaction import Transaction
from models.store.definitions import timelines
from models.store.inbound.absences import ENDED, SET
from models.store.people.directory import ABSENCES, PERSON
from models.store.privacy.identity import forget, people_left_before
from models.store.programme import updates
from models.tables import (
    AbsenceEndRow,
    AbsenceRow,
    AuditEventRow,
    DeadAddressRow,
    DeliveryRow,
    FreeTextRow,
    HeardAbsenceRow,
    ImportedRow,
    InboundRow,
    MessageRow,
    PauseRow,
    ResponseRow,
    Row,
)
from timeline.calendar.london import start_of_day
from timeline.definitions.retention import ExpiryBounds, RecordKind

# The events whose texts are days on which somebody is away, or is left alone.
DAYS_AWAY = (ABSENCES, ENDED, SET, "paused", "resumed")
# Those whose texts are what the directory knew of somebody.
DIRECTORY = (PERSON, "person imported")
TYPED = "who"
"""The name under which an event of a pause keeps the typed name: every other text of such an event is JSON."""
Counts = Iterator[tuple[str, int]]
# Rows refer to what people typed by these columns; whatever else is typed is referred to by the chain alone.
RAW_MAIL = ((InboundRow, "sender"), (InboundRow, "text"))
WORDS = ((ResponseRow, "text"),)
PROOF = ((ResponseRow, "evidence"), (ResponseRow, "answered_by"))
# The data of an import on a person is in force as long as the import.
IN_FORCE = ((ImportedRow, "definition"),)


def erase_expired(
    tx: Transaction, kind: RecordKind, over: ExpiryBounds, *, at: datetime, limit: int
) -> Mapping[str, int]:
    """Erase at most `limit` rows of each sort that belongs to this kind and whose time is over; gives how many, by
    sort, and nothing when nothing is left. Raise OnHold.
    """
    holding.refuse_while_held(tx)
    counts = {sort: number for sort, number in _BATCHES[kind](tx, over, at, limit) if number}
    event = Event(what=f"{kind.value} erased", ref=tx.council, after=canonical(counts), why="Their time was over.")
    audit.record(tx, [event] if counts else [], at=at)
    return counts


def expired_files(tx: Transaction, number: int, *, at: datetime) -> None:
    """Say that so many caught mails are about to be deleted, whose time was over. Raise OnHold."""
    holding.refuse_while_held(tx)
    event = Event(what="caught mail erased", ref=tx.council, after=str(number), why="Their time was over.")
    audit.record(tx, [event], at=at)


def _raw_mail(tx: Transaction, over: ExpiryBounds, at: datetime, limit: int) -> Counts:
    digests = _typed(tx, RAW_MAIL, InboundRow.received_at, over.raw_mail_before, limit)
    yield "texts", texts.erase(tx, digests, at=at)


def _free_text(tx: Transaction, over: ExpiryBounds, at: datetime, limit: int) -> Counts:
    digests = _typed(tx, WORDS, ResponseRow.at, over.free_text_before, limit)
    events = select(AuditEventRow.texts).where(
        col(AuditEventRow.council) == tx.council,
        col(AuditEventRow.at) < over.free_text_before,
        col(AuditEventRow.what) != ABSENCES,
        col(AuditEventRow.texts) != "{}",
    )
    yield "texts", texts.erase(tx, [*digests, *_in_the_chain_alone(tx, events, limit - len(digests))], at=at)


def _absences(tx: Transaction, over: ExpiryBounds, at: datetime, limit: int) -> Counts:
    heard = _gone(tx, HeardAbsenceRow, col(HeardAbsenceRow.until_on) < over.absences_before, limit=limit)
    past = (col(day) < over.absences_before for day in (AbsenceEndRow.until_on, AbsenceEndRow.last_on))
    ended = _gone(tx, AbsenceEndRow, *past, limit=limit)
    stated = _gone(tx, AbsenceRow, col(AbsenceRow.until_on) < over.absences_before, limit=limit)
    paused = col(PauseRow.person) != "", col(PauseRow.until_on) < over.absences_before
    pauses = _gone(tx, PauseRow, *paused, limit=limit)
    yield "absences", heard + ended + stated
    yield "pauses", pauses
    events = select(AuditEventRow.texts).where(
        col(AuditEventRow.council) == tx.council, col(AuditEventRow.what).in_(DAYS_AWAY)
    )
    bodies = texts.bodies(tx, _in_the_chain_alone(tx, events, None, without=TYPED))
    # A list with an absence too old goes whole: those still running stand in the directory besides.
    old = (digest for digest, body in bodies.items() if _names_one_before(over, body))
    erased = texts.erase(tx, list(old)[:limit], at=at)
    if heard + ended + stated + pauses + erased:
        timelines.changed_by_erasing(tx)
    yield "texts", erased
    # Deputies were told until when, and people who came back what was sent meanwhile.
    begun = start_of_day(over.absences_before)
    about = or_(*(col(MessageRow.key).startswith(kind) for kind in ("away/", "back/")))
    told = blanking.worded(tx, about, col(MessageRow.composed_at) < begun, limit=limit)
    yield "messages", blanking.blank(tx, told)


def _ledger(tx: Transaction, over: ExpiryBounds, at: datetime, limit: int) -> Counts:
    before = over.ledger_before
    if before is None:
        return
    yield "messages", blanking.blank(tx, blanking.worded(tx, col(MessageRow.composed_at) < before, limit=limit))
    yield "deliveries", _unsaid(tx, before, limit)
    yield "texts", texts.erase(tx, _typed(tx, WORDS + PROOF, ResponseRow.at, before, limit), at=at)
    unsaid = updates.erase_words(tx, before=before, limit=limit)
    if unsaid:
        timelines.changed_by_erasing(tx)
    yield "updates", unsaid
    yield "dead addresses", _gone(tx, DeadAddressRow, col(DeadAddressRow.since_at) < before, limit=limit)
    yield "people", forget(tx, people_left_before(tx, before)[:limit])


_BATCHES: dict[RecordKind, Callable[[Transaction, ExpiryBounds, datetime, int], Counts]] = {
    RecordKind.RAW_MAIL: _raw_mail,
    RecordKind.ABSENCES: _absences,
    RecordKind.FREE_TEXT: _free_text,
    RecordKind.LEDGER: _ledger,
}


def _typed(
    tx: Transaction, columns: tuple[tuple[type[Row], str], ...], when: Any, before: datetime, limit: int
) -> list[str]:
    """Find the digests of texts not erased yet to which these columns of rows from before that instant refer."""
    digests: list[str] = []
    for table, name in columns:
        mine, digest = col(table.council), col(getattr(table, name))  # type: ignore[attr-defined]
        same = (col(FreeTextRow.council) == mine) & (col(FreeTextRow.digest) == digest)
        rows = select(FreeTextRow.digest).join(table, same)
        old = mine == tx.council, col(when) < before, col(FreeTextRow.erased_at).is_(None)
        digests += tx.session.exec(rows.where(*old).limit(limit - len(digests)))
    return digests


def _in_the_chain_alone(tx: Transaction, events: Any, limit: int | None, *, without: str = "") -> list[str]:
    """Find the texts that these events name, not erased yet, to which no row refers; leave out those of that name."""
    kept = select(FreeTextRow.digest).where(
        col(FreeTextRow.council) == tx.council, col(FreeTextRow.erased_at).is_(None)
    )
    for table, name in RAW_MAIL + WORDS + PROOF + IN_FORCE:
        column = col(getattr(table, name))
        referred = select(column).where(col(table.council) == tx.council, column.is_not(None))
        kept = kept.where(col(FreeTextRow.digest).not_in(referred))
    left = set(tx.session.exec(kept))
    digests: list[str] = []
    for named in tx.session.exec(events).yield_per(500) if left else ():
        parts = read(dict[str, str], named).items()
        digests += [digest for name, digest in parts if digest in left and name != without]
        if limit is not None and len(digests) >= limit:
            break
    return digests[:limit]


def _names_one_before(over: ExpiryBounds, body: str) -> bool:
    """Tell whether an absence or pause, or any of a list of them, has ended before."""
    held = json.loads(body)
    absences = held if isinstance(held, list) else [held]
    return any(away["until_on"] < over.absences_before.isoformat() for away in absences)


def _gone(tx: Transaction, table: type[Row], *which: Any, limit: int) -> int:
    """Delete rows: nothing refers to them."""
    key = [column for column in table.__table__.primary_key if column.name != "council"]  # type: ignore[attr-defined]
    mine = col(table.council) == tx.council  # type: ignore[attr-defined]
    batch = select(*key).where(mine, *which).limit(limit)
    return tx.session.exec(delete(table).where(mine, tuple_(*key).in_(batch))).rowcount


def _unsaid(tx: Transaction, before: datetime, limit: int) -> int:
    """Blank the servers' replies, which repeat addresses; that a server replied, and when, stays."""
    mine = col(DeliveryRow.council) == tx.council
    key = (col(DeliveryRow.message), col(DeliveryRow.attempt))
    said = (col(DeliveryRow.text) != "") | (col(DeliveryRow.reference) != "")
    batch = select(*key).where(mine, col(DeliveryRow.at) < before, said).limit(limit)
    return tx.session.exec(
        update(DeliveryRow).where(mine, tuple_(*key).in_(batch)).values(text="", reference="")
    ).rowcount
