"""Find the identity of a person, and where the store names them: by key, or in typed words."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, update
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit import free_text as texts
from models.store.audit.audit import AuditEvent
from models.store.base.transaction import Transaction
from models.store.definitions import timelines
from models.store.people import imported, teams_chats
from models.tables import AuditEventRow, FreeTextRow, ImportedKind, ImportedRow, PersonRow, PostRow, ResponseRow

NOBODY = "Somebody who has left"
# RFC 2606: no mail can ever reach it, and no mail can come from it.
NOWHERE = "nobody@erased.invalid"
FORGOTTEN: dict[str, Any] = {
    "name": NOBODY,
    "address": NOWHERE,
    "channels": [],
    "teams": "",
    "phone": "",
    "works": [],
    "shared": False,
}


def people_left_before(tx: Transaction, before: datetime) -> list[str]:
    """List the keys of the people who left before that instant, are in no import, and still have a name."""
    mine = col(PersonRow.council) == tx.council, col(PersonRow.dropped_at) < before, col(PersonRow.name) != NOBODY
    imported = select(ImportedRow.key).where(
        col(ImportedRow.council) == tx.council, col(ImportedRow.kind) == ImportedKind.PERSON
    )
    rows = select(PersonRow.key).where(*mine, col(PersonRow.key).not_in(imported))
    return list(tx.session.exec(rows.order_by(col(PersonRow.key))))


def forget(tx: Transaction, keys: Collection[str]) -> int:
    """Erase name, address and numbers; return how many people."""
    if not keys:
        return 0
    timelines.changed_by_erasing(tx)
    teams_chats.forget(tx, keys)
    mine = update(PersonRow).where(col(PersonRow.council) == tx.council, col(PersonRow.key).in_(keys))
    return tx.session.exec(mine.values(**FORGOTTEN)).rowcount


class Known(NamedTuple):
    """Hold a person of the directory, also when the timeline no longer names them; `spelled` is what names them in a
    text: name and address, but no name that is the title of a post, and nothing of a forgotten person.
    """

    key: str
    address: str
    spelled: tuple[str, ...]


def find_people(tx: Transaction, address: str) -> tuple[Known, ...]:
    """Find the people with that address, in any case; where nobody has it, the person with that key."""
    wanted = address.strip().lower()
    rows = tx.session.exec(select(PersonRow).where(col(PersonRow.council) == tx.council).order_by(col(PersonRow.key)))
    everybody = [(row, _addresses(tx, row)) for row in rows]
    of_address = [row for row, addresses in everybody if wanted in addresses and wanted != NOWHERE]
    return tuple(known_of(tx, row) for row in of_address or [row for row, _ in everybody if row.key == wanted])


def _addresses(tx: Transaction, row: PersonRow) -> set[str]:
    """Return the address of the timeline, and that of an import."""
    now = imported.person(tx, row.key)
    return {row.address.lower(), *([now.address.lower()] if now else [])}


def known_of(tx: Transaction, row: PersonRow) -> Known:
    """Describe the person of that row."""
    titles = {
        title.casefold() for title in tx.session.exec(select(PostRow.title).where(col(PostRow.council) == tx.council))
    }
    now = imported.person(tx, row.key) or row
    words = dict.fromkeys((now.name, now.address, row.name, row.address))
    mine = (word for word in words if word not in (NOBODY, NOWHERE) and word.casefold() not in titles)
    return Known(row.key, now.address, tuple(mine))


def events_naming(tx: Transaction, who: Known) -> list[tuple[AuditEvent, tuple[str, ...]]]:
    """Find the events that name the person, with the parts that do: by key, or in words that were typed plainly."""
    parts = ("who", "for_whom", "ref", "before", "after", "why")
    columns = [col(getattr(AuditEventRow, name)) for name in parts]
    needles = (who.key, *who.spelled)
    some = or_(*(column.icontains(needle, autoescape=True) for column in columns for needle in needles))
    rows = select(AuditEventRow).where(col(AuditEventRow.council) == tx.council, some)
    events = (audit.event_of(row) for row in tx.session.exec(rows.order_by(col(AuditEventRow.sequence))))
    naming = ((event, tuple(part for part in parts if _names(getattr(event, part), who))) for event in events)
    return [(event, how) for event, how in naming if how]


def events_typed(tx: Transaction, who: Known) -> list[tuple[AuditEvent, tuple[str, ...]]]:
    """Find the events beside which the person's name was typed as an erasable text, with the names of those texts."""
    rows = select(AuditEventRow).where(col(AuditEventRow.council) == tx.council, col(AuditEventRow.texts) != "{}")
    events = [audit.event_of(row) for row in tx.session.exec(rows.order_by(col(AuditEventRow.sequence)))]
    bodies = texts.bodies(tx, [digest for event in events for digest in event.texts.values()])
    typed = (
        (event, tuple(name for name, digest in event.texts.items() if is_them(bodies.get(digest, ""), who)))
        for event in events
    )
    return [(event, how) for event, how in typed if how]


def names_in_words(text: str, who: Known) -> bool:
    """Tell whether a text names the person as people do: by name or address, whole words."""
    return any(re.search(spelled(words), text, re.IGNORECASE) for words in who.spelled)


def spelled(words: str) -> str:
    """Build a pattern for these words, however the lines are broken between them."""
    broken = r"\s+".join(map(re.escape, words.split()))
    return rf"(?<!\w){broken}(?!\w)"


def answered_as(tx: Transaction, who: Known) -> dict[str, str]:
    """Find the digests of the name of a person who answered for another, with the typed text."""
    typed = select(FreeTextRow.digest, FreeTextRow.body).join(
        ResponseRow,
        (col(ResponseRow.council) == FreeTextRow.council) & (col(ResponseRow.answered_by) == FreeTextRow.digest),
    )
    rows = tx.session.exec(typed.where(col(FreeTextRow.council) == tx.council, col(FreeTextRow.body).is_not(None)))
    return {digest: body for digest, body in rows if body and is_them(body, who)}


def is_them(body: str, who: Known) -> bool:
    """Tell whether a typed text is the person's name or address and nothing else."""
    return body.strip().casefold() in {words.casefold() for words in who.spelled}


def _names(value: str, who: Known) -> bool:
    return value == who.key or f'"{who.key}"' in value or f"shadow/{who.key}" == value or names_in_words(value, who)
