"""Keep the statements of the improvement programme: an apply adds a statement, an undo states the earlier anew."""

from datetime import UTC, datetime
from typing import NamedTuple

from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.json_values import compact, digest_of, read
from models.store.base.transaction import Transaction
from models.store.programme import updates
from models.tables import ProgrammeRow
from timeline.calendar.london import london_date
from timeline.definitions.asked import Asked
from timeline.programme.asked.of_programme import asked_over_time
from timeline.programme.programme import Programme
from timeline.programme.sheets.plan_sheet import keeping_plan
from timeline.programme.updates import updated

CHANGED = "programme changed"
"""The event of a statement; its `before` and `after` are the digests, empty for no programme."""

_EVER = datetime.max.replace(tzinfo=UTC)


class Statement(NamedTuple):
    """Hold the programme as it was stated from an instant on, with the updates of its records.

    `is_earliest`: nothing had been stated by the instant asked for, so this is the first statement there is.
    """

    programme: Programme
    digest: str
    stated_at: datetime
    is_earliest: bool = False


def in_force(tx: Transaction) -> Programme | None:
    """Read the programme as its file states it now, without its updates; None where the council has stated none."""
    row = _last(tx)
    return read(Programme, row.definition) if row and row.definition else None


def known(tx: Transaction, *, at: datetime) -> Statement | None:
    """Read the programme as it was known at an instant; None where its first apply was taken back, or there was none.

    A council that began with Daymark later has told nothing by then: it is given what it stated first, and told so.
    """
    rows = _rows(tx)
    by_then = [row for row in rows if row.stated_at <= at]
    row = next(iter(by_then[-1:] or rows[:1]), None)
    if row is None or not row.definition:
        return None
    programme = updated(read(Programme, row.definition), updates.updates(tx, at=at))
    return Statement(programme, row.digest, row.stated_at, is_earliest=not by_then)


def mark(tx: Transaction) -> str:
    """Give a mark of the statement in force and its updates: it is another after each change of either."""
    row, counted = _last(tx), updates.counted(tx)
    return f"{row.number if row else 0}/{counted}"


def asked(tx: Transaction) -> Asked:
    """Read what the programme asks of its posts now, and whose its actions were since each statement."""
    added = updates.updates(tx, at=_EVER)
    stated = ((london_date(at), given and updated(given, added)) for at, given in statements(tx))
    return asked_over_time(tuple(stated))


def statements(tx: Transaction) -> tuple[tuple[datetime, Programme | None], ...]:
    """Read what the file has stated over time, without any update, each from its instant on."""
    return tuple((row.stated_at, read(Programme, row.definition) if row.definition else None) for row in _rows(tx))


def differs(tx: Transaction, given: Programme | None) -> bool:
    """Tell whether an apply of this programme would add a statement; none says nothing, and what was stated stays."""
    row = _last(tx)
    return given is not None and _text(tx, given) != (row.definition if row else "")


def state(tx: Transaction, given: Programme | None, *, revision: int, at: datetime, who: str, why: str) -> None:
    """State the programme by a change of that number; the same as before adds nothing."""
    if given is not None:
        _add(tx, _text(tx, given), revision=revision, at=at, who=who, why=why)


def carry(tx: Transaction, of: Transaction, *, revision: int, at: datetime, who: str, why: str) -> None:
    """State the programme of another council as it has stated it over time; where something is stated already, only as
    it stands.
    """
    rows = _rows(of)
    if rows and _last(tx):
        _add(tx, rows[-1].definition, revision=revision, at=at, who=who, why=why)
        return
    for row in rows:
        tx.session.add(
            ProgrammeRow(
                council=tx.council,
                number=row.number,
                stated_at=row.stated_at,
                revision=revision,
                digest=row.digest,
                definition=row.definition,
            )
        )
    tx.session.flush()
    event = Event(what=CHANGED, ref=tx.council, who=who, after=rows[-1].digest if rows else "", why=why)
    audit.record(tx, [event], at=at)


def take_back(tx: Transaction, taken: int, *, revision: int, at: datetime, who: str, why: str) -> None:
    """State anew what stood before the change `taken`, where that change stated something."""
    rows = _rows(tx)
    for before, row in zip([None, *rows], rows, strict=False):
        if row.revision == taken:
            _add(tx, before.definition if before else "", revision=revision, at=at, who=who, why=why)


def _text(tx: Transaction, given: Programme) -> str:
    return compact(keeping_plan(given, in_force(tx)))


def _add(tx: Transaction, text: str, *, revision: int, at: datetime, who: str, why: str) -> None:
    last = _last(tx)
    if text == (last.definition if last else ""):
        return
    number, before = (last.number + 1, last.digest) if last else (1, "")
    digest = digest_of(text) if text else ""
    row = ProgrammeRow(
        council=tx.council, number=number, stated_at=at, revision=revision, digest=digest, definition=text
    )
    tx.session.add(row)
    tx.session.flush()
    event = Event(what=CHANGED, ref=tx.council, who=who, before=before, after=digest, why=why)
    audit.record(tx, [event], at=at)


def _last(tx: Transaction) -> ProgrammeRow | None:
    mine = select(ProgrammeRow).where(col(ProgrammeRow.council) == tx.council)
    return tx.session.exec(mine.order_by(col(ProgrammeRow.number).desc()).limit(1)).one_or_none()


def _rows(tx: Transaction) -> list[ProgrammeRow]:
    mine = select(ProgrammeRow).where(col(ProgrammeRow.council) == tx.council)
    return list(tx.session.exec(mine.order_by(col(ProgrammeRow.number))))
