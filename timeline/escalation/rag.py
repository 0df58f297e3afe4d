"""Red, amber, green by rule, each with its reason. What is not ours, or has no date yet, is not rated: grey."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from timeline.answers.responses import Answer, Response, State
from timeline.calendar.bank_holidays import LONDON
from timeline.calendar.wording import awaited, days_left, long_date
from timeline.escalation import ladder as standing_open
from timeline.escalation.task_context import Ground

# Working days before the due date from which an unanswered task is amber, and one not done is.
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


def rate(found: Ground) -> Rated:
    """How a milestone stands on the day of its ground; the reason is a sentence."""
    milestone, state = found.milestone, found.standing.state
    if not milestone.ours:
        return Rated(Rag.GREY, "Not ours to submit.")
    if state is State.DONE and found.standing.response:
        return Rated(Rag.GREEN, f"Done on {_said_on(found.standing.response)}.")
    if milestone.closed_because:
        return Rated(Rag.GREY, milestone.closed_because)
    if milestone.due_on is None or milestone.legal_on is None:
        return Rated(Rag.GREY, f"Waits for {awaited(milestone.waits_for)}.")
    if state is State.UNCONFIRMED and found.standing.response:
        return Rated(Rag.AMBER, f"Done on {_said_on(found.standing.response)}, and nobody has confirmed it yet.")
    if found.council.live_from and found.is_history:
        return Rated(Rag.GREY, f"Was due before going live on {long_date(found.council.live_from)}.")
    return _rate_open(found, milestone.due_on, milestone.legal_on)


def _rate_open(found: Ground, due_on: date, legal_on: date) -> Rated:
    due = days_left(due_on, on=found.on, calendar=found.office, legal_on=legal_on)
    due = due[0].upper() + due[1:]
    if legal_on < found.on:
        return Rated(Rag.RED, " ".join(filter(None, (f"{due}.", standing_open.sentence(found)))))
    left = 0 if due_on <= found.on else found.office.days_between(found.on, due_on)
    state = found.standing.state
    if state in (State.BLOCKED, State.DECLINED):
        trouble = "needs help" if state is State.BLOCKED else "has no owner: it was declined"
        return Rated(Rag.RED if left <= CLOSE else Rag.AMBER, f"{due}, and it {trouble}.")
    if left <= CLOSE:
        if state is State.ACKNOWLEDGED:
            return Rated(Rag.AMBER, f"{due}, and somebody has it.")
        return Rated(Rag.RED, f"{due}, and {_unanswered(found)}.")
    if left <= UNANSWERED and state is State.OPEN:
        return Rated(Rag.AMBER, f"{due}, and {_unanswered(found)}.")
    return Rated(Rag.GREEN, f"{due}.")


def _unanswered(found: Ground) -> str:
    response = found.standing.response
    if response and response.answer is Answer.RETURNED:
        return f"it was found not to be done on {_said_on(response)}"
    return f"what was said on {_said_on(response)} has run out" if response else "nobody has said they have it"


def _said_on(response: Response) -> str:
    return long_date(response.at.astimezone(LONDON).date())
