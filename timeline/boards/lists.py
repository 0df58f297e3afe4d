"""List what a board asks about: what comes, what is late and at whom, what was escalated, and what has moved."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from typing import NamedTuple

from timeline.calendar.london import london_date
from timeline.calendar.wording import few, short_date
from timeline.definitions.duties import DutyClass, OccurrenceKind
from timeline.definitions.people import Directory
from timeline.definitions.titles import post_title
from timeline.escalation.held import owed
from timeline.escalation.prompts import SHADOW, PromptKind
from timeline.escalation.rag import rate
from timeline.escalation.task_context import TaskContext
from timeline.picture.audience import PlannedWork
from timeline.picture.contents import Contents
from timeline.picture.items import OF_RAG, Item, Mark

AHEAD = 30
"""Working days ahead that a board sees in full."""
_LOOKS_BACK = timedelta(days=92)
_HIGH = (DutyClass.A, DutyClass.B)


class Coming(NamedTuple):
    """Name a date to come: of an occurrence, or of a task of class A or B; `state` is its colour in words."""

    on: date
    days: str
    title: str
    state: str
    is_law: bool


class OverduePost(NamedTuple):
    """Say how many tasks of a post are overdue, and since when the first of them is."""

    post: str
    tasks: str
    since: str


class Escalated(NamedTuple):
    """Name a duty with open tasks of which a post above the owner was told: how many, which posts, and since when."""

    title: str
    tasks: str
    posts: str
    since: str


class Moved(NamedTuple):
    """Name a date that has moved: the date first given, and the date that holds ("cancelled" when none does)."""

    title: str
    was: str
    now: str


def coming(of: Contents, work: PlannedWork, *, on: date, until_on: date) -> tuple[Coming, ...]:
    """Give the dates from a day to another, both included, by day."""
    return tuple(sorted([*_occurrences(of, on, until_on), *_tasks(work, on, until_on)]))


def _occurrences(of: Contents, on: date, until_on: date) -> Iterator[Coming]:
    for row in of.rows:
        for item in row.items:
            first_on = item.first_on
            if item.is_task or item.mark is Mark.CANCELLED or first_on is None:
                continue
            if first_on <= until_on and (item.last_on or first_on) >= on:
                yield Coming(max(first_on, on), _days(item), item.title, item.mark.value, row.is_law)


def _tasks(work: PlannedWork, on: date, until_on: date) -> Iterator[Coming]:
    """Give the tasks that are owed; the task that completes a submission is the submission itself."""
    submissions = {duty.key for duty in work.timeline.obligations if duty.kind is OccurrenceKind.SUBMISSION}
    for task in work.tasks:
        due_on, milestone = task.milestone.due_on, task.milestone
        if due_on is None or not on <= due_on <= until_on or milestone.duty_class not in _HIGH or not owed(task):
            continue
        if not (milestone.completes and milestone.obligation in submissions):
            yield Coming(due_on, short_date(due_on), milestone.title, OF_RAG[rate(task).rag].value, False)


def _days(item: Item) -> str:
    if item.first_on is None or item.last_on in (None, item.first_on):
        return short_date(item.first_on) if item.first_on else ""
    between = f"{short_date(item.first_on)} {{}} {short_date(item.last_on)}" if item.last_on else ""
    return f"between {between.format('and')}" if item.is_window else between.format("to")


def overdue(tasks: Iterable[TaskContext], directory: Directory, *, on: date) -> tuple[OverduePost, ...]:
    """Count by post what is owed and past its date, the oldest first."""
    late: dict[str, list[date]] = {}
    for task in tasks:
        due_on = task.milestone.due_on
        last_on = max(due_on, task.milestone.legal_on or due_on) if due_on else None
        if last_on and last_on < on and owed(task):
            late.setdefault(task.milestone.owner, []).append(last_on)
    posts = sorted(late, key=lambda post: (min(late[post]), post))
    return tuple(
        OverduePost(post_title(directory, post), few(len(late[post])), short_date(min(late[post]))) for post in posts
    )


def escalated(tasks: Iterable[TaskContext], directory: Directory) -> tuple[Escalated, ...]:
    """List by duty what is owed and was said to a post above its owner; in a trial run nobody above was told."""
    theirs: dict[str, list[list[Told]]] = {}
    for task in tasks:
        if owed(task) and (told := told_above(task)):
            theirs.setdefault(task.milestone.duty, []).append(told)
    return tuple(_escalated(duty, by_task, directory) for duty, by_task in sorted(theirs.items(), key=_first_told))


class Told(NamedTuple):
    """Name a post that was told of a task as an escalation, and when."""

    at: datetime
    post: str


def told_above(task: TaskContext) -> list[Told]:
    """Give the posts above its owner that were told of a task, each with when; in a trial run nobody was."""
    return [
        Told(entry.accepted_at, entry.post)
        for entry in task.entries
        if entry.kind is PromptKind.ESCALATION and entry.accepted_at and not entry.key.person.startswith(SHADOW)
    ]


def _first_told(duty: tuple[str, list[list[Told]]]) -> Told:
    return min(chain.from_iterable(duty[1]))


def _escalated(title: str, by_task: Sequence[Sequence[Told]], directory: Directory) -> Escalated:
    told = sorted(chain.from_iterable(by_task))
    posts = ", ".join(dict.fromkeys(post_title(directory, each.post) for each in told))
    return Escalated(title, few(len(by_task)), posts, short_date(london_date(told[0].at)))


def looks_back_to(on: date) -> date:
    """Give the first day of which a board still hears when it is over: also of the month before in its picture."""
    return on - _LOOKS_BACK


def moved(of: Contents, *, on: date) -> tuple[Moved, ...]:
    """List what has another date than was first given, or none any more, from three months back on, by the new date."""
    since_on = looks_back_to(on)
    rows = []
    for row in of.rows:
        for item in row.items:
            was_on = item.was_on or (item.first_on if item.mark is Mark.CANCELLED else None)
            if was_on and max(was_on, item.first_on or was_on) >= since_on:
                now = "cancelled" if item.mark is Mark.CANCELLED else _days(item)
                rows.append((item.first_on or was_on, Moved(item.title, short_date(was_on), now)))
    return tuple(each for _, each in sorted(rows))
