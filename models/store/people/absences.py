"""Keep absences that automatic replies gave, and the last days that people stated since. The timeline's own lie
apart.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select

from models.store.base.transaction import Transaction, add_missing
from models.tables import AbsenceEndRow, HeardAbsenceRow
from timeline.definitions.absences import Absence, AbsenceEnd, KnownAbsence, known_absences

_PARTS = tuple(AbsenceEnd.__dataclass_fields__)


def known(tx: Transaction, stated: Iterable[Absence], *, until: datetime | None = None) -> tuple[KnownAbsence, ...]:
    """Read what is known of every absence, with those that the timeline and the imports state; or was known by then."""
    return known_absences(stated, _heard(tx, until), _ends(tx, until))


def add_heard(tx: Transaction, absence: Absence, *, at: datetime) -> None:
    """Add an absence of an automatic reply; the same days are kept once."""
    parts = {name: getattr(absence, name) for name in Absence.__dataclass_fields__}
    kept = {"council": tx.council, "heard_at": at, "number": _next(tx, HeardAbsenceRow)}
    add_missing(tx.session, HeardAbsenceRow, [parts | kept])


def add_end(tx: Transaction, end: AbsenceEnd, *, at: datetime) -> None:
    """Add the last day of an absence as a person stated it."""
    parts = {name: getattr(end, name) for name in _PARTS}
    tx.session.add(AbsenceEndRow(council=tx.council, number=_next(tx, AbsenceEndRow), stated_at=at, **parts))
    tx.session.flush()


def changed_at(tx: Transaction) -> list[datetime]:
    """List the instants at which an absence was heard, or its last day stated."""
    heard = select(HeardAbsenceRow.heard_at).where(col(HeardAbsenceRow.council) == tx.council)
    ended = select(AbsenceEndRow.stated_at).where(col(AbsenceEndRow.council) == tx.council)
    return [*tx.session.exec(heard), *tx.session.exec(ended)]


def _heard(tx: Transaction, until: datetime | None) -> list[Absence]:
    rows = select(HeardAbsenceRow).where(col(HeardAbsenceRow.council) == tx.council)
    rows = rows.where(col(HeardAbsenceRow.heard_at) <= until) if until else rows
    return [
        Absence(person=row.person, from_on=row.from_on, until_on=row.until_on)
        for row in tx.session.exec(rows.order_by(col(HeardAbsenceRow.from_on)))
    ]


def _ends(tx: Transaction, until: datetime | None) -> list[AbsenceEnd]:
    rows = select(AbsenceEndRow).where(col(AbsenceEndRow.council) == tx.council)
    rows = rows.where(col(AbsenceEndRow.stated_at) <= until) if until else rows
    return [
        AbsenceEnd(**{name: getattr(row, name) for name in _PARTS})
        for row in tx.session.exec(rows.order_by(col(AbsenceEndRow.number)))
    ]


def _next(tx: Transaction, table: Any) -> int:
    last = select(func.max(table.number)).where(col(table.council) == tx.council)
    return (tx.session.exec(last).one() or 0) + 1
