"""Read a council's plan as its picture needs it, and lay the picture out."""

from datetime import date, datetime

from config.settings import Settings
from models.store import Store
from timeline.escalation.later_clock import task_now
from timeline.picture.audience import Audience, PlannedWork, is_alive
from timeline.picture.contents import Contents, contents


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
    entries, responses = store.ledger.entries(duties, refs=refs), store.inbound.responses(duties, refs=refs)
    tasks = (
        task_now(timeline, milestone, entries.get(milestone.ref, ()), responses.get(milestone.ref, ()), at=at)
        for occurrence in occurrences
        for milestone in occurrence.milestones
    )
    return PlannedWork(timeline=timeline, occurrences=occurrences, tasks=tuple(tasks))
