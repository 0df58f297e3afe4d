"""People who have left: their row stays, because what was said to them refers to it, without who they were."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from models.store import timelines
from models.store.transaction import Transaction
from models.tables import ImportedKind, ImportedRow, PersonRow

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
}


def left_before(tx: Transaction, before: datetime) -> list[str]:
    """The keys of those whom the timeline has not named since before that instant, nor an import, and who still have a
    name.
    """
    mine = col(PersonRow.council) == tx.council, col(PersonRow.dropped_at) < before, col(PersonRow.name) != NOBODY
    imported = select(ImportedRow.key).where(
        col(ImportedRow.council) == tx.council, col(ImportedRow.kind) == ImportedKind.PERSON
    )
    rows = select(PersonRow.key).where(*mine, col(PersonRow.key).not_in(imported))
    return list(tx.session.exec(rows.order_by(col(PersonRow.key))))


def forget(tx: Transaction, keys: Collection[str]) -> int:
    """Takes name, address and numbers away; gives how many people."""
    if not keys:
        return 0
    timelines.changed_by_erasing(tx)
    mine = update(PersonRow).where(col(PersonRow.council) == tx.council, col(PersonRow.key).in_(keys))
    return tx.session.exec(mine.values(**FORGOTTEN)).rowcount
