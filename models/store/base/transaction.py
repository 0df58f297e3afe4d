"""Run transactions: each public step of the store reads one snapshot, or writes alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from models.store.base import prepared, together
from models.store.base.engine import CLOCK, LaterThanClock
from models.store.base.noted import WatchedSession
from models.store.base.prepared import Prepared
from models.store.base.turns import (
    RECORDS_CHANGED,
    TAKEN_AS_THEY_STAND,
    Transaction,
    add_missing,
    create_council,
    end_turn,
    open_connection,
    open_session,
    take_back,
    take_turn,
)
from timeline.calendar.wording import date_and_time

__all__ = [
    "RECORDS_CHANGED",
    "TAKEN_AS_THEY_STAND",
    "StoreGroup",
    "Transaction",
    "add_missing",
    "beside",
    "creates",
    "look",
    "marks",
    "reads",
    "reads_all",
    "tries",
    "writes",
]

P = ParamSpec("P")
R = TypeVar("R")

# A typed instant may be rounded; more than a second would be borrowed.
_ROUNDING = timedelta(seconds=1)


@dataclass(frozen=True)
class StoreGroup:
    """Hold the steps of a wing as methods on a council (its key) in a database."""

    engine: Engine
    council: str


@contextmanager
def reads_all(engine: Engine) -> Iterator[Session]:
    """Read across the councils of a database, in a single snapshot of it."""
    with open_session(engine, "BEGIN", "REPEATABLE READ") as session:
        yield session


def look(engine: Engine, statement: Prepared) -> list[Any]:
    """Run a single statement across the councils of a database; on PostgreSQL without a transaction around it: three
    journeys become a single journey.
    """
    options: dict[str, Any] = {} if engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        return statement.rows(connection, {})


def reads(step: Callable[Concatenate[Transaction, P], R]) -> Callable[Concatenate[StoreGroup, P], R]:
    """Make the step a method that sees a single snapshot of the database from its first to its last statement."""

    @wraps(step)
    def method(group: StoreGroup, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if shared := together.shared_by(group.engine, group.council):
            return step(shared, *args, **kwargs)
        with open_session(group.engine, "BEGIN", "REPEATABLE READ") as session:
            return step(Transaction(session, group.council), *args, **kwargs)

    return method


def writes(
    step: Callable[Concatenate[Transaction, P], R], *, ahead: timedelta = _ROUNDING
) -> Callable[Concatenate[StoreGroup, P], R]:
    """Make the step a method that writes all or nothing; a council's writers wait for each other, on both databases.

    So writers cannot deadlock or see half of another's work, and the audit chain cannot fork. Raise LaterThanClock, and
    write nothing, for an instant that lies `ahead` of the database's clock by more than that.
    """
    return _writing(step, take_turn, ahead)


def tries(step: Callable[Concatenate[Transaction, P], R]) -> Callable[Concatenate[StoreGroup, P], R]:
    """Make the step a method that writes, gives its outcome, and leaves everything as it was: for a look ahead."""

    @wraps(step)
    def method(group: StoreGroup, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with open_session(group.engine, "BEGIN IMMEDIATE", "READ COMMITTED", council=group.council) as session:
            take_turn(session, group.council)
            outcome = step(Transaction(session, group.council), *args, **kwargs)
            take_back(session)
            return outcome

    return method


def creates(step: Callable[Concatenate[Transaction, P], R]) -> Callable[Concatenate[StoreGroup, P], R]:
    """Make the step a method that writes, and first creates the council's row where there is none."""
    return _writing(step, create_council, _ROUNDING)


def _writing(
    step: Callable[Concatenate[Transaction, P], R], begin: Callable[[Session, str], bool], ahead: timedelta
) -> Callable[Concatenate[StoreGroup, P], R]:
    @wraps(step)
    def method(group: StoreGroup, /, *args: P.args, **kwargs: P.kwargs) -> R:
        # IMMEDIATE: a writer that begins as a reader is refused at once when another was faster.
        refuse = partial(_refuse_later_than_clock, group.engine, step.__name__, ahead)
        refuse(_instants(args, kwargs))
        if shared := together.begun_for(group.engine, group.council):
            with together.savepoint(shared):
                done = step(shared, *args, **kwargs)
                refuse(event.at for event in shared.happened)
                return done
        council = group.council
        with open_session(
            group.engine, "BEGIN IMMEDIATE", "READ COMMITTED", WatchedSession, council=council
        ) as session:
            is_sealed = begin(session, council)
            tx = Transaction(session, council)
            done = step(tx, *args, **kwargs)
            refuse(event.at for event in tx.happened)
            end_turn(tx, is_sealed=is_sealed)
            return done

    return method


def marks(
    step: Callable[Concatenate[Connection, str, P], R],
) -> Callable[Concatenate[StoreGroup, P], R]:
    """Make the step a method that writes, in the council's turn, what no seal covers and no event tells: statements of
    a connection, without a session around them. Raise LaterThanClock.
    """

    @wraps(step)
    def method(group: StoreGroup, /, *args: P.args, **kwargs: P.kwargs) -> R:
        _refuse_later_than_clock(group.engine, step.__name__, _ROUNDING, _instants(args, kwargs))
        with open_connection(group.engine, group.council) as connection:
            prepared.MY_TURN.row(connection, {"of_council": group.council})
            return step(connection, group.council, *args, **kwargs)

    return method


@contextmanager
def beside(tx: Transaction, council: str) -> Iterator[Transaction]:
    """Write for another council in the same transaction; its row is created where there is none.

    What this council has done until then goes to its chain first: seals are taken council by council.
    """
    end_turn(tx, is_sealed=take_turn(tx.session, tx.council))
    tx.happened.clear()
    other = Transaction(tx.session, council)
    is_sealed = create_council(tx.session, council)
    yield other
    end_turn(other, is_sealed=is_sealed)


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
