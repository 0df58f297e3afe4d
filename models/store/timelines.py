"""The council's timeline, read back as the heart knows it."""

from dataclasses import replace

from sqlmodel import select

from models.store import directory, duties, facts
from models.store.definitions import read
from models.store.errors import StoreError
from models.store.transaction import Transaction
from models.tables import CouncilRow, OffDayKind
from timeline.calendar import WorkingHours
from timeline.council import Council, CouncilTimeline


def timeline(tx: Transaction, hours: WorkingHours) -> CouncilTimeline:
    """The timeline in force; `hours` are a setting, not the council's. Raises StoreError when none was applied."""
    definition = tx.session.exec(select(CouncilRow.definition).where(CouncilRow.key == tx.council)).one_or_none()
    if not definition:
        raise StoreError(f"There is no council “{tx.council}” in this database: apply its timeline first.")
    stated = directory.stored(tx)
    return CouncilTimeline(
        council=read(Council, definition),
        obligations=duties.stored(tx),
        facts=facts.stored(tx),
        directory=replace(stated, absences=(*stated.absences, *directory.heard_absences(tx))),
        proclaimed_bank_holidays=directory.days_off(tx, OffDayKind.BANK_HOLIDAY),
        closure_days=directory.days_off(tx, OffDayKind.CLOSURE),
        hours=hours,
    )
