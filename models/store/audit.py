"""The audit chain: what changed, who did it and why, each event bound to the one before by its hash."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import insert, update
from sqlmodel import col, select

from models.store import texts
from models.store.definitions import canonical
from models.store.transaction import CHAIN_START, Transaction
from models.tables import AuditEventRow, CouncilRow, FreeTextRow

DAYMARK = "daymark"
"""Who acts when nobody does: the programme itself."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """What is to go into the chain. `ref` is what it is about: an item, a message, a post, a council.

    `texts` are digests of words people typed (see `texts.keep`), by the part of the event they are: `who`, `why`,
    `evidence`. The chain holds nothing else of them.
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


@dataclass(frozen=True, kw_only=True)
class AuditEvent:
    """An event of the chain as it stands: `texts` are digests by name, `previous` and `hash` its two links."""

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
    previous: str
    hash: str

    def expected_hash(self) -> str:
        """What `hash` must be: the SHA-256 of everything else as canonical JSON."""
        parts = {name: value for name, value in asdict(self).items() if name != "hash"}
        return sha256(canonical(parts).encode()).hexdigest()


def record(tx: Transaction, happened: Sequence[Event], *, at: datetime) -> None:
    """Adds events to the end of the chain, in this order."""
    if not happened:
        return
    # The council's row is the counter: whoever holds it writes, and nobody else can take the same numbers.
    mine = col(CouncilRow.key) == tx.council
    last, head = tx.session.exec(
        update(CouncilRow)
        .where(mine)
        .values(audit_sequence=col(CouncilRow.audit_sequence) + len(happened))
        .returning(col(CouncilRow.audit_sequence), col(CouncilRow.audit_head))
    ).one()
    rows = []
    for sequence, event in enumerate(happened, start=last - len(happened) + 1):
        linked = _linked(tx, event, sequence, head, at)
        head = linked.hash
        rows.append(asdict(linked) | {"texts": canonical(linked.texts)})
    tx.session.exec(insert(AuditEventRow), params=rows)
    tx.session.exec(update(CouncilRow).where(mine).values(audit_head=head))


def _linked(tx: Transaction, event: Event, sequence: int, previous: str, at: datetime) -> AuditEvent:
    unsigned = AuditEvent(council=tx.council, sequence=sequence, at=at, previous=previous, hash="", **asdict(event))
    return replace(unsigned, hash=unsigned.expected_hash())


def events(tx: Transaction, after: int = 0) -> tuple[AuditEvent, ...]:
    """The chain from the event after that number."""
    return tuple(_chain(tx, after))


def _chain(tx: Transaction, after: int = 0) -> Iterator[AuditEvent]:
    rows = (
        select(AuditEventRow)
        .where(col(AuditEventRow.council) == tx.council, col(AuditEventRow.sequence) > after)
        .order_by(col(AuditEventRow.sequence))
    )
    for row in tx.session.exec(rows).yield_per(500):
        yield event_of(row)


def event_of(row: AuditEventRow) -> AuditEvent:
    """The event of a row of the chain."""
    return AuditEvent(**row.model_dump() | {"texts": json.loads(row.texts)})


def verify(tx: Transaction) -> int | None:
    """None when the chain is whole, else the number of the first event that is missing or was changed."""
    changed = _changed_texts(tx)
    sequence, head = 0, CHAIN_START
    for event in _chain(tx):
        sequence += 1
        whole = (event.sequence, event.previous, event.hash) == (sequence, head, event.expected_hash())
        if not whole or changed & set(event.texts.values()):
            return sequence
        head = event.hash
    end = select(CouncilRow.audit_sequence, CouncilRow.audit_head).where(col(CouncilRow.key) == tx.council)
    return None if tx.session.exec(end).one_or_none() in ((sequence, head), None) else sequence + 1


def _changed_texts(tx: Transaction) -> set[str]:
    kept = select(FreeTextRow).where(col(FreeTextRow.council) == tx.council, col(FreeTextRow.erased_at).is_(None))
    found = tx.session.exec(kept).yield_per(500)
    return {row.digest for row in found if texts.salted(row.salt or "", row.body or "") != row.digest}
