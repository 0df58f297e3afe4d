"""Answers, and where they leave a milestone. Acknowledged is not done: it stops the asking and expires."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from timeline.calendar import LONDON, WorkingCalendar
from timeline.occurrences import Milestone


class Answer(StrEnum):
    """What an officer can say."""

    ACKNOWLEDGED = "acknowledged"  # "I have this"
    DONE = "done"  # "It is done", with evidence
    HELP = "help"  # "I need help"
    DECLINED = "declined"  # "This is not mine"


class State(StrEnum):
    """Where a milestone stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    BLOCKED = "blocked"
    DECLINED = "declined"


LEAVES: dict[Answer, State] = {
    Answer.ACKNOWLEDGED: State.ACKNOWLEDGED,
    Answer.DONE: State.DONE,
    Answer.HELP: State.BLOCKED,
    Answer.DECLINED: State.DECLINED,
}


@dataclass(frozen=True, kw_only=True)
class Response:
    """What `person` (a key of the directory) answered about the date `due_on`; `answered_by` when for another."""

    milestone: str
    due_on: date
    person: str
    answer: Answer
    at: datetime
    via: str
    evidence: str = ""
    text: str = ""
    answered_by: str = ""


@dataclass(frozen=True)
class Standing:
    """A milestone's state, the response that led to it, and the instant an acknowledgement runs out."""

    state: State = State.OPEN
    response: Response | None = None
    until_at: datetime | None = None


class AnswerRefused(ValueError):
    """An answer that cannot be recorded, as one sentence for the one who gave it."""


def standing(milestone: Milestone, responses: Sequence[Response], *, office: WorkingCalendar, at: datetime) -> Standing:
    """Where the milestone stands at `at`.

    Done is done, whatever the date; every other answer was about one due date and falls with it. The latest of
    them holds, until it expires.
    """
    heard = sorted((one for one in responses if one.at <= at), key=lambda one: one.at)
    done = next((one for one in heard if one.answer is Answer.DONE), None)
    if done:
        return Standing(State.DONE, done)
    current = [one for one in heard if one.due_on == milestone.due_on]
    if not current:
        return Standing()
    last = current[-1]
    if last.answer is Answer.DECLINED:
        return Standing(State.DECLINED, last)
    until_at = expires_at(last, milestone.ladder.acknowledged_for, office)
    if until_at <= at:
        return Standing(response=last)
    return Standing(LEAVES[last.answer], last, until_at)


def expires_at(response: Response, working_days: int, office: WorkingCalendar) -> datetime:
    """An acknowledgement given today holds for `working_days` and is over when that day begins."""
    day = office.add(response.at.astimezone(LONDON).date(), working_days)
    return datetime.combine(day, time(), LONDON)


def accept(milestone: Milestone, response: Response, now: Standing) -> Response | None:
    """The response to record, or None when the very same is recorded already and still holds.

    Raises AnswerRefused when it cannot stand.
    """
    said = now.response
    if said and now.state is LEAVES[response.answer] and _same(said, response):
        return None
    if now.state is State.DONE:
        raise AnswerRefused("This task is already recorded as done, so nothing was changed.")
    if milestone.due_on is None:
        raise AnswerRefused(f"This task has no date yet: it waits for {', '.join(milestone.waits_for)}.")
    if response.answer is Answer.DONE and not response.evidence.strip():
        raise AnswerRefused("Please give a link or a reference that shows it is done.")
    return response


def _same(said: Response, response: Response) -> bool:
    """A second press of the same button: same task, date, person and words."""
    if response.answer is Answer.DONE:
        return said.evidence == response.evidence or not response.evidence
    return (said.person, said.text) == (response.person, response.text)
