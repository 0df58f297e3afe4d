"""Explain an occurrence that is stored, and count down to its sign-off."""

from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.steering.tasks import lines, referred
from timeline.definitions.refs import is_task, occurrence_of
from timeline.planning.explanation import Explanation, of_occurrence
from timeline.steering.explained import countdown


def explained(store: Store, settings: Settings, ref: str, *, at: datetime) -> tuple[Explanation, ...]:
    """Explain the occurrence that REF names; return nothing when REF names a milestone."""
    tasks = referred(store, ref)
    if len(tasks) == 1 and is_task(ref):
        return ()
    occurrence = store.plan.occurrence(occurrence_of(tasks[0]))
    timeline = store.definitions.timeline(settings.working_hours)
    return (of_occurrence(timeline, occurrence, at=at),) if occurrence else ()


def sign_off_sentences(store: Store, settings: Settings, ref: str, *, at: datetime) -> tuple[str, ...]:
    """Return the whole countdown of an occurrence, or of a milestone due up to its working date."""
    of = occurrence_of(ref)
    return countdown(store.plan.occurrence(of), ref, lines(store, settings, at=at, prefix=f"{of}/"))
