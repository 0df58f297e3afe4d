"""Facts: added, and superseded when the timeline no longer states them. No row is ever overwritten."""

from datetime import datetime

from sqlmodel import col, select

from models.store import audit
from models.store.audit import Event
from models.store.definitions import digest_of, read, written
from models.store.transaction import Transaction
from models.tables import FactRow
from timeline.council import CouncilTimeline
from timeline.facts import Fact


def replace(tx: Transaction, timeline: CouncilTimeline, *, at: datetime, who: str) -> list[Event]:
    """Adds the facts that are new and supersedes those no longer stated, but for what was recorded by command."""
    given = {digest_of(written(fact)): fact for fact in timeline.facts}
    held = {row.digest: row for row in _in_force(tx)}
    gone = [row for key, row in held.items() if key not in given and not row.recorded_by_command]
    for row in gone:
        row.superseded_at = at
    tx.session.flush()
    new = [fact for key, fact in given.items() if key not in held]
    for fact in new:
        _add(tx, fact, at=at, by_command=False)
    return [
        *(Event(what="fact superseded", ref=row.name, who=who, before=row.definition) for row in gone),
        *(Event(what="fact recorded", ref=fact.name, who=who, after=written(fact)) for fact in new),
    ]


def record_fact(tx: Transaction, fact: Fact, *, at: datetime, who: str) -> bool:
    """Adds a fact by command, which outlives an apply; False when that very fact is known already."""
    if digest_of(written(fact)) in {row.digest for row in _in_force(tx)}:
        return False
    _add(tx, fact, at=at, by_command=True)
    audit.record(tx, [Event(what="fact recorded", ref=fact.name, who=who, via="command", after=written(fact))], at=at)
    return True


def stored(tx: Transaction) -> tuple[Fact, ...]:
    """The facts in force, in the order in which they were added."""
    return tuple(read(Fact, row.definition) for row in _in_force(tx))


def _in_force(tx: Transaction) -> list[FactRow]:
    rows = select(FactRow).where(col(FactRow.council) == tx.council, col(FactRow.superseded_at).is_(None))
    return list(tx.session.exec(rows.order_by(col(FactRow.id))))


def _add(tx: Transaction, fact: Fact, *, at: datetime, by_command: bool) -> None:
    definition = written(fact)
    tx.session.add(
        FactRow(
            council=tx.council,
            name=fact.name,
            occurrence=fact.occurrence or "",
            happened_on=fact.on,
            known_at=fact.known_at,
            recorded_at=at,
            recorded_by_command=by_command,
            definition=definition,
            digest=digest_of(definition),
        )
    )
    # One at a time: `id` is the order of adding, and of two facts known at once the one added last wins.
    tx.session.flush()
