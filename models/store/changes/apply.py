"""Change by command: apply, record and undo, each in one transaction with an event for each difference."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.engine import StoreError
from models.store.base.json_values import written
from models.store.base.transaction import Transaction
from models.store.changes import first_apply, open_ladders, revisions, snapshots
from models.store.changes.requeue import reached_again
from models.store.changes.revisions import Revision
from models.store.changes.snapshots import Snapshot
from models.store.definitions import duties, facts, pauses, timelines
from models.store.ledger import prompts
from models.store.people import directory, imported
from models.store.plan import plans
from models.store.programme import statements
from models.tables import CouncilRow, RevisionKind
from timeline.calendar.london import london_date
from timeline.calendar.working_hours import WorkingHours
from timeline.definitions.council import OFFICE_HOURS, Council, CouncilTimeline
from timeline.definitions.facts import Fact
from timeline.planning.occurrences import Occurrence
from timeline.programme.programme import Programme

Laying = Callable[[CouncilTimeline], Sequence[Occurrence]]
"""From the timeline that stands after a change to its occurrences; the store knows no rules."""


class Applied(NamedTuple):
    """Hold the timeline in force: the digest and the name of its file, and when a timeline was first applied."""

    digest: str
    source: str
    first_applied_at: datetime


def apply(
    tx: Transaction,
    timeline: CouncilTimeline,
    *,
    at: datetime,
    who: str,
    source: str,
    digest: str,
    programme: Programme | None = None,
    laying: Laying | None = None,
    look_from: datetime | None = None,
    ladders_too: bool = False,
) -> None:
    """Make this the council's timeline, and this its programme (None: it stays). Facts recorded by command stay; every
    open milestone is looked at again. Absences whose time is over are left out.

    `live_from` and, where the timeline leaves it to us, `shadow_until` count from the first apply. `laying` gives the
    occurrences of the timeline that stands then; they are stored in the same transaction, to be looked at by flows that
    run for `look_from` (else `at`) or later. `ladders_too`: tasks that have opened take the ladders that hold now.
    """
    if timeline.council.key != tx.council:
        raise StoreError(f"This is the timeline of “{timeline.council.key}”, expected one of “{tx.council}”.")
    row = tx.session.get_one(CouncilRow, tx.council)
    before = snapshots.take(tx, row, timeline.hours) if row.first_applied_at else None
    event = Event(what="timeline applied", ref=tx.council, who=who, before=row.digest, after=digest, why=source)
    timeline = timelines.with_choices(tx, timeline.without_past_absences(at=at), on=london_date(at))
    happened = _take_in(tx, row, Snapshot(timeline, digest, source), at=at, who=who)
    changed = facts.replace(tx, timeline, at=at, who=who)
    audit.record(tx, [event, *happened, *changed.happened], at=at)
    why = f"{source} was applied"
    laid = planned(tx, laying, timeline.hours)
    former = open_ladders.follow(tx, laid.occurrences, at=at, who=who, why=why) if ladders_too and laid else {}
    if before is None or happened or changed.happened or former or statements.differs(tx, programme):
        kept = snapshots.snapshot(before, happened, former) if before else None
        number = _revised(tx, changed, kept, at=at, who=who, source=source)
        statements.state(tx, programme, revision=number, at=at, who=who, why=source)
        laid = planned(tx, laying, timeline.hours) if programme else laid  # Owners of its actions have tasks.
    prompts.wake_all(tx, at=at)
    lay_out(tx, laid, at=look_from or at, who=who, why=why)
    reached_again(tx, at=at)


def _revised(tx: Transaction, changed: facts.Changed, kept: str | None, *, at: datetime, who: str, source: str) -> int:
    """Add the revision of an apply, and give its number."""
    added, superseded, what = changed.added, changed.superseded, RevisionKind.APPLY
    return revisions.add(tx, what, added=added, superseded=superseded, before=kept, at=at, who=who, source=source)


def record_fact(
    tx: Transaction,
    fact: Fact,
    *,
    at: datetime,
    who: str,
    kind: RevisionKind = RevisionKind.RECORD,
    laying: Laying | None = None,
    is_known: Callable[[Fact, CouncilTimeline], bool] | None = None,
) -> bool:
    """Add a fact by command, which outlives an apply; False when that very fact is known already, or when `is_known`
    says so of the timeline in force: two who record the same at once record it once.
    """
    if is_known and is_known(fact, timelines.timeline(tx, OFFICE_HOURS)):
        return False
    added = facts.add(tx, fact, at=at, who=who)
    if added is None:
        return False
    revisions.add(tx, kind, at=at, who=who, source=fact.source, added=[added])
    prompts.wake_all(tx, at=at)
    lay_out(tx, planned(tx, laying, OFFICE_HOURS), at=at, who=who, why=fact.source)
    return True


def undo(tx: Transaction, *, at: datetime, who: str, of: int | None = None, laying: Laying | None = None) -> Revision:
    """Undo the last change by command that still stands, and return it.

    An apply: what stood before it, but for what was recorded by command; the first leaves nothing. A fact: it holds no
    more. `of` is the number of the change that is meant: of two who undo it at once, the second is told that it is
    taken back. Raise StoreError.
    """
    if of is not None:
        revisions.refuse_other(tx, of)
    last = revisions.last(tx)
    row = tx.session.get_one(CouncilRow, tx.council)
    what = f"{last.what.value} taken back"
    events = [Event(what=what, ref=tx.council, who=who, why=last.source)]
    is_first = revisions.is_first(tx, last)
    if is_first:
        events += first_apply.take_back(tx, row, at=at, who=who)
    elif last.what is RevisionKind.IMPORT and last.before:
        events += imported.restore(tx, last.before, who=who)
    elif last.before:
        events += _take_in(tx, row, snapshots.restore(tx, last.before), at=at, who=who)
    events += facts.take_back(tx, last.added, last.superseded, at=at, who=who)
    audit.record(tx, events, at=at)
    number = revisions.add(tx, RevisionKind.UNDO, at=at, who=who, source=last.source, takes_back=last.number)
    statements.take_back(tx, last.number, revision=number, at=at, who=who, why=what)
    if is_first:
        return revisions.revision(last, taken_back=True)
    prompts.wake_all(tx, at=at)
    why = f"{what}: {last.source}"
    open_ladders.change(tx, snapshots.ladders(last.before), at=at, who=who, why=why)
    lay_out(tx, planned(tx, laying, OFFICE_HOURS), at=at, who=who, why=why)
    reached_again(tx, at=at)
    return revisions.revision(last, taken_back=True)


def timeline_after_undo(tx: Transaction, *, at: datetime, of: int) -> CouncilTimeline | None:
    """Undo that change and give the timeline that stands then; None when nothing does. Raise StoreError."""
    undo(tx, at=at, who="", of=of)
    return None if is_empty(tx) else timelines.timeline(tx, OFFICE_HOURS)


def _take_in(tx: Transaction, row: CouncilRow, given: Snapshot, *, at: datetime, who: str) -> list[Event]:
    """Write everything that a file states but for its facts."""
    row.first_applied_at = row.first_applied_at or at
    council = given.timeline.going_live(on=london_date(row.first_applied_at)).council
    happened = list(_council_changed(row, council, who))
    row.name, row.definition = council.name, written(council)
    row.source, row.digest, row.applied_at = given.source, given.digest, at
    tx.session.flush()
    for change in (directory.replace, duties.replace, pauses.replace):
        happened += change(tx, given.timeline, at=at, who=who)
    return happened


class Planned(NamedTuple):
    """Hold the occurrences of these duties."""

    occurrences: Sequence[Occurrence]
    obligations: Sequence[str]


def planned(tx: Transaction, laying: Laying | None, hours: WorkingHours) -> Planned | None:
    """Plan the timeline in force."""
    if laying is None:
        return None
    now = timelines.stored(tx, hours)
    return Planned(laying(now), [duty.key for duty in now.obligations])


def lay_out(tx: Transaction, given: Planned | None, *, at: datetime, who: str, why: str) -> None:
    """Store the timeline, with what follows from it."""
    if given:
        plans.sync(tx, given.occurrences, obligations=given.obligations, at=at, who=who, why=why)


def applied(tx: Transaction) -> Applied | None:
    """Return what was applied last; None before the first apply."""
    row = tx.session.get(CouncilRow, tx.council)
    return Applied(row.digest, row.source, row.first_applied_at) if row and row.first_applied_at else None


def is_empty(tx: Transaction) -> bool:
    """Tell whether nothing was ever applied for this council."""
    return applied(tx) is None


def _council_changed(row: CouncilRow, council: Council, who: str) -> Iterator[Event]:
    before, after = row.definition, written(council)
    if before != after:
        yield Event(what="council changed", ref=row.key, who=who, before=before, after=after)
