"""Read a council's plan as its picture needs it, and lay the picture out."""

from datetime import datetime

from config.settings import Settings
from models.store import Store
from timeline.escalation.later_clock import task_now
from timeline.picture.audience import Audience, PlannedWork
from timeline.picture.contents import Contents, contents


def picture_contents(store: Store, settings: Settings, audience: Audience, *, at: datetime) -> Contents:
    """Give what a picture of the council shows this audience at an instant."""
    return contents(planned_work(store, settings, at), audience=audience, at=at)


def planned_work(store: Store, settings: Settings, at: datetime) -> PlannedWork:
    """Read the whole plan: every occurrence, and every task with what was said and answered about it."""
    timeline = store.definitions.timeline(settings.working_hours).as_known(at=at)
    duties = frozenset(duty.key for duty in timeline.obligations)
    entries, responses = store.ledger.entries(duties), store.inbound.responses(duties)
    occurrences = store.plan.occurrences()
    tasks = (
        task_now(timeline, milestone, entries.get(milestone.ref, ()), responses.get(milestone.ref, ()), at=at)
        for occurrence in occurrences
        for milestone in occurrence.milestones
    )
    return PlannedWork(timeline=timeline, occurrences=occurrences, tasks=tuple(tasks))
