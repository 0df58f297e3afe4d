"""Keep the imports' data, kept apart from the file's: people by the digests under which they can be erased."""

import json
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from models.store.audit import free_text as texts
from models.store.audit.audit import Event
from models.store.base.json_values import read, written
from models.store.base.transaction import Transaction
from models.store.people import directory
from models.tables import ImportedKind, ImportedRow, PersonRow
from timeline.definitions.absences import Absence
from timeline.definitions.imports import Imported, ImportedPerson, ImportedPost, with_imports
from timeline.definitions.people import Directory, Person

_KEPT = ("kind", "key", "position", "source", "definition", "absences")


def stored(tx: Transaction) -> Imported:
    """Read the imports' data on each person and post, the latest import first, without people whose text was erased."""
    rows = _rows(tx)
    bodies = texts.bodies(tx, [digest for row in rows for digest in (row.definition, *(row.absences or ()))])
    people = (_person(row, bodies) for row in rows if row.kind is ImportedKind.PERSON and bodies.get(row.definition))
    posts = (read(ImportedPost, row.definition) for row in rows if row.kind is ImportedKind.POST)
    return Imported(people=tuple(people), posts=tuple(posts))


def over(tx: Transaction, stated: Directory) -> Directory:
    """Lay the imports over the directory that a file states."""
    imported = stored(tx)
    return with_imports(stated, imported) if imported.people or imported.posts else stated


def person(tx: Transaction, key: str) -> Person | None:
    """Read a person from the directory in force; None when nothing is known."""
    row = tx.session.get(PersonRow, (tx.council, key))
    stated = directory.person_of(row) if row else None
    imported = ImportedRow, (tx.council, ImportedKind.PERSON, key)
    if stated is None or tx.session.get(*imported) is None:
        return stated
    return over(tx, Directory(people={key: stated})).people[key]


def listed(tx: Transaction) -> frozenset[str]:
    """Read the keys of the people in the timeline in force or an import."""
    return frozenset({*directory.listed(tx), *(row.key for row in _rows(tx) if row.kind is ImportedKind.PERSON)})


def keep(tx: Transaction, given: Imported, *, at: datetime, who: str) -> list[Event]:
    """Store this as the imports' data on the people and posts that it names; return an event for each person."""
    first = min((row.position for row in _rows(tx)), default=0) - len(given.people) - len(given.posts)
    events = []
    for position, person in enumerate(given.people, start=first):
        kept = texts.keep(tx, {"after": written(replace(person, absences=None))})
        events.append(Event(what="person imported", ref=person.key, who=who, why=person.source, texts=kept))
        away = None if person.absences is None else _absences(tx, person.absences)
        if away:
            named = {f"after {n}": digest for n, digest in enumerate(away, start=1)}
            events.append(Event(what=directory.ABSENCES, ref=person.key, who=who, why=person.source, texts=named))
        _put(tx, ImportedKind.PERSON, person, position, kept["after"], away, at)
    for position, post in enumerate(given.posts, start=first + len(given.people)):
        _put(tx, ImportedKind.POST, post, position, written(post), None, at)
    tx.session.flush()
    return events


def forget(tx: Transaction, key: str) -> None:
    """Delete the imports' data on a person."""
    mine = col(ImportedRow.council) == tx.council, col(ImportedRow.kind) == ImportedKind.PERSON
    tx.session.exec(delete(ImportedRow).where(*mine, col(ImportedRow.key) == key))


def text(tx: Transaction) -> str:
    """Write the imports' data as text without names."""
    rows = [{name: getattr(row, name) for name in _KEPT} | {"at": row.imported_at.isoformat()} for row in _rows(tx)]
    return json.dumps({"imported": rows})


def restore(tx: Transaction, kept: str, *, who: str) -> list[Event]:
    """Restore the imports' data from that text; return what changed in the directory."""
    before = over(tx, directory.stored(tx))
    tx.session.exec(delete(ImportedRow).where(col(ImportedRow.council) == tx.council))
    tx.session.expire_all()
    for load in json.loads(kept)["imported"]:
        parts = {name: load[name] for name in _KEPT} | {"kind": ImportedKind(load["kind"])}
        row = ImportedRow(council=tx.council, imported_at=datetime.fromisoformat(load["at"]), **parts)
        tx.session.add(row)
    tx.session.flush()
    return directory.differences(tx, before, over(tx, directory.stored(tx)), who=who)


def _absences(tx: Transaction, absences: tuple[Absence, ...]) -> list[str]:
    """Store a text for each absence, so that each can be erased when its time is over."""
    return list(texts.keep(tx, {str(n): written(absence) for n, absence in enumerate(absences)}).values())


def _put(
    tx: Transaction,
    kind: ImportedKind,
    given: ImportedPerson | ImportedPost,
    position: int,
    definition: str,
    absences: list[str] | None,
    at: datetime,
) -> None:
    row = ImportedRow(
        council=tx.council,
        kind=kind,
        key=given.key,
        position=position,
        source=given.source,
        imported_at=at,
        definition=definition,
        absences=absences,
    )
    tx.session.merge(row)


def _person(row: ImportedRow, bodies: dict[str, str]) -> ImportedPerson:
    person = read(ImportedPerson, bodies[row.definition])
    if row.absences is None:
        return person
    away = (body for digest in row.absences if (body := bodies.get(digest)))
    return replace(person, absences=tuple(read(Absence, body) for body in away))


def _rows(tx: Transaction) -> list[ImportedRow]:
    rows = select(ImportedRow).where(col(ImportedRow.council) == tx.council)
    return list(tx.session.exec(rows.order_by(col(ImportedRow.position))))
