"""Keep the duties that the applied timeline states."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import col, select

from models.store.audit.audit import Event
from models.store.base.json_values import recall, written
from models.store.base.transaction import Transaction
from models.store.plan import plans
from models.tables import ObligationRow, OccurrenceRow
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation


def replace(tx: Transaction, timeline: CouncilTimeline, *, at: datetime, who: str) -> list[Event]:
    """Make these the council's duties, and return what changed; a duty no longer stated is kept as dropped."""
    return list(_replaced(tx, timeline, at, who))


def stored(tx: Transaction) -> tuple[Obligation, ...]:
    """Read the duties in force, in the order of the timeline."""
    rows = select(ObligationRow).where(
        col(ObligationRow.council) == tx.council, col(ObligationRow.dropped_at).is_(None)
    )
    return tuple(
        recall(Obligation, row.definition) for row in tx.session.exec(rows.order_by(col(ObligationRow.position)))
    )


def _replaced(tx: Transaction, timeline: CouncilTimeline, at: datetime, who: str) -> Iterator[Event]:
    rows = tx.session.exec(select(ObligationRow).where(col(ObligationRow.council) == tx.council))
    known = {row.key: row for row in rows}
    given = {obligation.key: obligation for obligation in timeline.obligations}
    for position, (key, obligation) in enumerate(given.items()):
        row, now = known.get(key), _row(tx.council, position, obligation)
        before = row.definition if row and row.dropped_at is None else ""
        tx.session.merge(now)
        if before != now.definition:
            yield Event(what="duty changed", ref=key, who=who, before=before, after=now.definition)
    for key, row in known.items():
        if key not in given and row.dropped_at is None:
            row.dropped_at = at
            yield Event(what="duty dropped", ref=key, who=who, before=row.definition)
            yield from plans.drop_occurrences(tx, _planned(tx, key), at=at)


def _planned(tx: Transaction, key: str) -> list[str]:
    here = col(OccurrenceRow.council) == tx.council, col(OccurrenceRow.dropped_at).is_(None)
    return list(tx.session.exec(select(OccurrenceRow.ref).where(*here, col(OccurrenceRow.obligation) == key)))


def _row(council: str, position: int, obligation: Obligation) -> ObligationRow:
    definition = written(obligation)
    return ObligationRow(
        council=council,
        key=obligation.key,
        position=position,
        title=obligation.title,
        duty_class=obligation.duty_class,
        rule_kind=obligation.standing.kind,
        certainty=obligation.standing.certainty,
        owner=obligation.owner,
        rule=obligation.rule,
        basis=obligation.basis,
        version=obligation.version,
        definition=definition,
        dropped_at=None,
    )
