"""Read the stored tasks that the commands and the pages list, each with its task context as of now."""

from collections.abc import Iterator
from datetime import datetime

from config.settings import Settings
from models.store import Store
from timeline.calendar.wording import near
from timeline.definitions.refs import is_task, occurrence_of
from timeline.escalation.later_clock import task_now
from timeline.steering.task_lines import Line, task_lines


class NoSuchTask(ValueError):
    """Refuse a reference that names no task, or several, in a sentence."""


def lines(store: Store, settings: Settings, *, at: datetime, prefix: str = "") -> Iterator[Line]:
    """List every stored milestone whose ref begins with `prefix`, by date; those that wait for a date come last."""
    timeline = store.definitions.timeline(settings.working_hours)
    # A task's colour may hang on another of its occurrence: the committee has decided, or not.
    milestones = store.plan.milestones(occurrence_of(prefix) if is_task(prefix) else prefix)
    refs = frozenset(milestone.ref for milestone in milestones)
    entries, responses = store.ledger.entries(refs=refs), store.inbound.responses(refs=refs)
    tasks = (
        task_now(timeline, milestone, entries.get(milestone.ref, ()), responses.get(milestone.ref, ()), at=at)
        for milestone in milestones
    )
    return task_lines(tasks, prefix=prefix)


def referred(store: Store, ref: str) -> tuple[str, ...]:
    """Return the refs of the milestones that REF names: a single milestone, or all of an occurrence.

    A unique prefix will do. Raise NoSuchTask.
    """
    refs = store.plan.find(f"{ref}/") or store.plan.find(ref)
    tasks = tuple(ref for ref in refs if is_task(ref))
    if not tasks:
        known = frozenset(store.plan.find(""))
        expected = "expected such as “plo-panel/2/papers” (see daymark list)"
        raise NoSuchTask(f"Nothing is called “{ref}”; {expected}.{near(ref.rstrip('/'), known)}")
    if len(set(map(occurrence_of, tasks))) == 1:
        return tasks
    shown = ", ".join(tasks[:6]) + (", …" if len(tasks) > 6 else "")
    raise NoSuchTask(f"“{ref}” could be {len(tasks)} tasks ({shown}); expected more of its name.")


def single_ref(store: Store, ref: str) -> str:
    """Return the ref of the only milestone that REF names. Raise NoSuchTask."""
    refs = referred(store, ref)
    if len(refs) > 1:
        raise NoSuchTask(f"“{ref}” has several tasks ({', '.join(refs)}); expected one of them.")
    return refs[0]
