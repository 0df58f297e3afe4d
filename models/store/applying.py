"""Applying a timeline: what its file states becomes what the store knows, and each difference is an event."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import update
from sqlmodel import col

from models.store import audit, directory, duties, facts
from models.store.audit import Event
from models.store.definitions import written
from models.store.errors import StoreError
from models.store.transaction import Transaction
from models.tables import CouncilRow, MilestoneRow
from timeline.calendar import LONDON
from timeline.council import Council, CouncilTimeline
from timeline.responses import State

SHADOW_WORKING_DAYS = 10
"""How long a council stays in shadow when its timeline does not say (design, "How a day runs")."""


class Applied(NamedTuple):
    """The timeline in force: the digest and the name of its file, and when a timeline was first applied."""

    digest: str
    source: str
    first_applied_at: datetime


def apply(tx: Transaction, timeline: CouncilTimeline, *, at: datetime, who: str, source: str, digest: str) -> None:
    """Makes this the council's timeline. Facts recorded by command stay; every open milestone is looked at again.

    `live_from` and, where the timeline leaves it to us, `shadow_until` count from the first apply.
    """
    if timeline.council.key != tx.council:
        raise StoreError(f"This is the timeline of “{timeline.council.key}”, expected one of “{tx.council}”.")
    row = tx.session.get_one(CouncilRow, tx.council)
    row.first_applied_at = row.first_applied_at or at
    happened = [Event(what="timeline applied", ref=tx.council, who=who, before=row.digest, after=digest, why=source)]
    council = timeline.going_live(on=row.first_applied_at.astimezone(LONDON).date()).council
    happened += _council_changed(row, council, who)
    row.name, row.definition = council.name, written(council)
    row.source, row.digest, row.applied_at = source, digest, at
    tx.session.flush()
    for change in (directory.replace, duties.replace, facts.replace):
        happened += change(tx, timeline, at=at, who=who)
    _look_again(tx, at=at)
    audit.record(tx, happened, at=at)


def applied(tx: Transaction) -> Applied | None:
    """What was applied last; None when nothing ever was."""
    row = tx.session.get(CouncilRow, tx.council)
    return Applied(row.digest, row.source, row.first_applied_at) if row and row.first_applied_at else None


def is_empty(tx: Transaction) -> bool:
    """Whether nothing was ever applied for this council."""
    return applied(tx) is None


def _look_again(tx: Transaction, *, at: datetime) -> None:
    """Has every milestone that is not done looked at by the next flow."""
    open_ = col(MilestoneRow.state) != State.DONE, col(MilestoneRow.dropped_at).is_(None)
    rows = update(MilestoneRow).where(col(MilestoneRow.council) == tx.council, *open_)
    tx.session.exec(rows.values(next_rung_at=at, changed_at=at))


def _council_changed(row: CouncilRow, council: Council, who: str) -> Iterator[Event]:
    before, after = row.definition, written(council)
    if before != after:
        yield Event(what="council changed", ref=row.key, who=who, before=before, after=after)
