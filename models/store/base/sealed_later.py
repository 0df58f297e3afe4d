"""Seal, while a database is brought up to date, the records of a table that earlier versions did not seal."""

from collections.abc import Collection

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from models.store.base.hash_chain import Event, Happened, extend, last_at
from models.store.base.seals import seal_table
from models.store.base.transaction import RECORDS_CHANGED
from models.tables import CouncilRow, HeardAbsenceRow, Row

_SINCE: dict[str, type[Row]] = {"0018": HeardAbsenceRow}
"""The tables that are sealed since a migration; all others are sealed since 0015."""


def seal_later_tables(connection: Connection, *, before: Collection[str]) -> None:
    """Seal what the migrations that are not among those `before` this start made a part of the chain."""
    tables = [table for migration, table in _SINCE.items() if migration not in before]
    if not tables:
        return
    with Session(connection) as session:
        # A council whose records are not sealed at all has them sealed by its next change.
        sealed = select(CouncilRow.key).where(col(CouncilRow.sealed)).with_for_update(key_share=True)
        for council in session.exec(sealed).all():
            for table in tables:
                _seal(session, council, table)
        session.flush()


def _seal(session: Session, council: str, table: type[Row]) -> None:
    at, why = last_at(session, council), "They are sealed from this version on, as they stood."
    for records in seal_table(session, council, table):
        if records and at:
            extend(session, council, [Happened(Event(what=RECORDS_CHANGED, ref=council, why=why, records=records), at)])
