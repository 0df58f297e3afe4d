"""Read a council's plan as its picture and its pages need it, and lay the picture out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Pool

from config.settings import Settings
from models.store import Store
from timeline.answers.responses import Response
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.later_clock import task_now
from timeline.escalation.prompts import LedgerEntry
from timeline.picture.audience import Audience, PlannedWork, holds_until, is_alive
from timeline.picture.contents import Contents, contents
from timeline.planning.occurrences import Occurrence

Said = tuple[Mapping[str, Sequence[LedgerEntry]], Mapping[str, Sequence[Response]]]


def picture_contents(store: Store, settings: Settings, audience: Audience, *, at: datetime) -> Contents:
    """Give what a picture of the council shows this audience at an instant."""
    return contents(planned_work(store, settings, at), audience=audience, at=at)


def planned_work(store: Store, settings: Settings, at: datetime, *, since_on: date | None = None) -> PlannedWork:
    """Read a council's plan with everything that bears on its tasks at an instant.

    With `since_on` leave out what was over before that day and has nothing left to do: reading it then costs what is
    alive, and not what there ever was.
    """
    timeline = store.definitions.timeline(settings.working_hours).as_known(at=at)
    duties = frozenset(duty.key for duty in timeline.obligations)
    occurrences = store.plan.occurrences()
    if since_on:
        done = store.plan.done_refs(duties)
        occurrences = tuple(each for each in occurrences if is_alive(each, done, since_on=since_on))
    refs = {milestone.ref for occurrence in occurrences for milestone in occurrence.milestones} if since_on else set()
    said = store.ledger.entries(duties, refs=refs), store.inbound.responses(duties, refs=refs)
    return _work(timeline, occurrences, said, at)


class _Kept(NamedTuple):
    """Hold the last plan that was read of a council, with all on which it rests."""

    timeline: CouncilTimeline
    occurrences: tuple[Occurrence, ...]
    chain_end: tuple[int, str]
    from_at: datetime
    until_at: datetime
    work: PlannedWork


# One for each council of a database. Most requests come when nothing was said or answered since the last: to read
# two years of a ledger again takes most of a page's time.
_kept: WeakKeyDictionary[Pool, dict[str, _Kept]] = WeakKeyDictionary()


def work_now(store: Store, settings: Settings, at: datetime) -> PlannedWork:
    """Give the same plan at `at`, which is now, as it was last read while it still holds.

    It rests on the timeline, on the occurrences with their tasks, and on what was said and answered: each change of
    those extends the audit chain, which seals them. The hour alone changes a task when a day or an embargo ends.
    """
    # Before the rest: what is recorded between the two is then read once more, and never missed.
    chain_end = store.audit.chain_end()
    timeline = store.definitions.timeline(settings.working_hours).as_known(at=at)
    occurrences = store.plan.occurrences()
    of_database = _kept.setdefault(store.engine.pool, {})
    kept = of_database.get(store.council)
    rests_on = (occurrences, chain_end)
    if kept and kept.timeline is timeline and kept[1:3] == rests_on and kept.from_at <= at < kept.until_at:
        return kept.work
    duties = frozenset(duty.key for duty in timeline.obligations)
    said = store.ledger.entries(duties), store.inbound.responses(duties)
    work = _work(timeline, occurrences, said, at)
    if _is_all_past(said, at):
        of_database[store.council] = _Kept(timeline, occurrences, chain_end, at, holds_until(work, at=at), work)
    return work


def _is_all_past(said: Said, at: datetime) -> bool:
    """Tell whether nothing was recorded by a clock that was ahead: that counts differently as time goes on."""
    entries, responses = said
    written = ((each.written_at, each.accepted_at or at, each.decided_at) for each in chain(*entries.values()))
    instants: Iterable[datetime] = chain(chain(*written), (each.at for each in chain(*responses.values())))
    return all(instant <= at for instant in instants)


def _work(timeline: CouncilTimeline, occurrences: Sequence[Occurrence], said: Said, at: datetime) -> PlannedWork:
    entries, responses = said
    tasks = (
        task_now(timeline, milestone, entries.get(milestone.ref, ()), responses.get(milestone.ref, ()), at=at)
        for occurrence in occurrences
        for milestone in occurrence.milestones
    )
    return PlannedWork(timeline=timeline, occurrences=occurrences, tasks=tuple(tasks))
