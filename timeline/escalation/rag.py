"""Rate red, amber, green by rule, each with its reason. Grey is what is not ours, has no date, or was asked of nobody
yet.

Red needs a reason that holds today: it is late, it was asked and not answered, it needs help, nobody can be asked, or
no meeting is left that could agree it.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from timeline.answers.binding import ended
from timeline.answers.responses import Answer, Response, State
from timeline.calendar.london import london_date
from timeline.calendar.wording import awaited, days_left, long_date
from timeline.definitions.duties import OWNER
from timeline.escalation import ladder as standing_open
from timeline.escalation.prompts import SHADOW
from timeline.escalation.task_context import TaskContext
from timeline.sign_off import summary as sign_off
from timeline.sign_off.countdown_wording import line

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


# The task of a duty that says that its committee has decided (rule pack).
_DECISION = "decision"


def agreed(tasks: Iterable[TaskContext]) -> frozenset[tuple[str, int]]:
    """Give the occurrences (duty and number) whose committee has decided: their task “decision” is done."""
    decided = (task.milestone for task in tasks if task.milestone.key == _DECISION and task.status.is_done)
    return frozenset((milestone.obligation, milestone.number) for milestone in decided)


def rate(task: TaskContext, *, agreed: bool = False) -> Rated:
    """Rate a milestone on the day of its ground; the reason is a sentence.

    `agreed` says that the committee whose agreement it needs has given it. Each is worked out once: a page asks for
    its list, its picture and its counts.
    """
    if agreed not in task.rated:
        task.rated[agreed] = _rate(task, agreed=agreed)
    return task.rated[agreed]


def _rate(task: TaskContext, *, agreed: bool) -> Rated:
    milestone, state = task.milestone, task.status.state
    if not milestone.ours:
        return Rated(Rag.GREY, "Not ours to submit.")
    if state is State.DONE and task.status.response:
        return Rated(Rag.GREEN, f"{_ended(task.status.response)}.")
    if milestone.closed_because:
        return Rated(Rag.GREY, milestone.closed_because)
    if milestone.due_on is None or milestone.legal_on is None:
        return Rated(Rag.GREY, f"Waits for {awaited(milestone.waits_for)}.")
    if state is State.UNCONFIRMED and task.status.response:
        return Rated(Rag.AMBER, f"{_ended(task.status.response)}, and nobody has confirmed it yet.")
    if task.live_from and task.is_history:
        return Rated(Rag.GREY, f"Was due before {task.went_live} on {long_date(task.live_from)}.")
    if task.pause and task.pause.because:
        return Rated(Rag.AMBER, task.pause.because)
    rated = _rate_open(task, milestone.due_on, milestone.legal_on)
    return rated if agreed else _without_route(task, rated)


def _ended(response: Response) -> str:
    return f"{ended(response).capitalize()} on {long_date(response.done_on)}"


def _without_route(task: TaskContext, rated: Rated) -> Rated:
    """Rate a submission red when no meeting of its committee is left; amber when one was held that may have agreed."""
    if not task.milestone.completes or rated.rag is Rag.RED:
        return rated
    counted = sign_off.of(task.timeline, task.milestone.obligation, task.milestone.due_on, on=task.on)
    if counted is None or counted.meeting_on or counted.ratifies:
        return rated
    may_have = any(ruled_out.meeting_on < task.on for ruled_out in counted.ruled_out)
    return Rated(Rag.AMBER if may_have else Rag.RED, f"{rated.why} {line(counted)}")


def _rate_open(task: TaskContext, due_on: date, legal_on: date) -> Rated:
    """Rate a task to be done; a day to find out is amber until it is recorded, for other dates hang on it."""
    rated = _rate_by_date(task, due_on, legal_on)
    if task.milestone.provisional:
        rated = rated._replace(why=f"{rated.why} The date is provisional: the bank holidays are not published yet.")
    if not task.milestone.finds_out:
        return rated
    return Rated(Rag.AMBER, f"{rated.why} Until it is recorded we work to the latest date it can be.")


def _rate_by_date(task: TaskContext, due_on: date, legal_on: date) -> Rated:
    due = days_left(due_on, on=task.on, calendar=task.office, legal_on=legal_on)
    due = due[0].upper() + due[1:]
    if legal_on < task.on:
        return Rated(Rag.RED, " ".join(filter(None, (f"{due}.", standing_open.sentence(task)))))
    left = 0 if due_on <= task.on else task.office.days_between(task.on, due_on)
    state = task.status.state
    if state is State.OPEN and task.status.response is None and not _was_asked(task):
        return _rate_unasked(task, due, left)
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


def _was_asked(task: TaskContext) -> bool:
    """Tell whether the owner was asked; in a trial run only the programme lead was."""
    asked = (entry for entry in task.entries if entry.selector == OWNER and entry.accepted_at)
    return any(not entry.key.person.startswith(SHADOW) for entry in asked)


def _rate_unasked(task: TaskContext, due: str, left: int) -> Rated:
    """Rate what nobody was asked about: nobody has failed to answer, but that nobody can be asked is a reason."""
    if left <= UNANSWERED and task.audience.asked() is None:
        return Rated(Rag.RED if left <= CLOSE else Rag.AMBER, f"{due}, and there is nobody who could be asked.")
    late = left <= UNANSWERED and _asking_is_late(task)
    return Rated(Rag.AMBER if late else Rag.GREY, f"{due}, and nobody has been asked yet.")


def _asking_is_late(task: TaskContext) -> bool:
    """Tell whether the first mail was wanted before today, and the council has been live since."""
    first_on = min((london_date(rung_time.at) for rung_time in task.rung_times()), default=task.on)
    live_from = task.live_from
    return max(first_on, live_from or first_on) < task.on and not task.council.in_shadow(on=task.on)


def _unanswered(task: TaskContext) -> str:
    response = task.status.response
    if response and response.answer is Answer.RETURNED:
        return f"it was found not to be done on {_said_on(response)}"
    return f"what was said on {_said_on(response)} has run out" if response else "nobody has said they have it"


def _said_on(response: Response) -> str:
    return long_date(london_date(response.at))
