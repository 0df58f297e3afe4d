"""Keep occurrences and milestones: what the rules gave last, and what changed since."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.json_values import canonical, recall, written
from models.store.base.stored_tasks import Written, forget_unused, keep, task_of, whole_tasks
from models.store.base.transaction import Transaction
from models.store.ledger import outdated as misleading
from models.store.ledger import prompts
from models.store.plan import calendar_sequences as sequences
from models.tables import MilestoneRow, OccurrenceRow
from timeline.answers.responses import State
from timeline.calendar.london import london_date
from timeline.escalation.day import AHEAD
from timeline.planning.occurrences import Milestone, Occurrence

NO_LONGER = "This is no longer on the timeline."
_AT_ONCE = 500
_DATES = ("legal_on", "working_on", "opens_on", "closes_on", "starts_on", "ends_on")


def sync(
    tx: Transaction,
    occurrences: Sequence[Occurrence],
    *,
    obligations: Collection[str],
    at: datetime,
    who: str = audit.DAYMARK,
    why: str = "",
) -> None:
    """Store what the rules give now for these duties; an unchanged occurrence costs nothing.

    Kept: the original date of an occurrence, and the ladder of a milestone that has opened. A new or changed milestone
    is looked at again; a new date or owner makes its links dead and is an event. An occurrence that is no longer
    planned is dropped with its milestones, a milestone when its occurrence no longer has it; planned again, both are
    back with what was said and answered. `who` and `why`: the change by command that this follows from.
    """
    rows = select(OccurrenceRow).where(
        col(OccurrenceRow.council) == tx.council, col(OccurrenceRow.obligation).in_(obligations)
    )
    known = {row.ref: row for row in tx.session.exec(rows)}
    happened = [event for occurrence in occurrences for event in _sync_one(tx, occurrence, known.get(occurrence.ref))]
    # Milestones refer to their occurrences.
    tx.session.flush()
    happened += _sync_milestones(tx, occurrences, at)
    happened += drop_occurrences(tx, _unplanned(known, occurrences, at), at=at)
    audit.record(
        tx, [replace(event, who=who, why="; ".join(filter(None, (event.why, why)))) for event in happened], at=at
    )


def drop_occurrences(tx: Transaction, gone: Collection[str], *, at: datetime) -> list[Event]:
    """Drop occurrences that the rules no longer give, with their milestones; planned again, they come back."""
    if not gone:
        return []
    mine = col(OccurrenceRow.council) == tx.council, col(OccurrenceRow.ref).in_(gone)
    tx.session.exec(update(OccurrenceRow).where(*mine).values(dropped_at=at, sequence=col(OccurrenceRow.sequence) + 1))
    refs = drop(tx, col(MilestoneRow.occurrence).in_(gone), at=at)
    return [Event(what="dropped", ref=ref, why=NO_LONGER) for ref in sorted([*gone, *refs])]


def _unplanned(known: Mapping[str, OccurrenceRow], planned: Sequence[Occurrence], at: datetime) -> list[str]:
    """List the occurrences no longer planned, within the days that a run at `at` sees: an earlier run sees less far."""
    stated = {occurrence.ref for occurrence in planned}
    seen_on = london_date(at) + AHEAD
    here = (row for ref, row in known.items() if ref not in stated and row.dropped_at is None)
    return [row.ref for row in here if (row.opens_on or row.legal_on or seen_on) <= seen_on]


def _sync_milestones(tx: Transaction, occurrences: Sequence[Occurrence], at: datetime) -> Iterator[Event]:
    refs = [occurrence.ref for occurrence in occurrences]
    theirs = col(MilestoneRow.council) == tx.council, col(MilestoneRow.occurrence).in_(refs)
    stored = tx.session.exec(whole_tasks().where(*theirs))
    known = {row.ref: (row, task_of(row, shared)) for row, shared in stored}
    rows = {ref: row for ref, (row, _) in known.items()}
    was = {ref: misleading.held(row) for ref, row in rows.items()}
    placed = list(_placed(occurrences, known))
    former = {each.row.shared for each in placed if each.row}
    written_parts = keep(tx, (each.milestone for each in placed))
    for number, (each, kept) in enumerate(zip(placed, written_parts, strict=True), start=1):
        yield from _put(tx, each, kept, at)
        # Once in the database, a row is not held: thousands of new tasks would fill the memory.
        if number % _AT_ONCE == 0:
            tx.session.flush()
    yield from _drop_others(tx, occurrences, rows, at)
    tx.session.flush()
    forget_unused(tx, former - {row.shared for row in rows.values()})
    misleading.look(tx, [ref for ref, row in rows.items() if was[ref] != misleading.held(row)], at=at)


def drop(tx: Transaction, which: ColumnElement[bool], *, at: datetime) -> list[str]:
    """Drop milestones that the rules no longer give, and suppress their pending prompts; return which."""
    mine = col(MilestoneRow.council) == tx.council, col(MilestoneRow.dropped_at).is_(None), which
    refs = list(tx.session.exec(select(MilestoneRow.ref).where(*mine)))
    dropped = update(MilestoneRow).where(col(MilestoneRow.council) == tx.council, col(MilestoneRow.ref).in_(refs))
    tx.session.exec(dropped.values(dropped_at=at, next_rung_at=None, looked_at=at))
    prompts.suppress(tx, prompts.waiting_about(tx, refs), reason=NO_LONGER, at=at)
    misleading.look(tx, refs, at=at)
    return refs


def _sync_one(tx: Transaction, occurrence: Occurrence, row: OccurrenceRow | None) -> Iterator[Event]:
    original_on = (row and row.original_on) or occurrence.original_on
    kept = replace(occurrence, original_on=original_on, milestones=())
    # Read texts are remembered: to compare the values costs a fifth of writing them out to compare the texts.
    was = recall(Occurrence, row.definition) if row else None
    if row is None or was is None:
        due = {milestone.key: milestone.due_on for milestone in occurrence.milestones}
        after = canonical(_dates(kept) | {"milestones": due})
        yield Event(what=kept.state.value, ref=kept.ref, after=after)
    else:
        if row.dropped_at:
            yield Event(what="planned again", ref=kept.ref)
        if was != kept:
            yield from _occurrence_changed(was, kept)
    if row is None or row.dropped_at or was != kept:
        put = tx.session.merge if row else tx.session.add
        put(_occurrence_row(tx.council, kept, sequences.after(row, kept) if row else 0, written(kept)))


def _occurrence_changed(was: Occurrence, now: Occurrence) -> Iterator[Event]:
    before, after = _dates(was), _dates(now)
    if before != after:
        what = "moved" if was.state is now.state else now.state.value
        yield Event(
            what=what, ref=now.ref, before=canonical(before), after=canonical(after), why=" ".join(now.why[-1:])
        )


def _dates(occurrence: Occurrence) -> dict[str, Any]:
    dates = {name: getattr(occurrence, name) for name in _DATES}
    return {"state": occurrence.state} | {name: on for name, on in dates.items() if on}


def _occurrence_row(council: str, occurrence: Occurrence, sequence: int, definition: str) -> OccurrenceRow:
    return OccurrenceRow(
        council=council,
        ref=occurrence.ref,
        obligation=occurrence.obligation,
        number=occurrence.number,
        state=occurrence.state,
        original_on=occurrence.original_on,
        legal_on=occurrence.legal_on,
        working_on=occurrence.working_on,
        opens_on=occurrence.opens_on,
        closes_on=occurrence.closes_on,
        sequence=sequence,
        dropped_at=None,
        definition=definition,
    )


class _Placed(NamedTuple):
    """Hold a milestone that is new or changed, as it is to be kept, with its place, and its row where there is any."""

    occurrence: str
    position: int
    milestone: Milestone
    row: MilestoneRow | None


def _placed(
    occurrences: Sequence[Occurrence], known: Mapping[str, tuple[MilestoneRow, Milestone]]
) -> Iterator[_Placed]:
    for occurrence in occurrences:
        for position, milestone in enumerate(occurrence.milestones):
            if milestone.ref not in known:
                yield _Placed(occurrence.ref, position, milestone, None)
                continue
            row, was = known[milestone.ref]
            now = replace(milestone, ladder=was.ladder) if row.opened_at else milestone
            if (was, row.position, row.dropped_at) != (now, position, None):
                yield _Placed(occurrence.ref, position, now, row)


def _put(tx: Transaction, placed: _Placed, kept: Written, at: datetime) -> Iterator[Event]:
    row, milestone = placed.row, placed.milestone
    if row is None:
        tx.session.add(_milestone_row(tx.council, placed, kept, at))
        return
    yield from _milestone_changed(row, milestone)
    row.definition, row.shared = kept
    row.position, row.dropped_at = placed.position, None
    row.owner, row.due_on, row.legal_on = milestone.owner, milestone.due_on, milestone.legal_on
    row.closed_at = (row.closed_at or at) if misleading.is_off(milestone) else None
    row.changed_at, row.looked_at, row.next_rung_at = at, at, None if row.state is State.DONE else at


def _milestone_row(council: str, placed: _Placed, kept: Written, at: datetime) -> MilestoneRow:
    milestone = placed.milestone
    return MilestoneRow(
        council=council,
        ref=milestone.ref,
        occurrence=placed.occurrence,
        obligation=milestone.obligation,
        position=placed.position,
        owner=milestone.owner,
        due_on=milestone.due_on,
        legal_on=milestone.legal_on,
        next_rung_at=at,
        looked_at=at,
        changed_at=at,
        closed_at=at if misleading.is_off(milestone) else None,
        definition=kept.definition,
        shared=kept.shared,
    )


def _milestone_changed(row: MilestoneRow, now: Milestone) -> Iterator[Event]:
    before, after = {"due_on": row.due_on, "legal_on": row.legal_on}, {"due_on": now.due_on, "legal_on": now.legal_on}
    if before != after:
        yield Event(what="moved", ref=now.ref, before=canonical(before), after=canonical(after))
    if row.owner != now.owner:
        yield Event(what="reassigned", ref=now.ref, before=row.owner, after=now.owner)
    if (row.due_on, row.owner) != (now.due_on, now.owner):
        row.generation += 1
    if row.due_on != now.due_on and row.state not in (State.DONE, State.UNCONFIRMED):
        # An answer was about the date that was asked about, and falls with it.
        row.state = State.OPEN


def _drop_others(
    tx: Transaction, occurrences: Sequence[Occurrence], rows: dict[str, MilestoneRow], at: datetime
) -> Iterator[Event]:
    stated = {milestone.ref for occurrence in occurrences for milestone in occurrence.milestones}
    gone = [ref for ref, row in rows.items() if ref not in stated and row.dropped_at is None]
    if gone:
        tx.session.flush()
        drop(tx, col(MilestoneRow.ref).in_(gone), at=at)
    for ref in gone:
        yield Event(what="dropped", ref=ref, why=NO_LONGER)
