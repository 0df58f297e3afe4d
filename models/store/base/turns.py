"""Take a council's turn to write, and end it with its events and seals in the chain."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, update
from sqlmodel import Session, col

from models.store.base import prepared
from models.store.base.at_once import insert_missing, insert_returning, insert_rows
from models.store.base.engine import BEGIN, LINE, StoreError
from models.store.base.hash_chain import CHAIN_START, END, Event, Happened, extend, last_at
from models.store.base.noted import note_added
from models.store.base.prepared import connection_of
from models.store.base.seals import KEYS, reseal, seal_all, sealed_columns
from models.tables import CouncilRow, Row

RECORDS_CHANGED = "records changed"
"""The event of a change that is not worth a line in any trail."""
TAKEN_AS_THEY_STAND = "records taken as they stand"
"""The event that seals what an older version of Daymark has written."""


@dataclass(frozen=True)
class Transaction:
    """Hold the session of a step, the council whose rows it may touch, and its events for the audit chain, which are
    written last, all at once.
    """

    session: Session
    council: str
    happened: list[Happened] = field(default_factory=list)

    @property
    def connection(self) -> Connection:
        """Give the connection, for statements that need no object of the ORM."""
        return connection_of(self.session)


def end_turn(tx: Transaction, *, is_sealed: bool) -> None:
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
def open_session(
    engine: Engine, begin: str, isolation_level: str, kind: type[Session] = Session, *, council: str = ""
) -> Iterator[Session]:
    """Open a session in a transaction that begins so on SQLite, and has that isolation level on PostgreSQL."""
    options: dict[str, Any] = {"isolation_level": isolation_level}
    if engine.dialect.name == "sqlite":
        options = {BEGIN: begin}
    # The transaction is the connection's: most answers never need the session, which costs as much as the whole rest.
    in_line = _in_line(engine, begin, council)
    with in_line, engine.connect().execution_options(**options) as connection, connection.begin():
        session = kind(connection, expire_on_commit=False, join_transaction_mode="rollback_only")
        try:
            yield session
            session.flush()
        finally:
            if session.in_transaction():
                session.close()


def _in_line(engine: Engine, begin: str, council: str) -> AbstractContextManager[None]:
    """Have the writers of this process follow each other."""
    lines = engine.get_execution_options().get(LINE)
    return nullcontext() if lines is None or begin == "BEGIN" else lines.follow(council)


def take_back(session: Session) -> None:
    """Leave everything as it was before the session."""
    if transaction := connection_of(session).get_transaction():
        transaction.rollback()


@contextmanager
def open_connection(engine: Engine, council: str) -> Iterator[Connection]:
    """Open a connection in a transaction that writes."""
    options: dict[str, Any] = {"isolation_level": "READ COMMITTED"}
    if engine.dialect.name == "sqlite":
        options = {BEGIN: "BEGIN IMMEDIATE"}
    with (
        _in_line(engine, "BEGIN IMMEDIATE", council),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        yield connection


def take_turn(session: Session, council: str) -> bool:
    """Wait for the writer before; tell whether all records of the council are sealed."""
    row = prepared.MY_TURN.row(connection_of(session), {"of_council": council})
    if row is None:
        raise StoreError(f"There is no council “{council}” in this database: apply its timeline first.")
    session.info[END] = council, (row.audit_sequence, row.audit_head)
    return bool(row.sealed)


def create_council(session: Session, council: str) -> bool:
    """Take the turn of a council, which is created where there is none."""
    new = {"key": council, "name": council, "definition": "", "source": "", "digest": ""}
    add_missing(session, CouncilRow, [new | {"audit_head": CHAIN_START, "sealed": True}])
    return take_turn(session, council)


def add_missing(session: Session, table: type[Row], rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add the rows whose keys are not there yet; return the added ones, of tables that are sealed."""
    if not rows:
        return []
    # What it refers to goes in first, and the row itself past the ORM, which takes most of the time of an insert.
    session.flush()
    adding, connection = _adding(table), connection_of(session)
    if table not in KEYS:
        insert_rows(connection, adding, rows)
        return []
    added = insert_returning(connection, adding, rows)
    note_added(session, table, added)
    return added


@cache
def _adding(table: type[Row]) -> prepared.Prepared:
    """Prepare the insert once for each table."""
    statement = insert_missing(table)
    return prepared.Prepared(statement.returning(*sealed_columns(table)) if table in KEYS else statement)
