"""Hand a council's timeline over to those that follow it, and take that back: all councils in a single transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.engine import StoreError
from models.store.base.transaction import Transaction, beside
from models.store.changes import apply as applying
from models.store.changes import carried as carrying
from models.store.changes import revisions
from models.store.changes.apply import Laying, lay_out, planned
from models.store.definitions import facts, timelines
from models.store.ledger import prompts
from models.store.outbox import messages
from models.store.programme import statements, updates
from models.tables import AuditEventRow, FactRow, MessageRow, PromptRow, RevisionKind, RevisionRow
from timeline.calendar.london import london_date
from timeline.definitions.council import OFFICE_HOURS, CouncilTimeline
from timeline.definitions.facts import HANDED_BACK, HANDED_OVER, PASSED_ON, Fact
from timeline.definitions.people import Person
from timeline.delivery.messages import MessageState
from timeline.planning.endings.council_end import BETWEEN, ended_because
from timeline.programme.programme import Programme

HANDED = "handed over"
"""The event of a council that ended; its `after` names the keys of those that follow."""
TAKEN_OVER = "taken over"
"""The event at the beginning of a successor's chain; it names the end of the chain of the council that ended."""


@dataclass(frozen=True, kw_only=True)
class Successor:
    """Hold a council that takes over: its timeline with the facts `handed` to it, and how it knows people.

    `programme` is that of its own file; with `takes_programme` it takes that of the council that ended.
    """

    timeline: CouncilTimeline
    handed: Sequence[Fact]
    source: str
    digest: str
    known_as: Callable[[Person], str]
    programme: Programme | None = None
    takes_programme: bool = True

    @property
    def inherits(self) -> bool:
        return self.takes_programme and self.programme is None


@dataclass(frozen=True, kw_only=True)
class Ending:
    """Hold the end of a council: the facts that say who has which duty from then on, by which order, and the key of the
    second person who agreed that duties end with it.
    """

    facts: Sequence[Fact]
    source: str
    seconded_by: str = ""


def hand_over(
    tx: Transaction, ending: Ending, successors: Sequence[Successor], *, at: datetime, who: str, laying: Laying
) -> None:
    """Close every task of this council, and let the successors go on where it stands. Raise StoreError.

    Everything of this council stays and is readable. A successor gets its facts, and what was said and answered about
    the tasks that it has; its own people are asked from now on.
    """
    if any(fact.name in PASSED_ON for fact in facts.recorded_facts(tx)):
        raise StoreError(f"The timeline of “{tx.council}” was handed over already; daymark handover --take-back.")
    carried = carrying.words_of_open_tasks(carrying.read(tx))
    added = updates.updates(tx, at=at)
    _close(tx, ending, [each.timeline.council.key for each in successors], at=at, who=who, laying=laying)
    end = _chain_end(tx)
    for successor in sorted(successors, key=lambda each: each.timeline.council.key):
        with beside(tx, successor.timeline.council.key) as new:
            _refuse_going_on(new)
            audit.record(new, [Event(what=TAKEN_OVER, ref=tx.council, who=who, after=end(), why=ending.source)], at=at)
            _begin(new, tx, successor, at=at, who=who, laying=laying)
            if successor.inherits:
                carrying.add_updates(new, added, carried, successor.known_as, at=at)
            carrying.add(new, carried, successor.known_as, at=at)


def _chain_end(tx: Transaction) -> Callable[[], str]:
    """Name the end of the council's chain once it is written."""

    def named() -> str:
        events, head = audit.chain_end(tx)
        return f"{events} events, last hash {head}"

    return named


def _refuse_going_on(new: Transaction) -> None:
    """Raise StoreError for a successor that has begun already; asked in its turn, for somebody may just begin it."""
    if not applying.is_empty(new) and not _handed_back(new):
        raise StoreError(f"The council “{new.council}” has a timeline of its own; expected a council that begins now.")


def _close(tx: Transaction, ending: Ending, keys: Sequence[str], *, at: datetime, who: str, laying: Laying) -> None:
    added = [facts.add(tx, fact, at=at, who=who) for fact in ending.facts]
    to = BETWEEN.join(keys)
    event = Event(what=HANDED, ref=tx.council, who=who, after=to, why=ending.source, for_whom=ending.seconded_by)
    audit.record(tx, [event], at=at)
    ids = [number for number in added if number]
    revisions.add(tx, RevisionKind.HANDOVER, at=at, who=who, source=f"“{tx.council}”", added=ids)
    _fall_silent(tx, ending.source, at=at, who=who, laying=laying)


def _fall_silent(tx: Transaction, why: str, *, at: datetime, who: str, laying: Laying) -> None:
    """Plan the timeline in force, which asks nobody any more, and withdraw what has not left."""
    waiting = select(MessageRow.key).where(
        col(MessageRow.council) == tx.council, col(MessageRow.state) == MessageState.WAITING
    )
    for key in list(tx.session.exec(waiting)):
        messages.withdraw(tx, key, reason=why, at=at)
    lay_out(tx, planned(tx, laying, OFFICE_HOURS), at=at, who=who, why=why)
    ids = [number for number in tx.session.exec(select(PromptRow.id).where(*prompts.still_waiting(tx))) if number]
    because = ended_because(timelines.stored(tx, OFFICE_HOURS), at=at)
    prompts.suppress(tx, ids, reason=because, at=at, paused=True)


def _begin(new: Transaction, of: Transaction, successor: Successor, *, at: datetime, who: str, laying: Laying) -> None:
    """Apply the successor's file, and add the facts and the programme of the council that ended."""
    _supersede(new, (HANDED_BACK,), at=at, who=who)
    source, digest = successor.source, successor.digest
    programme = successor.programme
    applying.apply(new, successor.timeline, programme=programme, at=at, who=who, source=source, digest=digest)
    if successor.inherits:
        statements.carry(new, of, revision=revisions.last_number(new) or 0, at=at, who=who, why=source)
    added = [facts.add(new, fact, at=at, who=who) for fact in successor.handed]
    # No undo takes back what a council that ended relies on: the handover itself can be taken back.
    of_these = [number for number in added if number]
    revisions.add(new, RevisionKind.HANDOVER, at=at, who=who, source=f"“{of.council}”", added=of_these)
    lay_out(new, planned(new, laying, OFFICE_HOURS), at=at, who=who, why=successor.source)


def take_back(tx: Transaction, *, at: datetime, who: str, why: str, laying: Laying) -> tuple[str, ...]:
    """Take the handover back: this council's people are asked again, and those of the successors no more. Raise
    StoreError. Give the successors' keys.

    What was said and answered meanwhile comes back with it; each council keeps its own record.
    """
    last = _handover(tx)
    name = timelines.stored(tx, OFFICE_HOURS).council.name
    keys = _successors(tx)
    meanwhile = []
    for key in keys:
        with beside(tx, key) as new:
            meanwhile.append(carrying.since(carrying.read(new), last.at))
            fact = Fact(name=HANDED_BACK, on=london_date(at), known_at=at, who=who, source=why, called=name)
            added = facts.add(new, fact, at=at, who=who)
            revisions.add(new, RevisionKind.HANDOVER, at=at, who=who, source=f"“{tx.council}”", added=[added or 0])
            _fall_silent(new, why, at=at, who=who, laying=laying)
    audit.record(tx, facts.take_back(tx, last.added, (), at=at, who=who), at=at)
    audit.record(tx, [Event(what="handover taken back", ref=tx.council, who=who, why=why)], at=at)
    revisions.add(tx, RevisionKind.UNDO, at=at, who=who, source=last.source, takes_back=last.number)
    lay_out(tx, planned(tx, laying, OFFICE_HOURS), at=at, who=who, why=why)
    prompts.wake_all(tx, at=at)
    for key, carried in zip(keys, meanwhile, strict=True):
        carrying.add(tx, carried, _known_again(tx, key), at=at)
    return keys


def _known_again(tx: Transaction, key: str) -> Callable[[Person], str]:
    own, of = timelines.stored(tx, OFFICE_HOURS).directory, f"-of-{tx.council}"

    def known_as(person: Person) -> str:
        if person.key.endswith(of):
            return person.key.removesuffix(of)
        here = own.at_address(person.address) if person.address else None
        return here.key if here else f"{person.key}-of-{key}"

    return known_as


def _handover(tx: Transaction) -> RevisionRow:
    mine = col(RevisionRow.council) == tx.council, col(RevisionRow.what) == RevisionKind.HANDOVER
    rows = select(RevisionRow).where(*mine).order_by(col(RevisionRow.number).desc()).limit(1)
    row = tx.session.exec(rows).one_or_none()
    if row is None or not any(fact.name == HANDED_OVER for fact in facts.recorded_facts(tx)):
        raise StoreError(f"The timeline of “{tx.council}” was not handed over: there is nothing to take back.")
    return row


def _handed_back(tx: Transaction) -> bool:
    return any(fact.name == HANDED_BACK for fact in facts.recorded_facts(tx))


def _supersede(tx: Transaction, names: Sequence[str], *, at: datetime, who: str) -> None:
    mine = select(FactRow.id).where(
        col(FactRow.council) == tx.council, col(FactRow.name).in_(names), col(FactRow.superseded_at).is_(None)
    )
    ids = [number for number in tx.session.exec(mine) if number]
    audit.record(tx, facts.take_back(tx, ids, (), at=at, who=who), at=at)


def _successors(tx: Transaction) -> tuple[str, ...]:
    """Read from this council's own chain which councils took over last."""
    mine = col(AuditEventRow.council) == tx.council, col(AuditEventRow.what) == HANDED
    last = select(AuditEventRow.after).where(*mine).order_by(col(AuditEventRow.sequence).desc()).limit(1)
    return tuple(tx.session.exec(last).one().split(BETWEEN))
