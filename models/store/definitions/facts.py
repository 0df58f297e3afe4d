"""Keep facts: added, and superseded when the timeline no longer states them. No row is ever overwritten."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.json_values import digest_of, read, written
from models.store.base.transaction import Transaction
from models.tables import FactRow
from timeline.calendar.clock_jumps import is_from_later_clock
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import Fact


class Changed(NamedTuple):
    """Hold the events of a change, and the ids of the facts that it added and superseded."""

    happened: list[Event]
    added: list[int]
    superseded: list[int]


def replace(tx: Transaction, timeline: CouncilTimeline, *, at: datetime, who: str) -> Changed:
    """Add the new facts and supersede those no longer stated, but for facts recorded by command."""
    given = {digest_of(written(fact)): fact for fact in timeline.facts}
    held = {row.digest: row for row in _in_force(tx)}
    gone = [row for key, row in held.items() if key not in given and not row.recorded_by_command]
    for row in gone:
        row.superseded_at = at
    tx.session.flush()
    new = [fact for key, fact in given.items() if key not in held]
    added = [_add(tx, fact, at=at, by_command=False) for fact in new]
    happened = [_superseded(row, who) for row in gone]
    happened += [Event(what="fact recorded", ref=_about(fact), who=who, after=written(fact)) for fact in new]
    return Changed(happened, added, [row.id for row in gone if row.id])


def add(tx: Transaction, fact: Fact, *, at: datetime, who: str) -> int | None:
    """Add a fact by command, which outlives an apply; None when that very fact is known already."""
    if digest_of(written(fact)) in {row.digest for row in _in_force(tx)}:
        return None
    added = _add(tx, fact, at=at, by_command=True)
    event = Event(what="fact recorded", ref=_about(fact), who=who, via="command", after=written(fact), why=fact.source)
    audit.record(tx, [event], at=at)
    return added


def take_back(
    tx: Transaction, added: Sequence[int], superseded: Sequence[int], *, at: datetime, who: str
) -> list[Event]:
    """Supersede the facts that a change added, and restore those that it superseded."""
    gone = [row for row in _in_force(tx) if row.id in added]
    for row in gone:
        row.superseded_at = at
    tx.session.flush()
    in_force = {row.digest for row in _in_force(tx)}
    theirs = select(FactRow).where(col(FactRow.council) == tx.council, col(FactRow.id).in_(superseded))
    back = [row for row in tx.session.exec(theirs) if row.digest not in in_force]
    for row in back:
        row.superseded_at = None
    tx.session.flush()
    holds = [Event(what="fact holds again", ref=_about(read(Fact, row.definition)), who=who) for row in back]
    return [*(_superseded(row, who) for row in gone), *holds]


def _superseded(row: FactRow, who: str) -> Event:
    return Event(what="fact superseded", ref=row.occurrence or row.name, who=who, before=row.definition)


def _about(fact: Fact) -> str:
    """Return the occurrence to which the fact is bound, in whose trail it stands; else its name."""
    return fact.occurrence or fact.name


def stored(tx: Transaction, *, at: datetime | None = None) -> tuple[Fact, ...]:
    """Read the facts in force, in the order in which they were added.

    A fact that stands recorded is known, whatever a clock set back to `at` says: were it not, what follows from it
    would be taken back.
    """
    rows = _in_force(tx)
    before = _recorded_before([row.recorded_at for row in rows])
    each = zip(rows, before, strict=True)
    return tuple(
        _known(read(Fact, row.definition), row.recorded_at, min(filter(None, (at, by)), default=None))
        for row, by in each
    )


def _recorded_before(recorded_at: Sequence[datetime]) -> list[datetime | None]:
    """Give for each fact, in the order of adding, the instant by which it stood: the earliest at which a later fact was
    recorded. It is known no later, whatever a clock that was ahead wrote: else it would beat those after it.
    """
    by: list[datetime | None] = []
    earliest: datetime | None = None
    for at in reversed(recorded_at):
        by.append(earliest)
        earliest = min(filter(None, (at, earliest)))
    return by[::-1]


def _known(fact: Fact, recorded_at: datetime, at: datetime | None) -> Fact:
    if at is None or fact.known_at <= at or not is_from_later_clock(recorded_at, at=at):
        return fact
    return dataclasses.replace(fact, known_at=at)


def recorded_facts(tx: Transaction) -> tuple[Fact, ...]:
    """Read the facts in force that were recorded by command, which outlive an apply."""
    return tuple(read(Fact, row.definition) for row in _in_force(tx) if row.recorded_by_command)


def _in_force(tx: Transaction) -> list[FactRow]:
    rows = select(FactRow).where(col(FactRow.council) == tx.council, col(FactRow.superseded_at).is_(None))
    return list(tx.session.exec(rows.order_by(col(FactRow.id))))


def _add(tx: Transaction, fact: Fact, *, at: datetime, by_command: bool) -> int:
    definition = written(fact)
    row = FactRow(
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
    tx.session.add(row)
    # Each alone: `id` is the order of adding, and of two facts known at the same instant the later added wins.
    tx.session.flush()
    return row.id or 0
