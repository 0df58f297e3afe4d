"""Run transactions: each public step of the store reads one snapshot, or writes alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, update
from sqlmodel import Session, col

from models.store.base import prepared
from models.store.base.conflicts import insert_missing
from models.store.base.engine import BEGIN, CLOCK, LaterThanClock, StoreError
from models.store.base.hash_chain import CHAIN_START, END, Event, Happened, extend, last_at
from models.store.base.prepared import table_of
from models.store.base.seals import KEYS, WatchedSession, keys_given, note, reseal, seal_all
from models.tables import CouncilRow, Row
from timeline.calendar.wording import date_and_time

RECORDS_CHANGED = "records changed"
"""The event of a change that is not worth a line in any trail."""
TAKEN_AS_THEY_STAND = "records taken as they stand"
"""The event that seals what an older version of Daymark has written."""

P = ParamSpec("P")
R = TypeVar("R")

# A typed instant may be rounded; more than a second would be borrowed.
_ROUNDING = timedelta(seconds=1)


@dataclass(frozen=True)
class Transaction:
    """Hold the session of a step, the council whose rows it may touch, and its events for the audit chain, which are
    written last, all at once.
    """

    session: Session
    council: str
    happened: list[Happened] = field(default_factory=list)


@dataclass(frozen=True)
class StoreGroup:
    """Hold the steps of a wing as methods on a council (its key) in a database."""

    engine: Engine
    council: str


@contextmanager
def reads_all(engine: Engine) -> Iterator[Session]:
    """Read across the councils of a database, in a single snapshot of it."""
    with _session(engine, "BEGIN", "REPEATABLE READ") as session:
        yield session


def reads(step: Callable[Concatenate[Transaction, P], R]) -> Callable[Concatenate[StoreGroup, P], R]:
    """Make the step a method that sees a single snapshot of the database from its first to its last statement."""

    @wraps(step)
    def method(group: StoreGroup, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with _session(group.engine, "BEGIN", "REPEATABLE READ") as session:
            return step(Transaction(session, group.council), *args, **kwargs)

    return method


def writes(
    step: Callable[Concatenate[Transaction, P], R], *, ahead: timedelta = _ROUNDING
) -> Callable[Concatenate[StoreGroup, P], R]:
    """Make the step a method that writes all or nothing; a council's writers wait for each other, on both databases.

    So writers cannot deadlock or see half of another's work, and the audit chain cannot fork. Raise LaterThanClock, and
    write nothing, for an instant that lies `ahead` of the database's clock by more than that.
    """
    return _writing(step, _take_turn, ahead)


def tries(step: Callable[Concatenate[Transaction, P], R]) -> Callable[Concatenate[StoreGroup, P], R]:
    """Make the step a method that writes, gives its outcome, and leaves everything as it was: for a look ahead."""

    @wraps(step)
    def method(group: StoreGroup, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with _session(group.engine, "BEGIN IMMEDIATE", "READ COMMITTED") as session:
            _take_turn(session, group.council)
            outcome = step(Transaction(session, group.council), *args, **kwargs)
            session.rollback()
            return outcome

    return method


def creates(step: Callable[Concatenate[Transaction, P], R]) -> Callable[Concatenate[StoreGroup, P], R]:
    """Make the step a method that writes, and first creates the council's row where there is none."""
    return _writing(step, _create_council, _ROUNDING)


def _writing(
    step: Callable[Concatenate[Transaction, P], R], begin: Callable[[Session, str], bool], ahead: timedelta
) -> Callable[Concatenate[StoreGroup, P], R]:
    @wraps(step)
    def method(group: StoreGroup, /, *args: P.args, **kwargs: P.kwargs) -> R:
        # IMMEDIATE: a writer that begins as a reader is refused at once when another was faster.
        refuse = partial(_refuse_later_than_clock, group.engine, step.__name__, ahead)
        refuse(_instants(args, kwargs))
        with _session(group.engine, "BEGIN IMMEDIATE", "READ COMMITTED", WatchedSession) as session:
            is_sealed = begin(session, group.council)
            tx = Transaction(session, group.council)
            done = step(tx, *args, **kwargs)
            refuse(event.at for event in tx.happened)
            _end(tx, is_sealed=is_sealed)
            return done

    return method


@contextmanager
def beside(tx: Transaction, council: str) -> Iterator[Transaction]:
    """Write for another council in the same transaction; its row is created where there is none.

    What this council has done until then goes to its chain first: seals are taken of one council at a time.
    """
    _end(tx, is_sealed=_take_turn(tx.session, tx.council))
    tx.happened.clear()
    other = Transaction(tx.session, council)
    is_sealed = _create_council(tx.session, council)
    yield other
    _end(other, is_sealed=is_sealed)


def _instants(args: Iterable[object], kwargs: Mapping[str, object]) -> Iterator[datetime]:
    """Give the instants for which a step is to write: its own `at`, and those of an answer, a mail or a run."""
    for name, given in (*(("", argument) for argument in args), *kwargs.items()):
        at = given if name == "at" else getattr(given, "at", None)
        if isinstance(at, datetime):
            yield at


def _refuse_later_than_clock(engine: Engine, step: str, ahead: timedelta, instants: Iterable[datetime]) -> None:
    clock = engine.get_execution_options().get(CLOCK)
    if clock is None:
        return
    now, at = clock(), max(instants, default=None)
    if at and at > now + ahead:
        raise LaterThanClock(
            f"Nothing was written ({step}) for {date_and_time(at)}: expected an instant up to the clock's, which is "
            f"{date_and_time(now)}."
        )


def _end(tx: Transaction, *, is_sealed: bool) -> None:
    """Write the transaction's events, the last with the seals of the records that it changed."""
    session, council = tx.session, tx.council
    sealed = reseal(session, council)
    if not (tx.happened or sealed):
        return
    happened = list(tx.happened)
    at = happened[0].at if happened else last_at(session, council)
    if sealed and at:
        last = happened.pop() if happened else Happened(Event(what=RECORDS_CHANGED, ref=council), at)
        happened.append(last._replace(event=replace(last.event, records=sealed)))
    taken = [] if is_sealed else _taken_as_they_stand(session, council)
    extend(session, council, [*(Happened(event, at) for event in taken if at), *happened])


def _taken_as_they_stand(session: Session, council: str) -> list[Event]:
    """Seal what an older version has written, once, before the first change by this version."""
    session.exec(update(CouncilRow).where(col(CouncilRow.key) == council).values(sealed=True))
    batches = (batch for batch in seal_all(session, council) if batch)
    return [Event(what=TAKEN_AS_THEY_STAND, ref=council, records=batch) for batch in batches]


@contextmanager
def _session(engine: Engine, begin: str, isolation_level: str, kind: type[Session] = Session) -> Iterator[Session]:
    options: dict[str, Any] = {"isolation_level": isolation_level}
    if engine.dialect.name == "sqlite":
        options = {BEGIN: begin}
    with kind(engine, expire_on_commit=False) as session, session.begin():
        session.connection(execution_options=options)
        yield session


def _take_turn(session: Session, council: str) -> bool:
    """Wait for the writer before; tell whether all records of the council are sealed."""
    row = session.connection().execute(prepared.MY_TURN, {"of_council": council}).one_or_none()
    if row is None:
        raise StoreError(f"There is no council “{council}” in this database: apply its timeline first.")
    session.info[END] = row.audit_sequence, row.audit_head
    return bool(row.sealed)


def _create_council(session: Session, council: str) -> bool:
    new = {"key": council, "name": council, "definition": "", "source": "", "digest": ""}
    add_missing(session, CouncilRow, [new | {"audit_head": CHAIN_START, "sealed": True}])
    return _take_turn(session, council)


def add_missing(session: Session, table: type[Row], rows: Sequence[dict[str, Any]], *returning: Any) -> list[Any]:
    """Add the rows whose keys are not there yet; return the `returning` columns of the added rows."""
    if not rows:
        return []
    # What it refers to goes in first, and the row itself past the ORM, which takes most of the time of an insert.
    session.flush()
    result = session.connection().execute(_adding(table, *(column.key for column in returning)), list(rows))
    if table in KEYS:
        note(session, table, keys_given(table, rows))
    return list(result) if returning else []


@cache
def _adding(table: type[Row], *returning: str) -> Any:
    """Prepare the insert once for each table."""
    statement, columns = insert_missing(table), table_of(table).c
    return statement.returning(*(columns[name] for name in returning)) if returning else statement
