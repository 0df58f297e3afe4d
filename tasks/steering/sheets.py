"""Read all that the page of a task or an occurrence shows."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.steering.tasks import lines, referred
from timeline.definitions.refs import is_task, occurrence_of
from timeline.planning.explanation import of_occurrence
from timeline.planning.occurrences import Occurrence
from timeline.steering.explained import countdown
from timeline.steering.task_lines import Line
from timeline.steering.task_sheet import Moment, OccurrenceSheet, TaskSheet, occurrence_sheet, recorded, task_sheet


def sheet(store: Store, settings: Settings, ref: str, *, at: datetime) -> TaskSheet | OccurrenceSheet:
    """Give the page that REF names, the whole reference or its beginning. Raise NoSuchTask."""
    refs = referred(store, ref)
    of = occurrence_of(refs[0])
    occurrence, theirs = store.plan.occurrence(of), tuple(lines(store, settings, at=at, prefix=f"{of}/"))
    if occurrence and not (len(refs) == 1 and is_task(ref)):
        return _occurrence(store, settings, occurrence, theirs, at)
    line = next(line for line in theirs if line.ref == refs[0])
    responses = store.inbound.responses(refs={line.ref}).get(line.ref, ())
    return task_sheet(line, occurrence, theirs, responses=responses, trail=_trail(store, line.ref))


def _occurrence(
    store: Store, settings: Settings, occurrence: Occurrence, theirs: Sequence[Line], at: datetime
) -> OccurrenceSheet:
    timeline = store.definitions.timeline(settings.working_hours)
    explanation = of_occurrence(timeline, occurrence, at=at)
    return occurrence_sheet(
        explanation, theirs, countdown(occurrence, occurrence.ref, theirs), _trail(store, occurrence.ref)
    )


def _trail(store: Store, ref: str) -> Iterator[Moment]:
    return (recorded(trail.at, trail.who, trail.what, trail.via, trail.why) for trail in store.audit.trail(ref))
