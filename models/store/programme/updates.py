"""Keep what is added to the records of the programme: each update stands beside the earlier ones."""

from datetime import datetime

from sqlmodel import col, func, select

from models.store.audit.audit import Event
from models.store.audit.orders import record_in_name
from models.store.base.json_values import compact, read
from models.store.base.transaction import Transaction
from models.tables import ProgrammeUpdateRow
from timeline.programme.updates import KINDS, RecordUpdate, without_words

UPDATED = "record updated"
"""The event of an update; its `ref` is the record, `before` the kind of what was added. Its seal is salted: once the
words are erased, nobody can prove from the chain what stood there."""


def updates(tx: Transaction, *, at: datetime) -> tuple[RecordUpdate, ...]:
    """Read the updates of an instant and earlier, in the order in which they were entered."""
    mine = col(ProgrammeUpdateRow.council) == tx.council, col(ProgrammeUpdateRow.at) <= at
    rows = select(ProgrammeUpdateRow).where(*mine).order_by(col(ProgrammeUpdateRow.number))
    return tuple(_read(row) for row in tx.session.exec(rows))


def counted(tx: Transaction) -> int:
    """Give the number of the last update; 0 before the first."""
    mine = col(ProgrammeUpdateRow.council) == tx.council
    return tx.session.exec(select(func.max(ProgrammeUpdateRow.number)).where(mine)).one() or 0


def erase_words(tx: Transaction, *, before: datetime, limit: int) -> int:
    """Erase what people typed into updates from before an instant, with who entered them; give how many updates."""
    old = col(ProgrammeUpdateRow.council) == tx.council, col(ProgrammeUpdateRow.at) < before
    rows = select(ProgrammeUpdateRow).where(*old, col(ProgrammeUpdateRow.who) != "")
    erased = list(tx.session.exec(rows.order_by(col(ProgrammeUpdateRow.number)).limit(limit)))
    for row in erased:
        bare = without_words(_read(row))
        row.definition, row.who = compact(bare.part), bare.who
    return len(erased)


def _read(row: ProgrammeUpdateRow) -> RecordUpdate:
    return RecordUpdate(record=row.record, part=read(KINDS[row.kind], row.definition), at=row.at, who=row.who)


def update(tx: Transaction, given: RecordUpdate, *, at: datetime) -> bool:
    """Add an update; False when the very same was the last of its record, as of a form that was sent twice."""
    mine = col(ProgrammeUpdateRow.council) == tx.council
    theirs = select(ProgrammeUpdateRow).where(mine, col(ProgrammeUpdateRow.record) == given.record)
    last = tx.session.exec(theirs.order_by(col(ProgrammeUpdateRow.number).desc()).limit(1)).one_or_none()
    text = compact(given.part)
    if last and (last.kind, last.definition) == (given.kind, text):
        return False
    row = {"record": given.record, "kind": given.kind, "definition": text}
    tx.session.add(ProgrammeUpdateRow(council=tx.council, number=counted(tx) + 1, at=at, who=given.who, **row))
    tx.session.flush()
    record_in_name(tx, Event(what=UPDATED, ref=given.record, before=given.kind), at=at, who=given.who)
    return True
