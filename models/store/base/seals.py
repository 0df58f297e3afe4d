"""Keep seals: the digest of every record, kept in the audit chain, so that a record changed outside Daymark is noticed.

A transaction notes which records it touches; when it ends, the digests of those that changed go into the chain with its
last event. What can be erased is digested with a random salt, which each change replaces: once the words are erased,
nobody can prove from the chain what stood there. A column that is empty is left out, so that a later version may add
columns that are empty in earlier rows; a version that renames or fills a column must seal anew.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Select, delete, select, tuple_
from sqlmodel import Session

from models.store.base.at_once import insert_or_replace, insert_rows
from models.store.base.json_values import canonical
from models.store.base.prepared import OF_COUNCIL, THESE, Prepared, connection_of, table_of
from models.tables import (
    AbsenceEndRow,
    AbsenceRow,
    BriefingRow,
    DeliveryRow,
    FactRow,
    HeardAbsenceRow,
    HolderRow,
    ImportedRow,
    InboundRow,
    MessageRow,
    PauseRow,
    PersonRow,
    PostRow,
    ProgrammeRow,
    ProgrammeUpdateRow,
    PromptRow,
    ReportReleaseRow,
    ResponseRow,
    Row,
    SealRow,
)
from timeline.delivery.messages import MessageState

KEYS: dict[type[Row], tuple[str, ...]] = {
    ResponseRow: ("milestone", "sequence"),
    MessageRow: ("key",),
    DeliveryRow: ("message", "attempt"),
    PromptRow: ("milestone", "due_on", "rung", "person", "repeat"),
    FactRow: ("id",),
    InboundRow: ("id",),
    BriefingRow: ("milestone", "due_on"),
    PauseRow: ("id",),
    PersonRow: ("key",),
    PostRow: ("key",),
    HolderRow: ("position",),
    AbsenceRow: ("position",),
    ImportedRow: ("kind", "key"),
    HeardAbsenceRow: ("number",),
    AbsenceEndRow: ("number",),
    ProgrammeRow: ("number",),
    ProgrammeUpdateRow: ("number",),
    ReportReleaseRow: ("number",),
}
"""The records that are sealed, by what names them. Occurrences and tasks are not: the rules give them anew."""
ERASABLE = (
    *(MessageRow, DeliveryRow, PersonRow, AbsenceRow, HeardAbsenceRow, AbsenceEndRow, PauseRow),
    ProgrammeUpdateRow,
)
GONE = ""
"""In place of the digest of a record that was removed."""
_NOT_SEALED: dict[type[Row], tuple[str, ...]] = {
    MessageRow: ("attempts", "claimed_at", "claimed_by", "next_attempt_at", "receipt")
}
# How far a message on its way has come says each attempt.
_ON_ITS_WAY = (MessageState.WAITING, MessageState.SENDING, MessageState.UNCERTAIN)
TOUCHED, ADDED = "daymark_touched", "daymark_added"
"""The places in a session's info of what is noted of it (see `noted`)."""
# Databases take no more than some 32,000 values in a statement.
_AT_ONCE = 1_000

Key = tuple[Any, ...]
Values = Mapping[Any, Any]
Touched = dict[type[Row], set[Key]]
Added = dict[str, Values | None]
"""The records that a session has added, as the database gave them back; None when they may have changed since."""


def reseal(session: Session, council: str) -> dict[str, str]:
    """Seal the records that this session has changed; return their digests by name."""
    session.flush()
    touched: Touched = session.info.pop(TOUCHED, {})
    added: Added = session.info.pop(ADDED, {})
    each = [(table, key) for table, keys in touched.items() for key in sorted(keys, key=repr)]
    changed: dict[str, str] = {}
    for start in range(0, len(each), _AT_ONCE):
        changed |= _resealed(connection_of(session), council, each[start : start + _AT_ONCE], added)
    return changed


def seal_all(session: Session, council: str) -> Iterator[dict[str, str]]:
    """Seal every record as it stands, some at a time: those of a database that is older than its seals."""
    for table in KEYS:
        yield from seal_table(session, council, table)


def seal_table(session: Session, council: str, table: type[Row]) -> Iterator[dict[str, str]]:
    """Seal every record of a table as it stands, some at a time."""
    columns = [table_of(table).c[name] for name in KEYS[table]]
    mine = select(*columns).where(table_of(table).c.council == council)
    keys = [(table, tuple(row)) for row in connection_of(session).execute(mine)]
    for start in range(0, len(keys), _AT_ONCE):
        yield _resealed(connection_of(session), council, keys[start : start + _AT_ONCE])


def records(
    connection: Connection, council: str, table: type[Row], keys: Sequence[Key] | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read what seals cover of these records, or of all of a table, by name."""
    given: dict[str, Any] = {"of_council": council}
    if keys is not None:
        given["these"] = [key[0] for key in keys] if len(KEYS[table]) == 1 else list(keys)
    for row in connection.execute(_reading(table, some=keys is not None), given).yield_per(500).mappings():
        yield name_of(table, tuple(row[name] for name in KEYS[table])), covered(table, dict(row))


def covered(table: type[Row], values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty, and how far a message on its way has come."""
    if table is MessageRow and values["state"] in _ON_ITS_WAY:
        values["state"] = ""
    return {name: value for name, value in values.items() if value}


def name_of(table: type[Row], key: Key) -> str:
    """Name a record as the chain does, such as "response/plo-panel/2/papers/0"."""
    return "/".join([str(table.__tablename__), *(str(part) for part in key)])


def digest(name: str, values: Mapping[str, Any], salt: str) -> str:
    """Compute the digest of a record."""
    return sha256(f"{salt}\n{name}\n{canonical(values)}".encode()).hexdigest()


@cache
def sealed_columns(table: type[Row]) -> tuple[Any, ...]:
    """List the columns that a seal covers: an insert returns them (see `noted.note_added`)."""
    left_out = ("council", *_NOT_SEALED.get(table, ()))
    return tuple(column for column in table_of(table).c if column.name not in left_out)


@cache
def _reading(table: type[Row], *, some: bool) -> Select[Any]:
    """Build the statement once: every change runs it."""
    columns = table_of(table).c
    rows = select(*sealed_columns(table)).where(columns.council == OF_COUNCIL)
    if not some:
        return rows
    named = [columns[name] for name in KEYS[table]]
    return rows.where(named[0].in_(THESE) if len(named) == 1 else tuple_(*named).in_(THESE))


_SEALS = table_of(SealRow)
_KNOWN = select(_SEALS.c.record, _SEALS.c.salt, _SEALS.c.digest).where(
    _SEALS.c.council == OF_COUNCIL, _SEALS.c.record.in_(THESE)
)
_BROKEN = delete(_SEALS).where(_SEALS.c.council == OF_COUNCIL, _SEALS.c.record.in_(THESE))
_NOTHING: Added = {}
_PUT = Prepared(insert_or_replace(SealRow, ("council", "record"), ("salt", "digest")))


def _resealed(
    connection: Connection, council: str, touched: Sequence[tuple[type[Row], Key]], added: Added = _NOTHING
) -> dict[str, str]:
    names = {name_of(table, key): table for table, key in touched}
    older = [name for name in names if name not in added]
    known_seals = connection.execute(_KNOWN, {"of_council": council, "these": older}) if older else ()
    seals = {record: (salt, known) for record, salt, known in known_seals}
    new, there = [], set()
    for name, values in _as_they_stand(connection, council, touched, added):
        there.add(name)
        salt, known = seals.get(name, ("", ""))
        if not known or digest(name, values, salt) != known:
            salt = secrets.token_hex(16) if names[name] in ERASABLE else ""
            new.append({"council": council, "record": name, "salt": salt, "digest": digest(name, values, salt)})
    if new:
        insert_rows(connection, _PUT, new)
    gone = [name for name in names if name in seals and name not in there]
    if gone:
        connection.execute(_BROKEN, {"of_council": council, "these": gone})
    return {seal["record"]: seal["digest"] for seal in new} | dict.fromkeys(gone, GONE)


def _as_they_stand(
    connection: Connection, council: str, touched: Sequence[tuple[type[Row], Key]], added: Added
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give what seals cover of these records: of those just added as the database gave it back, of others anew."""
    others: dict[type[Row], list[Key]] = {}
    for table, key in touched:
        name = name_of(table, key)
        if values := added.get(name):
            yield name, covered(table, dict(values))
        else:
            others.setdefault(table, []).append(key)
    for table, keys in others.items():
        yield from records(connection, council, table, keys)
