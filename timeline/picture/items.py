"""Gather the items of a picture: each occurrence, and each task that is red or amber, with its colour, days and
reason.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from timeline.answers.responses import State
from timeline.calendar.wording import awaited, count
from timeline.definitions.duties import OccurrenceKind
from timeline.escalation.rag import Rag, Rated, agreed, rate
from timeline.escalation.task_context import TaskContext
from timeline.planning.occurrences import Occurrence, OccurrenceState


class Mark(StrEnum):
    """Name the marks of a picture, the most pressing first; each has a shape and a letter of its own beside its
    colour.
    """

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    DONE = "done"
    WAITS = "waits"
    CANCELLED = "cancelled"


class Item(NamedTuple):
    """Hold an occurrence or a task. `on` is the day of its mark; None while it has none: then `why` says what it waits
    for.

    `first_on` and `last_on` are its days, or the window in which they lie while `is_window`; `was_on` is the date
    first given, when it has moved since. `law_on` is the day that the rule itself gives: somebody may have stated an
    earlier day, to which we work. A task has none.
    """

    ref: str
    title: str
    mark: Mark
    why: str
    on: date | None = None
    first_on: date | None = None
    last_on: date | None = None
    is_window: bool = False
    was_on: date | None = None
    is_task: bool = False
    law_on: date | None = None


OF_RAG = {Rag.RED: Mark.RED, Rag.AMBER: Mark.AMBER, Rag.GREEN: Mark.GREEN, Rag.GREY: Mark.WAITS}
_OVER = (OccurrenceState.TOOK_PLACE, OccurrenceState.SUBMITTED)
PRESSING = (Mark.RED, Mark.AMBER)


class RatedTask(NamedTuple):
    task: TaskContext
    rated: Rated


def rated_tasks(tasks: Iterable[TaskContext]) -> dict[tuple[str, int], list[RatedTask]]:
    """Rate every task, by its occurrence."""
    all_tasks = tuple(tasks)
    decided = agreed(all_tasks)
    theirs: dict[tuple[str, int], list[RatedTask]] = {}
    for task in all_tasks:
        key = (task.milestone.obligation, task.milestone.number)
        theirs.setdefault(key, []).append(RatedTask(task, rate(task, agreed=key in decided)))
    return theirs


def items(occurrence: Occurrence, tasks: Sequence[RatedTask], *, on: date, counts: bool = True) -> Iterator[Item]:
    """Give the occurrence as it stands on a day, then its tasks that are red or amber.

    Without `counts` no reason says how many of its tasks are done, only whether some are.

    The task that completes a submission gives it its colour, and has no mark of its own. That of a meeting comes days
    after it, such as its actions.
    """
    submitted = occurrence.kind is OccurrenceKind.SUBMISSION
    completing = next((each for each in tasks if submitted and each.task.milestone.completes), None)
    yield _occurrence(occurrence, tasks, completing, on, counts)
    for each in tasks:
        if each is not completing and OF_RAG[each.rated.rag] in PRESSING:
            yield _task(each)


def _occurrence(
    occurrence: Occurrence, tasks: Sequence[RatedTask], completing: RatedTask | None, on: date, counts: bool
) -> Item:
    mark, why = _mark(occurrence, tasks, completing, on, counts)
    is_window = occurrence.starts_on is None and occurrence.opens_on is not None
    if is_window:
        first_on, last_on = occurrence.opens_on, occurrence.closes_on
    else:
        first_on = occurrence.starts_on or occurrence.legal_on
        last_on = occurrence.ends_on or first_on
    return Item(
        ref=occurrence.ref,
        title=occurrence.title,
        mark=mark,
        why=why,
        on=first_on,
        first_on=first_on,
        last_on=last_on,
        is_window=is_window,
        was_on=_was_on(occurrence),
        law_on=occurrence.law_on if occurrence.stated else first_on,
    )


def _was_on(occurrence: Occurrence) -> date | None:
    """Give the date first given; a window has none, and the days confirmed within it are no move."""
    was_on, now_on = occurrence.original_on, occurrence.starts_on
    return was_on if was_on and now_on and was_on != now_on and occurrence.opens_on is None else None


def _mark(
    occurrence: Occurrence, tasks: Sequence[RatedTask], completing: RatedTask | None, on: date, counts: bool
) -> tuple[Mark, str]:
    if occurrence.state is OccurrenceState.CANCELLED:
        return Mark.CANCELLED, "It was cancelled."
    if completing and completing.task.status.state is State.DONE:
        return Mark.DONE, completing.rated.why
    if occurrence.state in _OVER and completing is None:
        return Mark.DONE, "It took place."
    # Before its tasks are asked: an audience may hear that it waits, and not of its tasks.
    if occurrence.starts_on is None and occurrence.opens_on is None:
        return Mark.WAITS, f"Waits for {awaited(occurrence.waits_for)}." if occurrence.waits_for else "Has no date yet."
    if completing:
        return OF_RAG[completing.rated.rag], completing.rated.why
    return _by_tasks(occurrence, tasks, on, counts)


def _by_tasks(occurrence: Occurrence, tasks: Sequence[RatedTask], on: date, counts: bool) -> tuple[Mark, str]:
    """Mark what is no submission, such as a meeting: by what was answered about its tasks.

    Once its day has passed, those due by that day say whether it took place.
    """
    done = sum(each.task.status.state is State.DONE for each in tasks)
    said = _said(done, len(tasks), counts)
    last_on = occurrence.ends_on or occurrence.closes_on
    is_over = last_on is not None and last_on < on
    before = [each for each in tasks if _is_due_by(each, last_on)] if is_over else tasks
    if before and all(each.task.status.state is State.DONE for each in before):
        return Mark.DONE, said
    if is_over:
        return Mark.WAITS, f"Its day has passed, and nobody has recorded that it took place. {said}"
    mark = Mark.GREEN if occurrence.ours and any(each.rated.rag is Rag.GREEN for each in tasks) else Mark.WAITS
    if mark is Mark.GREEN or done:
        return mark, said
    return mark, f"{'Nobody is asked about it yet' if occurrence.ours else 'Not ours to submit'}. {said}"


def _said(done: int, tasks: int, counts: bool) -> str:
    if not tasks:
        return "It has no task."
    if counts:
        return f"{done} of {count(tasks, 'task')} done."
    return "All its tasks are done." if done == tasks else f"{'Some' if done else 'None'} of its tasks are done."


def _is_due_by(each: RatedTask, last_on: date | None) -> bool:
    due_on = each.task.milestone.due_on
    return due_on is not None and last_on is not None and due_on <= last_on


def _task(each: RatedTask) -> Item:
    milestone = each.task.milestone
    return Item(
        ref=milestone.ref,
        title=milestone.title,
        mark=OF_RAG[each.rated.rag],
        why=each.rated.why,
        on=milestone.due_on,
        first_on=milestone.due_on,
        last_on=milestone.due_on,
        is_task=True,
    )
