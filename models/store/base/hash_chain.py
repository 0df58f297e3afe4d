"""Write the audit chain: each event holds the hash of the previous event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from models.store.base import prepared
from models.store.base.at_once import insert_rows
from models.store.base.json_values import canonical, storable
from models.store.base.prepared import connection_of
from models.tables import AuditEventRow

CHAIN_START = "0" * 64
"""The hash that stands for the previous event in a council's first audit event."""
END = "daymark_chain_end"
"""The place in a session's info of the council whose turn it took last, and of the end of its chain: nobody moves it
since, and who extends it takes it out."""
DAYMARK = "daymark"
"""The programme itself, where no person acts."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Hold an event for the chain. `ref` is its subject: an item, a message, a post, a council.

    `texts` are digests of words people typed (see `texts.keep`), by the part of the event they are: `who`, `why`,
    `evidence`. The chain holds nothing else of them. `records` are the seals of the records that changed with the event
    or since the event before it, by name (see `seals`).
    """

    what: str
    ref: str = ""
    who: str = DAYMARK
    before: str = ""
    after: str = ""
    why: str = ""
    via: str = ""
    for_whom: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    records: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AuditEvent:
    """Hold an event of the chain as it stands: `texts` and `records` are digests by name, `previous` and `hash`
    links.
    """

    council: str
    sequence: int
    at: datetime
    who: str
    what: str
    ref: str
    before: str
    after: str
    why: str
    via: str
    for_whom: str
    texts: Mapping[str, str]
    records: Mapping[str, str]
    previous: str
    hash: str

    def expected_hash(self) -> str:
        """Compute what `hash` must be: the SHA-256 of everything else as canonical JSON."""
        return _hash({name: part for name, part in vars(self).items() if name != "hash"})

    def line(self) -> str:
        """Give all of it as canonical JSON, as an export holds it."""
        return _json(vars(self))


def _hash(signed: Mapping[str, object]) -> str:
    return sha256(_json(signed).encode()).hexdigest()


def _json(parts: Mapping[str, object]) -> str:
    """Leave out `records` where there are none, as in every event from before there were seals."""
    return canonical({name: part for name, part in parts.items() if part or name != "records"})


PARTS = tuple(AuditEvent.__dataclass_fields__)


class Happened(NamedTuple):
    """Hold an event that waits to be written, and its instant."""

    event: Event
    at: datetime


def extend(session: Session, council: str, happened: Sequence[Happened]) -> None:
    """Add events to the end of a council's chain, in this order. The caller holds the council's row: nobody else can
    take the same numbers.
    """
    session.flush()
    connection, mine = connection_of(session), {"of_council": council}
    of_council, end = session.info.pop(END, ("", None))
    last, head = end if of_council == council else prepared.CHAIN_END.rows(connection, mine)[0]
    rows = []
    for sequence, (event, at) in enumerate(happened, start=last + 1):
        linked = _linked(council, event, sequence, head, at)
        head = linked["hash"]
        rows.append(linked)
    insert_rows(connection, prepared.ADD_EVENTS, rows)
    prepared.MOVE_CHAIN_END.run(connection, mine | {"audit_sequence": last + len(rows), "audit_head": head})


def as_text(event: AuditEvent | Event) -> dict[str, str]:
    """Give the columns that hold JSON."""
    return {"texts": canonical(event.texts), "records": canonical(event.records) if event.records else ""}


def last_at(session: Session, council: str) -> datetime | None:
    """Give the instant of the last event; None before the first."""
    mine = select(AuditEventRow.at).where(col(AuditEventRow.council) == council)
    return session.exec(mine.order_by(col(AuditEventRow.sequence).desc()).limit(1)).one_or_none()


def _linked(council: str, event: Event, sequence: int, previous: str, at: datetime) -> dict[str, Any]:
    """Give the row of an event, whose hash is that of the `AuditEvent` that will be read from it."""
    given = {name: storable(part) if isinstance(part, str) else part for name, part in vars(event).items()}
    signed = given | {"council": council, "sequence": sequence, "at": at, "previous": previous}
    return signed | as_text(event) | {"hash": _hash(signed)}
