"""Tell what was promised and what was kept, from the ledger: each task with its day, and what was answered by then."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from timeline.answers.responses import Answer
from timeline.boards.lists import told_above
from timeline.calendar.london import london_date
from timeline.calendar.wording import count, few
from timeline.definitions.duties import DutyClass
from timeline.escalation.rag import rate
from timeline.escalation.task_context import TaskContext
from timeline.reports.document import Missing, Paragraph, Part, Section, Table
from timeline.reports.situation import Situation, plain_date

HIGH = (DutyClass.A, DutyClass.B)
"""The classes whose tasks are told each by itself; of others a report tells how many."""


class Kept(StrEnum):
    """Name what became of a promise by the end of a day."""

    BY_ITS_DAY = "done by its day"
    LATE = "done late"
    NOT_DONE = "not done"
    TO_COME = "to come"


class Promise(NamedTuple):
    """Hold a task that somebody owes or owed: `last_on` is its last day, `done_on` the day on which it was done."""

    task: TaskContext
    last_on: date
    done_on: date | None
    kept: Kept


def promises(now: Situation) -> tuple[Promise, ...]:
    """Give every promise in the order of its day. Nothing counts that is not ours, was cancelled, or is history."""
    made = (promise for task in now.told.tasks if (promise := _promise(task, now.on)))
    return tuple(sorted(made, key=lambda promise: (promise.last_on, promise.task.milestone.ref)))


def _promise(task: TaskContext, on: date) -> Promise | None:
    milestone, said = task.milestone, task.status.response
    done_on = said.done_on if task.status.is_done and said else None
    if milestone.due_on is None or not milestone.ours or task.is_history or (milestone.closed_because and not done_on):
        return None
    last_on = max(milestone.due_on, milestone.legal_on or milestone.due_on)
    if done_on:
        return Promise(task, last_on, done_on, Kept.BY_ITS_DAY if done_on <= last_on else Kept.LATE)
    return Promise(task, last_on, None, Kept.NOT_DONE if last_on < on else Kept.TO_COME)


def fallen_due(now: Situation) -> tuple[Promise, ...]:
    """Give the promises whose last day has come; what was done ahead of a later day counts when that day comes."""
    return tuple(each for each in promises(now) if each.kept is not Kept.TO_COME and each.last_on <= now.on)


def promised_and_kept(now: Situation) -> Section:
    """Tell how many promises were kept, by duty, and each of high class that was late or is not done."""
    return Section("What was promised and kept", tuple(_promised(now)))


def _promised(now: Situation) -> Iterator[Part]:
    made = fallen_due(now)
    if not made:
        yield Missing("No task had fallen due by this day, so nothing was kept or missed.")
        return
    yield Paragraph(f"{_counted(made)} The days are those that hold; a day that moved stands under “Moved dates”.")
    yield Table("Promises by duty", ("Duty", "Fell due", *_NAMES), tuple(_by_duty(made)), (5, 2, 2, 2, 2))
    yield from statutory(now)
    yield from late(now, made)


_NAMES = tuple(kept.value.capitalize() for kept in (Kept.BY_ITS_DAY, Kept.LATE, Kept.NOT_DONE))


def _numbers(made: Sequence[Promise]) -> tuple[int, ...]:
    return tuple(sum(promise.kept is kept for promise in made) for kept in (Kept.BY_ITS_DAY, Kept.LATE, Kept.NOT_DONE))


def _counted(made: Sequence[Promise]) -> str:
    by_its_day, is_late, not_done = map(few, _numbers(made))
    tasks = "1 task" if len(made) == 1 else f"{few(len(made))} tasks"
    return (
        f"{tasks[:1].upper()}{tasks[1:]} fell due: {by_its_day} done by the day, {is_late} late, {not_done} not done."
    )


def _by_duty(made: Sequence[Promise]) -> Iterator[tuple[tuple[str, ...], ...]]:
    theirs: dict[str, list[Promise]] = {}
    for promise in made:
        theirs.setdefault(promise.task.milestone.duty, []).append(promise)
    for duty, each in theirs.items():
        yield ((duty,), (few(len(each)),), *((few(number),) for number in _numbers(each)))


def statutory(now: Situation) -> Iterator[Part]:
    """Show each submission of law or direction with its day, and what became of it."""
    rows = tuple(
        (
            (promise.task.milestone.title,),
            (plain_date(promise.last_on),),
            (_state(promise),),
            (promise.task.milestone.basis,),
        )
        for promise in promises(now)
        if promise.task.milestone.standing.binds and promise.task.milestone.completes
    )
    if rows:
        yield Table("Submissions of law and direction", ("Submission", "Due", "State", "Basis"), rows, (4, 2, 3, 4))


def _state(promise: Promise) -> str:
    if promise.done_on is None:
        return promise.kept.value.capitalize()
    confirmed = "" if promise.task.status.confirmed else ", no second person has confirmed it"
    needs = confirmed if promise.task.milestone.needs_second_person else ""
    return f"{promise.kept.value.capitalize()}, on {plain_date(promise.done_on)}{needs}"


def late(now: Situation, made: Iterable[Promise]) -> Iterator[Part]:
    """Show each promise of class A and B that was late or is not done, with its reason and the way back."""
    rows = tuple(
        late_row(promise, now)
        for promise in made
        if promise.task.milestone.duty_class in HIGH and promise.kept is not Kept.BY_ITS_DAY
    )
    columns = ("Task", "Owner", "Promised for", "What happened", "Recovery")
    if rows:
        yield Table("Late or not done, of submissions, decisions and visits", columns, rows, (7, 5, 5, 9, 8))
    else:
        yield Paragraph("Of submissions, decisions and visits, nothing was late and nothing is left undone.")


def late_row(promise: Promise, now: Situation) -> tuple[tuple[str, ...], ...]:
    """Give a task, its owner by post, its day, why it is late, and what is done about it."""
    milestone = promise.task.milestone
    return (
        (milestone.title,),
        (now.post(milestone.owner),),
        (plain_date(promise.last_on),),
        (_what_happened(promise),),
        tuple(_recovery(promise, now)),
    )


def _what_happened(promise: Promise) -> str:
    if promise.done_on is None:
        return rate(promise.task).why
    return f"Done on {plain_date(promise.done_on)}, {count((promise.done_on - promise.last_on).days, 'day')} late."


_SAID = {
    Answer.ACKNOWLEDGED: "has it",
    Answer.HELP: "asked for help",
    Answer.DECLINED: "said that it is somebody else's",
    Answer.DELEGATED: "passed it on",
    Answer.RETURNED: "heard from a second person that it is not done yet",
}


def _recovery(promise: Promise, now: Situation) -> Iterator[str]:
    """Say what was done about it: the owner's last answer, and the posts above that were told. Nobody is named."""
    said, task = promise.task.status.response, promise.task
    if promise.done_on:
        yield "It is done."
    elif said and said.answer in _SAID:
        yield f"The owner {_SAID[said.answer]}, on {plain_date(london_date(said.at))}."
    else:
        yield "Nobody has said when it will be done."
    if task.pause:
        yield task.pause.sentence
    first = {each.post: each.at for each in sorted(told_above(task), reverse=True)}
    for post, at in sorted(first.items(), key=lambda each: each[1]):
        yield f"{now.post(post)} told on {plain_date(london_date(at))}."
