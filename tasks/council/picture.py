"""Read a council's plan as its picture needs it, and lay the picture out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from config.settings import Settings
from models.store import Store
from timeline.answers.responses import Response
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.later_clock import task_now
from timeline.escalation.prompts import LedgerEntry
from timeline.escalation.task_context import TaskContext
from timeline.picture.audience import Audience, PlannedWork
from timeline.picture.contents import Contents, contents
from timeline.planning.occurrences import Occurrence

Said = tuple[Mapping[str, Sequence[LedgerEntry]], Mapping[str, Sequence[Response]]]
_NONE: Mapping[str, TaskContext] = {}


def picture_contents(store: Store, settings: Settings, audience: Audience, *, at: datetime) -> Contents:
    """Give what a picture of the council shows this audience at an instant."""
    return contents(planned_work(store, settings, at), audience=audience, at=at)


def planned_work(store: Store, settings: Settings, at: datetime) -> PlannedWork:
    """Read a council's plan with everything that bears on its tasks at an instant."""
    timeline = store.definitions.timeline(settings.working_hours).as_known(at=at)
    duties, occurrences = frozenset(duty.key for duty in timeline.obligations), store.plan.occurrences()
    said = store.ledger.entries(duties), store.inbound.responses(duties)
    tasks = tuple(tasks_at(timeline, occurrences, said, at=at))
    return PlannedWork(timeline=timeline, occurrences=occurrences, tasks=tasks)


def tasks_at(
    timeline: CouncilTimeline,
    occurrences: Iterable[Occurrence],
    said: Said,
    *,
    at: datetime,
    standing: Mapping[str, TaskContext] = _NONE,
) -> Iterator[TaskContext]:
    """Give each task with what was said and answered about it; those that are `standing`, by reference, as they are."""
    entries, responses = said
    for occurrence in occurrences:
        for milestone in occurrence.milestones:
            ref = milestone.ref
            stands = standing.get(ref)
            yield stands or task_now(timeline, milestone, entries.get(ref, ()), responses.get(ref, ()), at=at)
