"""Keep a council's plan for its pages as it was last read, and read again only the tasks that anything has touched."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import chain
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Pool

from config.settings import Settings
from models.store import Store
from tasks.council.picture import Said, tasks_at
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.task_context import TaskContext
from timeline.picture.audience import PlannedWork, holds_until
from timeline.planning.occurrences import Occurrence


class _Kept(NamedTuple):
    """Hold the last plan that was read of a council, with all on which it rests."""

    timeline: CouncilTimeline
    occurrences: tuple[Occurrence, ...]
    chain_end: tuple[int, str]
    from_at: datetime
    until_at: datetime
    work: PlannedWork


# One for each council of a database: to read two years of a ledger again takes most of a page's time.
_kept: WeakKeyDictionary[Pool, dict[str, _Kept]] = WeakKeyDictionary()


def work_now(store: Store, settings: Settings, at: datetime) -> PlannedWork:
    """Give the plan of `planned_work` at `at`, which is now, from what is kept where that still holds.

    It rests on the timeline, on the occurrences with their tasks, and on what was said and answered: each change of
    those extends the audit chain, which names the records. The hour alone changes a task when a day or an embargo ends.
    """
    # Before the rest: what is recorded between the two is then read once more, and never missed.
    chain_end = store.audit.chain_end()
    timeline = store.definitions.timeline(settings.working_hours).as_known(at=at)
    occurrences = store.plan.occurrences()
    of_database = _kept.setdefault(store.engine.pool, {})
    kept = of_database.get(store.council)
    if kept and not (kept.timeline is timeline and kept.from_at <= at < kept.until_at):
        kept = None
    if kept and (kept.occurrences, kept.chain_end) == (occurrences, chain_end):
        return kept.work
    standing = _standing(store, kept, occurrences) if kept else {}
    said = _said(store, timeline, occurrences, standing)
    work = PlannedWork(
        timeline=timeline,
        occurrences=occurrences,
        tasks=tuple(tasks_at(timeline, occurrences, said, at=at, standing=standing)),
    )
    if _is_all_past(said, at):
        of_database[store.council] = _Kept(timeline, occurrences, chain_end, at, holds_until(work, at=at), work)
    else:
        of_database.pop(store.council, None)
    return work


def _standing(store: Store, kept: _Kept, occurrences: Iterable[Occurrence]) -> dict[str, TaskContext]:
    """Give the tasks that are kept and that nothing has touched since, by reference."""
    touched = store.audit.tasks_touched(kept.chain_end)
    if touched is None:
        return {}
    were = {task.milestone.ref: task for task in kept.work.tasks}
    now = (milestone for occurrence in occurrences for milestone in occurrence.milestones)
    same = (each.ref for each in now if each.ref in were and were[each.ref].milestone == each)
    return {ref: were[ref] for ref in same if ref not in touched}


def _said(
    store: Store, timeline: CouncilTimeline, occurrences: Iterable[Occurrence], standing: Collection[str]
) -> Said:
    """Read what was said and answered about all tasks but those that stand as they are kept."""
    if not standing:
        duties = frozenset(duty.key for duty in timeline.obligations)
        return store.ledger.entries(duties), store.inbound.responses(duties)
    refs = {milestone.ref for occurrence in occurrences for milestone in occurrence.milestones} - {*standing}
    return store.ledger.entries(refs=refs), store.inbound.responses(refs=refs)


def _is_all_past(said: Said, at: datetime) -> bool:
    """Tell whether nothing was recorded by a clock that was ahead: that counts differently as time goes on."""
    entries, responses = said
    written = ((each.written_at, each.accepted_at or at, each.decided_at) for each in chain(*entries.values()))
    return all(instant <= at for instant in chain(*written, (each.at for each in chain(*responses.values()))))
