"""Red, amber, green by rule, each with its reason. What is not ours, or has no date yet, is not rated: grey."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from timeline.answers.responses import Answer, Response, State
from timeline.calendar.london import london_date
from timeline.calendar.wording import awaited, days_left, long_date
from timeline.escalation import ladder as standing_open
from timeline.escalation.task_context import TaskContext

# Working days before the due date from which an unanswered task is amber, and a task not done is.
UNANSWERED = 5
CLOSE = 2


class Rag(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"


class Rated(NamedTuple):
    rag: Rag
    why: str


def rate(task: TaskContext) -> Rated:
    """Rate a milestone on the day of its ground; the reason is a sentence."""
    milestone, state = task.milestone, task.status.state
    if not milestone.ours:
        return Rated(Rag.GREY, "Not ours to submit.")
    if state is State.DONE and task.status.response:
        return Rated(Rag.GREEN, f"Done on {_said_on(task.status.response)}.")
    if milestone.closed_because:
        return Rated(Rag.GREY, milestone.closed_because)
    if milestone.due_on is None or milestone.legal_on is None:
        return Rated(Rag.GREY, f"Waits for {awaited(milestone.waits_for)}.")
    if state is State.UNCONFIRMED and task.status.response:
        return Rated(Rag.AMBER, f"Done on {_said_on(task.status.response)}, and nobody has confirmed it yet.")
    if task.council.live_from and task.is_history:
        return Rated(Rag.GREY, f"Was due before going live on {long_date(task.council.live_from)}.")
    return _rate_open(task, milestone.due_on, milestone.legal_on)


def _rate_open(task: TaskContext, due_on: date, legal_on: date) -> Rated:
    due = days_left(due_on, on=task.on, calendar=task.office, legal_on=legal_on)
    due = due[0].upper() + due[1:]
    if legal_on < task.on:
        return Rated(Rag.RED, " ".join(filter(None, (f"{due}.", standing_open.sentence(task)))))
    left = 0 if due_on <= task.on else task.office.days_between(task.on, due_on)
    state = task.status.state
    if state in (State.BLOCKED, State.DECLINED):
        trouble = "needs help" if state is State.BLOCKED else "has no owner: it was declined"
        return Rated(Rag.RED if left <= CLOSE else Rag.AMBER, f"{due}, and it {trouble}.")
    if left <= CLOSE:
        if state is State.ACKNOWLEDGED:
            return Rated(Rag.AMBER, f"{due}, and somebody has it.")
        return Rated(Rag.RED, f"{due}, and {_unanswered(task)}.")
    if left <= UNANSWERED and state is State.OPEN:
        return Rated(Rag.AMBER, f"{due}, and {_unanswered(task)}.")
    return Rated(Rag.GREEN, f"{due}.")


def _unanswered(task: TaskContext) -> str:
    response = task.status.response
    if response and response.answer is Answer.RETURNED:
        return f"it was found not to be done on {_said_on(response)}"
    return f"what was said on {_said_on(response)} has run out" if response else "nobody has said they have it"


def _said_on(response: Response) -> str:
    return long_date(london_date(response.at))
