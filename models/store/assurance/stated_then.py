"""Rebuild what a council stated at an earlier instant, and find when it last changed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, func, select

from models.store.base.json_values import read
from models.store.base.transaction import Transaction
from models.store.definitions.pauses import pause_in
from models.store.people import absences
from models.tables import CouncilRow, FactRow, PauseRow, ResponseRow, RevisionKind, RevisionRow
from timeline.definitions.absences import Absence, in_force
from timeline.definitions.council import CouncilTimeline, Pause
from timeline.definitions.facts import Fact

# A change of these is known fact by fact, and a plan moves no date; of a file that was applied only what stands now is
# known.
_FACT_BY_FACT = (RevisionKind.RECORD, RevisionKind.MOVE, RevisionKind.PLAN, RevisionKind.HANDOVER)


def before(tx: Transaction, timeline: CouncilTimeline, morning: datetime) -> CouncilTimeline | None:
    """Rebuild the timeline as it stood then: without later records, with what was superseded later."""
    mine = col(RevisionRow.council) == tx.council, col(RevisionRow.at) > morning
    if any(kind not in _FACT_BY_FACT for kind in tx.session.exec(select(RevisionRow.what).where(*mine))):
        return None
    facts = select(FactRow).where(col(FactRow.council) == tx.council, col(FactRow.recorded_at) <= morning)
    held = [
        read(Fact, row.definition)
        for row in tx.session.exec(facts.order_by(col(FactRow.id)))
        if row.superseded_at is None or row.superseded_at > morning
    ]
    stated = [each.said for each in timeline.directory.known_absences if not each.heard]
    known, pauses = absences.known(tx, stated, until=morning), _pauses(tx, morning)
    away = replace(timeline.directory, absences=(*in_force(known), *_left_alone(pauses)), known_absences=known)
    return replace(timeline, facts=tuple(held), directory=away, pauses=pauses)


def _pauses(tx: Transaction, morning: datetime) -> tuple[Pause, ...]:
    """Give those that were in force then, or were to come."""
    mine = col(PauseRow.council) == tx.council, col(PauseRow.made_at) <= morning
    rows = list(tx.session.exec(select(PauseRow).where(*mine).order_by(col(PauseRow.id))))
    return tuple(pause_in(row) for row in rows if row.ended_at is None or row.ended_at > morning)


def _left_alone(pauses: Iterable[Pause]) -> Iterator[Absence]:
    """List an absence for each paused person: such a person counts as away."""
    people = (pause for pause in pauses if pause.person)
    return (Absence(person=pause.person, from_on=pause.from_on, until_on=pause.until_on) for pause in people)


def changed_at(tx: Transaction) -> datetime | None:
    revisions = select(RevisionRow.at).where(col(RevisionRow.council) == tx.council)
    paused = select(PauseRow.made_at, PauseRow.ended_at).where(col(PauseRow.council) == tx.council)
    of_pauses = [at for row in tx.session.exec(paused) for at in row if at]
    return max([*tx.session.exec(revisions), *absences.changed_at(tx), *of_pauses], default=None)


def changed_since(tx: Transaction, at: datetime) -> bool:
    """Tell whether somebody changed the timeline or gave an answer after that instant, but for the first apply."""
    first_at = tx.session.exec(select(CouncilRow.first_applied_at).where(col(CouncilRow.key) == tx.council)).one()
    answered = select(func.max(ResponseRow.at)).where(col(ResponseRow.council) == tx.council)
    changes = {changed_at(tx), tx.session.exec(answered).one()} - {first_at, None}
    return any(change > at for change in changes if change)
