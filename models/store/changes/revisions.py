"""Keep revisions: each change by command, with what is needed to undo it, the latest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, update
from sqlmodel import col, func, select

from models.store.base.engine import StoreError
from models.store.base.transaction import Transaction
from models.tables import RevisionKind, RevisionRow

KEPT = 10
"""So many of the last applies and imports keep what stood before them (decision 0025)."""


class Revision(NamedTuple):
    """Hold a change: `what` is apply, record, move, import or undo; `taken_back` when an undo took it back."""

    number: int
    what: str
    at: datetime
    who: str
    source: str
    taken_back: bool = False


def add(
    tx: Transaction,
    what: RevisionKind,
    *,
    at: datetime,
    who: str,
    source: str,
    added: Sequence[int] = (),
    superseded: Sequence[int] = (),
    before: str | None = None,
    takes_back: int | None = None,
) -> int:
    """Add a revision, and give its number; drop what stood before older applies."""
    last = tx.session.exec(select(func.max(RevisionRow.number)).where(_mine(tx))).one() or 0
    row = RevisionRow(
        council=tx.council,
        number=last + 1,
        what=what,
        at=at,
        who=who,
        source=source,
        before=before,
        added=list(added),
        superseded=list(superseded),
        takes_back=takes_back,
    )
    tx.session.add(row)
    tx.session.flush()
    holding = select(RevisionRow.number).where(_mine(tx), col(RevisionRow.before).is_not(None))
    numbers = list(tx.session.exec(holding.order_by(col(RevisionRow.number).desc())))[KEPT:]
    if numbers:
        old = update(RevisionRow).where(_mine(tx), col(RevisionRow.number).in_(numbers))
        tx.session.exec(old.values(before=None))
    return row.number


def last(tx: Transaction) -> RevisionRow:
    """Read the last change that still stands. Raise StoreError when none can be undone."""
    revision_rows = _standing(tx)
    if not revision_rows:
        raise StoreError("There is nothing to take back: nothing was changed by command since it can be.")
    row = revision_rows[-1]
    if is_first(tx, row):
        return row
    if row.what is RevisionKind.HANDOVER:
        raise StoreError(f"The last change is the handover of {row.source}: say daymark handover --take-back.")
    if row.what in (RevisionKind.APPLY, RevisionKind.IMPORT) and row.before is None:
        what = f"the {row.what.value} of {row.source}"
        raise StoreError(f"What stood before {what} is no longer kept (the last {KEPT} are).")
    return row


def last_number(tx: Transaction) -> int | None:
    """Return the number of the last change that still stands; None when there is none."""
    revision_rows = _standing(tx)
    return revision_rows[-1].number if revision_rows else None


def refuse_other(tx: Transaction, number: int) -> None:
    """Raise StoreError when that change is not the last one that still stands: somebody else was faster."""
    standing = {row.number: row for row in _standing(tx)}
    if number in standing and number == max(standing):
        return
    given = tx.session.get(RevisionRow, (tx.council, number))
    if given is None or given.what is RevisionKind.UNDO:
        raise StoreError(f"There is no change {number} to take back: expected the number of an apply, record, move or "
                         "import.")  # fmt: skip
    what = f"Change {number}, the {given.what.value} of {given.source},"
    if number not in standing:
        raise StoreError(f"{what} is taken back already: nothing was changed now.")
    later = standing[max(standing)]
    raise StoreError(
        f"{what} is not the last one: take back change {later.number} first, the {later.what.value} of {later.source}."
    )


def is_first(tx: Transaction, row: RevisionRow) -> bool:
    """Tell whether this is the apply before which nothing was stated: every other keeps, or kept, what stood before."""
    return row.what is RevisionKind.APPLY and row.before is None and row.number == _standing(tx)[0].number


def _standing(tx: Transaction) -> list[RevisionRow]:
    """Read the changes that were not taken back, in order."""
    back = _taken_back(tx)
    rows = select(RevisionRow).where(_mine(tx), col(RevisionRow.what) != RevisionKind.UNDO)
    return [row for row in tx.session.exec(rows.order_by(col(RevisionRow.number))) if row.number not in back]


def revisions(tx: Transaction) -> tuple[Revision, ...]:
    """List every change by command, the first first."""
    back = _taken_back(tx)
    rows = tx.session.exec(select(RevisionRow).where(_mine(tx)).order_by(col(RevisionRow.number)))
    return tuple(revision(row, taken_back=row.number in back) for row in rows)


def revision(row: RevisionRow, *, taken_back: bool = False) -> Revision:
    return Revision(row.number, row.what.value, row.at, row.who, row.source, taken_back)


def _taken_back(tx: Transaction) -> set[int | None]:
    return set(tx.session.exec(select(RevisionRow.takes_back).where(_mine(tx))))


def _mine(tx: Transaction) -> ColumnElement[bool]:
    return col(RevisionRow.council) == tx.council
