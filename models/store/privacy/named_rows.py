"""Find the rows in which the name of a person was typed plainly, beside those that hold their key."""

import json
from collections.abc import Iterator
from typing import Any

from sqlmodel import col, select

from models.store.audit import legal_hold as holding
from models.store.base.json_values import read
from models.store.base.transaction import Transaction
from models.store.outbox import stop_sending
from models.store.privacy.identity import NOBODY, Known, is_them
from models.tables import FactRow, InboundRow, ProgrammeUpdateRow, RevisionRow, Row
from timeline.definitions.facts import Fact
from timeline.programme.bodies import FOR_TRAINING_LEAD

Record = dict[str, Any]
_NAMES: tuple[tuple[Any, str], ...] = ((ProgrammeUpdateRow, "who"), (InboundRow, "closed_by"))
"""The columns that an erasure empties: elsewhere a post stands, or the record of who changed a date."""


def updates_entered(tx: Transaction, who: Known) -> Iterator[Record]:
    """List what they added to the records of the programme, with their words; of others who were away, nothing."""
    for row in _theirs(tx, ProgrammeUpdateRow, "who", who):
        part = json.loads(row.definition)
        said = {name: value for name, value in part.items() if name not in FOR_TRAINING_LEAD}
        yield {"at": row.at.isoformat(), "record": row.record, "kind": row.kind, "said": said}


def changes_made(tx: Transaction, who: Known) -> Iterator[Record]:
    """List the changes of dates, people and the timeline that they made, and the facts that they recorded."""
    for row in _theirs(tx, RevisionRow, "who", who):
        yield {"at": row.at.isoformat(), "what": row.what.value, "source": row.source}
    facts = select(FactRow).where(col(FactRow.council) == tx.council).order_by(col(FactRow.id))
    for row in tx.session.exec(facts):
        fact = read(Fact, row.definition)
        if _is(fact.who, who):
            yield {"at": row.recorded_at.isoformat(), "what": f"fact {row.name}", "source": fact.source}


def reviews_closed(tx: Transaction, who: Known) -> Iterator[Record]:
    """List the messages that they took off the review list."""
    for row in _theirs(tx, InboundRow, "closed_by", who):
        yield {"closed_at": row.closed_at.isoformat(), "received_at": row.received_at.isoformat(), "via": row.via}


def orders_in_force(tx: Transaction, who: Known) -> Iterator[Record]:
    """List the emergency stop and the legal hold while they stand, where they gave the order."""
    orders = {"sending stopped": stop_sending.stopped(tx), "legal hold": holding.legal_hold(tx)}
    for what, order in orders.items():
        if order and _is(order.who, who):
            yield {"what": what, "at": order.at.isoformat(), "reason": order.reason}


def typed_names(tx: Transaction, who: Known) -> int:
    """Count the rows in which an erasure strikes out their name."""
    return len(list(_typed(tx, who)))


def strike_out(tx: Transaction, who: Known) -> None:
    """Put nobody's name in place of theirs, where it was typed; a key stays, as it does everywhere."""
    for row, column in _typed(tx, who):
        setattr(row, column, NOBODY)
    tx.session.flush()


def _typed(tx: Transaction, who: Known) -> Iterator[tuple[Row, str]]:
    for table, column in _NAMES:
        yield from ((row, column) for row in _theirs(tx, table, column, who) if getattr(row, column) != who.key)


def _theirs(tx: Transaction, table: Any, column: str, who: Known) -> list[Any]:
    """Read the rows of which a column names them: by key, or by what was typed."""
    named = col(getattr(table, column))
    mine = col(table.council) == tx.council
    typed = tx.session.exec(select(named).where(mine).distinct())
    theirs = [name for name in typed if name and _is(name, who)]
    key = [getattr(table, column.name) for column in table.__table__.primary_key]
    return list(tx.session.exec(select(table).where(mine, named.in_(theirs)).order_by(*key)))


def _is(name: str, who: Known) -> bool:
    return name == who.key or is_them(name, who)
