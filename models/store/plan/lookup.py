"""Read occurrences and milestones back, and which of them to look at."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlmodel import col, select

from models.store.base import prepared
from models.store.base.json_values import recall
from models.store.base.stored_tasks import task_of, tasks_with
from models.store.base.transaction import Transaction
from models.store.inbound import answers
from models.tables import MilestoneRow, ObligationRow, OccurrenceRow
from timeline.answers.responses import Response, State
from timeline.definitions.duties import Ladder
from timeline.planning.occurrences import Milestone, Occurrence


class Stored(NamedTuple):
    """Hold a stored milestone: `generation` binds its links, `responses` are all responses to it, in order."""

    milestone: Milestone
    generation: int
    responses: tuple[Response, ...]


def milestone(tx: Transaction, ref: str) -> Stored | None:
    """Read the milestone of that reference; None when there is none."""
    row = prepared.TASK.row(tx.connection, {"of_council": tx.council, "of_ref": ref})
    if row is None or row.dropped_at:
        return None
    responses = answers.responses(tx, refs={ref}).get(ref, ()) if row.responses else ()
    return Stored(task_of(row, row.shared_definition), row.generation, responses)


def milestones(tx: Transaction, prefix: str = "") -> tuple[Milestone, ...]:
    """Read the milestones whose references begin so, by duty, number and place."""
    rows = tasks_with().where(*_in_force(tx), _begins(MilestoneRow.ref, prefix))
    rows = rows.join(OccurrenceRow, _of_occurrence(), isouter=False)
    ordered = rows.order_by(col(OccurrenceRow.obligation), col(OccurrenceRow.number), col(MilestoneRow.position))
    return tuple(task_of(row, row.shared_definition) for row in tx.session.exec(ordered))


def occurrences(tx: Transaction) -> tuple[Occurrence, ...]:
    """Read every occurrence of the duties in force with its milestones, by duty and number.

    The same rows give the very same value: most pages and runs find the plan as it was.
    """
    of_duty = (col(ObligationRow.council) == OccurrenceRow.council) & (ObligationRow.key == OccurrenceRow.obligation)
    rows = (
        select(OccurrenceRow.definition)
        .join(ObligationRow, of_duty)
        .where(
            col(OccurrenceRow.council) == tx.council,
            col(ObligationRow.dropped_at).is_(None),
            col(OccurrenceRow.dropped_at).is_(None),
        )
        .order_by(col(ObligationRow.position), col(OccurrenceRow.number))
    )
    # Unsorted, and not through the session: to sort megabytes takes as long as to read them.
    theirs = tasks_with(MilestoneRow.position).where(*_in_force(tx))
    placed = tx.session.connection().execute(theirs)
    return _with_milestones(tuple(tx.session.exec(rows)), tuple(placed))


@lru_cache(maxsize=8)
def _with_milestones(definitions: tuple[str, ...], placed: tuple[Any, ...]) -> tuple[Occurrence, ...]:
    """Put together occurrences with their milestones, by place, from what is stored; neither names a person."""
    theirs: dict[tuple[str, int], list[Milestone]] = {}
    for row in sorted(placed, key=lambda row: (row.position, row.definition)):
        milestone = task_of(row, row.shared_definition)
        theirs.setdefault((milestone.obligation, milestone.number), []).append(milestone)
    occurrences = (recall(Occurrence, definition) for definition in definitions)
    return tuple(
        replace(occurrence, milestones=tuple(theirs.get((occurrence.obligation, occurrence.number), ())))
        for occurrence in occurrences
    )


def occurrence(tx: Transaction, ref: str) -> Occurrence | None:
    """Read the occurrence of that reference with its milestones; None when there is none."""
    row = tx.session.get(OccurrenceRow, (tx.council, ref))
    if row is None or row.dropped_at:
        return None
    return replace(recall(Occurrence, row.definition), milestones=milestones(tx, f"{ref}/"))


def find(tx: Transaction, prefix: str) -> tuple[str, ...]:
    """Find the references of occurrences and milestones that begin so; an exact match is returned alone."""
    ours = col(OccurrenceRow.council) == tx.council, col(OccurrenceRow.dropped_at).is_(None)
    refs = {*tx.session.exec(select(OccurrenceRow.ref).where(*ours, _begins(OccurrenceRow.ref, prefix)))}
    refs |= {*tx.session.exec(select(MilestoneRow.ref).where(*_in_force(tx), _begins(MilestoneRow.ref, prefix)))}
    return (prefix,) if prefix in refs else tuple(sorted(refs))


def dates(tx: Transaction, obligations: Collection[str]) -> dict[str, date | None]:
    """Read the dates of the milestones of these duties, and nothing else of them: most of them rest."""
    columns: tuple[Any, ...] = (MilestoneRow.ref, MilestoneRow.due_on)
    rows = select(*columns).where(*_in_force(tx), col(MilestoneRow.obligation).in_(obligations))
    return dict(tx.session.exec(rows).all())


def due_refs(tx: Transaction, obligations: Collection[str], *, until: datetime, at: datetime) -> frozenset[str]:
    """Read the milestones of these duties that have something due up to `until`, or that a look later than `at` put
    off: its clock was wrong.
    """
    mine = select(MilestoneRow.ref).where(*_in_force(tx), col(MilestoneRow.obligation).in_(obligations))
    due = mine.where(col(MilestoneRow.next_rung_at) <= until, col(MilestoneRow.state) != State.DONE)
    # A statement of its own, so that an index finds the other. What was done by a later clock is looked at, too.
    put_off = mine.where(col(MilestoneRow.looked_at) > at)
    return frozenset(ref for which in (due, put_off) for ref in tx.session.exec(which))


def done_refs(tx: Transaction, obligations: Collection[str]) -> frozenset[str]:
    """Read the milestones of these duties that are done, confirmed or not."""
    done = select(MilestoneRow.ref).where(
        *_in_force(tx),
        col(MilestoneRow.obligation).in_(obligations),
        col(MilestoneRow.state).in_((State.DONE, State.UNCONFIRMED)),
    )
    return frozenset(tx.session.exec(done))


def frozen_ladders(tx: Transaction, refs: Collection[str]) -> dict[str, Ladder]:
    """Read the ladders of these milestones that have opened: a rule pack no longer changes them."""
    opened = tasks_with(MilestoneRow.ref).where(
        *_in_force(tx), col(MilestoneRow.opened_at).is_not(None), col(MilestoneRow.ref).in_(refs)
    )
    return {row.ref: task_of(row, row.shared_definition).ladder for row in tx.session.exec(opened)}


def _in_force(tx: Transaction) -> tuple[Any, ...]:
    return (col(MilestoneRow.council) == tx.council, col(MilestoneRow.dropped_at).is_(None))


def _begins(column: Any, prefix: str) -> Any:
    # LIKE takes capitals for small letters on SQLite, and % and _ for anything.
    return func.substr(column, 1, len(prefix)) == prefix


def _of_occurrence() -> Any:
    return (col(MilestoneRow.council) == OccurrenceRow.council) & (MilestoneRow.occurrence == OccurrenceRow.ref)
