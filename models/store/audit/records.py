"""Compare the records with their seals in the audit chain: what was changed, removed or added outside Daymark."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from sqlmodel import col, func, select

from models.store.base import seals
from models.store.base.transaction import TAKEN_AS_THEY_STAND, Transaction
from models.tables import AuditEventRow, CouncilRow, PromptRow, ResponseRow, SealRow


class Altered(NamedTuple):
    """Hold a record that is not as the chain has it: `how` is "changed", "removed" or "added" outside Daymark.

    `event` is the number of the event that sealed it last, 0 when none did.
    """

    record: str
    how: str
    event: int

    def __str__(self) -> str:
        """Say it in a sentence."""
        since = f", after event {self.event}" if self.event else ""
        return f"The record {self.record} was {self.how} outside Daymark{since}."


class Sealed(NamedTuple):
    """Count how many records the chain seals, and the number of the event that took those of an older version as they
    stood (0: none). `altered` are those that are not as the chain has them.
    """

    records: int
    taken_as_they_stood: int
    altered: tuple[Altered, ...]


def verify_records(tx: Transaction) -> Sealed | None:
    """Compare every record with the chain; None while those of an older version are not sealed yet.

    This trusts the chain, which `verify` checks.
    """
    known, taken = _known(tx)
    if not known and not _is_sealed(tx):
        return None
    altered = tuple(_altered(tx, known))
    return Sealed(len(known), taken, altered)


def digests(tx: Transaction) -> Iterator[tuple[str, str]]:
    """Compute the digest of every record as it stands, by name."""
    mine = select(SealRow.record, SealRow.salt).where(col(SealRow.council) == tx.council)
    salts = dict(tx.session.exec(mine).all())
    for table in seals.KEYS:
        for name, values in seals.records(tx.session.connection(), tx.council, table):
            yield name, seals.digest(name, values, salts.get(name, ""))


def digest_list(tx: Transaction) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Compute the digest of every record as it stands, by name, after the number of the last event of that instant."""
    last = select(func.max(AuditEventRow.sequence)).where(col(AuditEventRow.council) == tx.council)
    return tx.session.exec(last).one() or 0, tuple(digests(tx))


def _altered(tx: Transaction, known: dict[str, tuple[str, int]]) -> Iterator[Altered]:
    left = dict(known)
    for name, digest in digests(tx):
        sealed, event = left.pop(name, ("", 0))
        if not sealed:
            yield Altered(name, "added", 0)
        elif sealed != digest:
            yield Altered(name, "changed", event)
    yield from (Altered(name, "removed", event) for name, (_, event) in left.items())


def _known(tx: Transaction) -> tuple[dict[str, tuple[str, int]], int]:
    """Read the last seal of each record, and the number of the event that took older records as they stood."""
    known: dict[str, tuple[str, int]] = {}
    taken, others = 0, False
    rows = select(AuditEventRow.sequence, AuditEventRow.what, AuditEventRow.records).where(
        col(AuditEventRow.council) == tx.council, col(AuditEventRow.records) != ""
    )
    for sequence, what, records in tx.session.exec(rows.order_by(col(AuditEventRow.sequence))).yield_per(500):
        if what == TAKEN_AS_THEY_STAND:
            if others:  # it happens once, before all else: it was asked for outside Daymark
                continue
            taken = taken or sequence
        others = others or what != TAKEN_AS_THEY_STAND
        for name, digest in json.loads(records).items():
            known.pop(name, None)
            if digest != seals.GONE:
                known[name] = (digest, sequence)
    return known, taken


def _is_sealed(tx: Transaction) -> bool:
    sealed = select(CouncilRow.sealed).where(col(CouncilRow.key) == tx.council)
    return bool(tx.session.exec(sealed).one_or_none())


# What was said and answered about a task; a name of each begins with its table and the task.
_OF_TASKS = tuple(str(table.__tablename__) for table in (PromptRow, ResponseRow))
_MOST_EVENTS = 2_000


def tasks_touched(tx: Transaction, since: tuple[int, str]) -> frozenset[str] | None:
    """Name the tasks about which a record was changed since that end of the chain.

    None when all may have changed: the chain is another one, words were erased, or too much has happened to look at it
    event by event.
    """
    sequence, head = since
    columns = AuditEventRow.hash, AuditEventRow.what, AuditEventRow.records
    mine = col(AuditEventRow.council) == tx.council, col(AuditEventRow.sequence) >= sequence
    rows = select(*columns).where(*mine).order_by(col(AuditEventRow.sequence)).limit(_MOST_EVENTS)
    then, *later = tx.session.exec(rows).all() or [("", "", "")]
    if then[0] != head or len(later) + 1 == _MOST_EVENTS or any(what.endswith("erased") for _, what, _ in later):
        return None
    names = (name.split("/") for *_, records in later if records for name in json.loads(records))
    return frozenset("/".join(name[1:4]) for name in names if name[0] in _OF_TASKS)
