"""Transactions: each public step of the store reads one snapshot, or writes alone."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from models.store.base.engine import BEGIN, StoreError
from models.store.base.hash_chain import CHAIN_START, Happened, extend
from models.tables import CouncilRow, Row

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Transaction:
    """The session of a step, the council whose rows it may touch, and its events for the audit chain, which are
    written last, all at once.
    """

    session: Session
    council: str
    happened: list[Happened] = field(default_factory=list)


@dataclass(frozen=True)
class StoreGroup:
    """The steps of one wing as methods on one council (its key) in one database."""

    engine: Engine
    council: str


def reads(step: Callable[Concatenate[Transaction, P], R]) -> Callable[Concatenate[StoreGroup, P], R]:
    """Make the step a method that sees one snapshot of the database from its first to its last statement."""

    @wraps(step)
    def method(group: StoreGroup, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with _session(group.engine, "BEGIN", "REPEATABLE READ") as session:
            return step(Transaction(session, group.council), *args, **kwargs)

    return method


def writes(step: Callable[Concatenate[Transaction, P], R]) -> Callable[Concatenate[StoreGroup, P], R]:
    """Make the step a method that writes all or nothing; a council's writers wait for each other, on both databases.

    So writers cannot deadlock or see half of another's work, and the audit chain cannot fork.
    """
    return _writing(step, _take_turn)


def creates(step: Callable[Concatenate[Transaction, P], R]) -> Callable[Concatenate[StoreGroup, P], R]:
    """Make the step a method that writes, and first creates the council's row where there is none."""
    return _writing(step, _create_council)


def _writing(
    step: Callable[Concatenate[Transaction, P], R], begin: Callable[[Session, str], None]
) -> Callable[Concatenate[StoreGroup, P], R]:
    @wraps(step)
    def method(group: StoreGroup, /, *args: P.args, **kwargs: P.kwargs) -> R:
        # IMMEDIATE: a writer that begins as a reader is refused at once when another was faster.
        with _session(group.engine, "BEGIN IMMEDIATE", "READ COMMITTED") as session:
            begin(session, group.council)
            tx = Transaction(session, group.council)
            done = step(tx, *args, **kwargs)
            if tx.happened:
                extend(session, group.council, tx.happened)
            return done

    return method


@contextmanager
def _session(engine: Engine, begin: str, isolation_level: str) -> Iterator[Session]:
    options: dict[str, Any] = {"isolation_level": isolation_level}
    if engine.dialect.name == "sqlite":
        options = {BEGIN: begin}
    with Session(engine.execution_options(**options), expire_on_commit=False) as session, session.begin():
        yield session


def _take_turn(session: Session, council: str) -> None:
    # NO KEY: readers may still check foreign keys to the council.
    mine = select(CouncilRow.key).where(col(CouncilRow.key) == council).with_for_update(key_share=True)
    if session.exec(mine).one_or_none() is None:
        raise StoreError(f"There is no council “{council}” in this database: apply its timeline first.")


def _create_council(session: Session, council: str) -> None:
    new = {"key": council, "name": council, "definition": "", "source": "", "digest": ""}
    add_missing(session, CouncilRow, [new | {"audit_head": CHAIN_START}])
    _take_turn(session, council)


def add_missing(session: Session, table: type[Row], rows: Sequence[dict[str, Any]], *returning: Any) -> list[Any]:
    """Add the rows whose keys are not there yet; return the `returning` columns of the added rows."""
    if not rows:
        return []
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).on_conflict_do_nothing()
    if not returning:
        session.exec(statement, params=list(rows))
        return []
    return list(session.exec(statement.returning(*returning), params=list(rows)))
