"""The council's timeline, read back as the heart knows it."""

from dataclasses import replace
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, Pool, bindparam, func
from sqlmodel import col, select

from models.store import directory, duties, facts
from models.store.definitions import read
from models.store.errors import StoreError
from models.store.transaction import Transaction
from models.tables import CouncilRow, HeardAbsenceRow, OffDayKind, RevisionRow
from timeline.calendar import WorkingHours
from timeline.council import Council, CouncilTimeline


class Version(NamedTuple):
    """What tells one timeline of a council from the next: every change of it is a revision, or an absence heard of."""

    council: str
    hours: WorkingHours
    definition: str
    digest: str
    revisions: int
    absences: int


# The last one read from each database: it changes once a week, and every answer asks for it. Filled by readers only,
# so that nothing is kept of a change that is rolled back.
_last_read: WeakKeyDictionary[Pool, dict[str, tuple[Version, CouncilTimeline]]] = WeakKeyDictionary()


def timeline(tx: Transaction, hours: WorkingHours) -> CouncilTimeline:
    """The timeline in force; `hours` are a setting, not the council's. Raises StoreError when none was applied."""
    version = _version(tx, hours)
    kept = _last_read.setdefault(tx.session.get_bind().engine.pool, {})
    last = kept.get(tx.council)
    if last is None or last[0] != version:
        last = kept[tx.council] = (version, _read(tx, version))
    return last[1]


def stored(tx: Transaction, hours: WorkingHours) -> CouncilTimeline:
    """The same within a change, as it stands at that moment."""
    return _read(tx, _version(tx, hours))


def _version_of() -> Any:
    """The statement, built once: it is asked for at every answer."""
    mine: BindParameter[str] = bindparam("council")
    revisions = select(func.count()).where(col(RevisionRow.council) == mine).scalar_subquery()
    absences = select(func.count()).where(col(HeardAbsenceRow.council) == mine).scalar_subquery()
    wanted = select(CouncilRow.definition, CouncilRow.digest, revisions, absences)
    return wanted.where(col(CouncilRow.key) == mine)


_VERSION = _version_of()


def _version(tx: Transaction, hours: WorkingHours) -> Version:
    row = tx.session.exec(_VERSION, params={"council": tx.council}).one_or_none()
    if row is None or not row[0]:
        raise StoreError(f"There is no council “{tx.council}” in this database: apply its timeline first.")
    return Version(tx.council, hours, *row)


def _read(tx: Transaction, version: Version) -> CouncilTimeline:
    stated = directory.stored(tx)
    return CouncilTimeline(
        council=read(Council, version.definition),
        obligations=duties.stored(tx),
        facts=facts.stored(tx),
        directory=replace(stated, absences=(*stated.absences, *directory.heard_absences(tx))),
        proclaimed_bank_holidays=directory.days_off(tx, OffDayKind.BANK_HOLIDAY),
        closure_days=directory.days_off(tx, OffDayKind.CLOSURE),
        hours=version.hours,
    )
