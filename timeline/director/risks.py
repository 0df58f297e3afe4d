"""Tell which tasks are at risk, and word them for the Monday mail: an item for each occurrence."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from timeline.answers.responses import State
from timeline.calendar.wording import count, short_date
from timeline.definitions.duties import DutyClass
from timeline.escalation.ladder import ladder_ended
from timeline.escalation.rag import Rag, agreed, rate
from timeline.escalation.task_context import TaskContext

_RATED = (Rag.RED, Rag.AMBER)
_HIGH = (DutyClass.A, DutyClass.B)


class Colours:
    """Hold the colours of all tasks, each worked out once."""

    def __init__(self, tasks: Sequence[TaskContext]) -> None:
        self.decided = agreed(tasks)
        self._of: dict[str, Rag] = {}

    def __call__(self, task: TaskContext) -> Rag:
        ref = task.milestone.ref
        if ref not in self._of:
            self._of[ref] = rate(task, agreed=of_duty(task) in self.decided).rag
        return self._of[ref]

    def at_risk(self, task: TaskContext) -> bool:
        """Tell whether a task is red or amber and of class A or B, or overdue with an ended ladder: then nobody else
        is told.
        """
        rag = self(task)
        if task.milestone.duty_class in _HIGH:
            return rag in _RATED
        return rag is Rag.RED and ladder_ended(task)

    def by_risk(self, task: TaskContext) -> tuple[str, bool, date, str]:
        """Sort legal dates first, so that overdue tasks of class B do not push them into "and n more"."""
        return (task.milestone.duty_class.value, self(task) is not Rag.RED, *by_date(task))


def risks(tasks: Iterable[TaskContext], rated: Colours) -> Iterator[str]:
    """Give an item for each occurrence, in the order of the most pressing task of each."""
    theirs: dict[tuple[str, int], list[TaskContext]] = {}
    for task in tasks:
        theirs.setdefault((task.milestone.obligation, task.milestone.number), []).append(task)
    for ones in theirs.values():
        first = ones[0]
        if len(ones) == 1:
            yield f"{first.milestone.title} ({rated(first).value}, {due(first)})"
        else:
            counted = f"{count(len(ones), 'task')} ({_colours(ones, rated)})"
            yield f"{first.milestone.duty}: {counted}, the first {due(first)}"


def _colours(tasks: Sequence[TaskContext], rated: Colours) -> str:
    rags = sorted((rated(task) for task in tasks), key=_RATED.index)
    if len(set(rags)) == 1:
        return f"all {rags[0].value}"
    return ", ".join(f"{len(list(same))} {rag.value}" for rag, same in groupby(rags))


def by_date(task: TaskContext) -> tuple[date, str]:
    return (task.milestone.due_on or date.max, task.milestone.ref)


def due(task: TaskContext) -> str:
    if task.status.state is State.UNCONFIRMED:
        return "done, to be confirmed"
    due_on, legal_on = task.milestone.due_on, task.milestone.legal_on
    if due_on is None:
        return "without a date"
    last_on = max(due_on, legal_on or due_on)
    if last_on < task.on:
        return f"overdue since {day(last_on, task.on)}"
    return f"due {day(due_on if due_on >= task.on else last_on, task.on)}"


def day(that_on: date, on: date) -> str:
    """Write a date such as "Thu 28 Nov", with the year if it is another year."""
    text = short_date(that_on)
    return text if that_on.year != on.year else text.rpartition(" ")[0]


def of_duty(task: TaskContext) -> tuple[str, int]:
    return (task.milestone.obligation, task.milestone.number)
