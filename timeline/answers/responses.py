"""Hold answers, and the state in which they leave a task. Acknowledged is not done: it stops the asking and expires."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from timeline.calendar.clock_jumps import is_from_later_clock
from timeline.calendar.london import london_date, start_of_day
from timeline.calendar.working_days import WorkingCalendar
from timeline.planning.occurrences import Milestone


class Answer(StrEnum):
    """Name the answers that an officer can give."""

    ACKNOWLEDGED = "acknowledged"  # "I have this"
    DONE = "done"  # "It is done", with evidence
    HELP = "help"  # "I need help"
    DECLINED = "declined"  # "This is not mine"
    DELEGATED = "delegated"  # "… will do this", somebody of the directory
    CONFIRMED = "confirmed"  # "I confirm it", a second person's word that it is done
    RETURNED = "returned"  # "It is not done yet", with what is missing


class State(StrEnum):
    """Name the state of a task."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    UNCONFIRMED = "unconfirmed"  # done, and a second person has not confirmed it yet
    DONE = "done"
    BLOCKED = "blocked"
    DECLINED = "declined"


LEAVES: dict[Answer, State] = {
    Answer.ACKNOWLEDGED: State.ACKNOWLEDGED,
    Answer.DONE: State.DONE,
    Answer.HELP: State.BLOCKED,
    Answer.DECLINED: State.DECLINED,
    Answer.DELEGATED: State.OPEN,
    Answer.CONFIRMED: State.DONE,
    Answer.RETURNED: State.OPEN,
}
FIRST_PERSONS = (Answer.ACKNOWLEDGED, Answer.DONE, Answer.HELP, Answer.DECLINED, Answer.DELEGATED)
"""The answers about a task that is still to be done."""
AT_ONCE = (Answer.HELP, Answer.DECLINED, Answer.RETURNED)
"""The answers that others hear of at the next `notify`, and not with the next day's mail."""
SECOND_PERSONS = (Answer.CONFIRMED, Answer.RETURNED)
"""The answers about a task that is done and waits for a second person, and about no other."""


@dataclass(frozen=True, kw_only=True)
class Response:
    """Hold the answer of `person` (a key of the directory) about the date `due_on`.

    `answered_by` is set when somebody else answered for the person, and `by` is that person's key where it is known.
    `delegated_to` is the key of the person who is asked from then on. `to_confirm` says that a second person has to
    confirm it; it is settled with the answer, so that no later rule undoes finished work.
    """

    milestone: str
    due_on: date
    person: str
    answer: Answer
    at: datetime
    via: str
    evidence: str = ""
    text: str = ""
    answered_by: str = ""
    delegated_to: str = ""
    by: str = ""
    to_confirm: bool = False


@dataclass(frozen=True)
class TaskStatus:
    """Hold a milestone's state, the response that led to it, and the instant an acknowledgement runs out.

    `delegated_to` is the key of the person who is asked in the owner's place, or empty; `confirmed` what the second
    person said of a done task, and `returned` how often a second person said that it was not done yet.
    """

    state: State = State.OPEN
    response: Response | None = None
    until_at: datetime | None = None
    delegated_to: str = ""
    confirmed: Response | None = None
    returned: int = 0

    @property
    def is_done(self) -> bool:
        """Tell whether the work is done: nobody is asked to do it, confirmed or not."""
        return self.state in (State.DONE, State.UNCONFIRMED)


class AnswerRefused(ValueError):
    """Report an answer that cannot be recorded, with a sentence for the person who gave it."""


def task_status(
    milestone: Milestone, responses: Sequence[Response], *, office: WorkingCalendar, at: datetime
) -> TaskStatus:
    """Work out the state of a task at `at`.

    Done is done, whatever the date. Every other answer belongs to its due date and falls with that date. The latest of
    those counts until it expires.
    """
    heard = sorted((response for response in responses if response.at <= at), key=lambda response: response.at)
    finished = _finished(heard)
    if finished.response:
        return finished
    current = [
        response
        for response in heard
        if response.due_on == milestone.due_on and response.answer not in (Answer.DONE, Answer.CONFIRMED)
    ]
    if not current:
        return finished
    last, to = current[-1], delegated_to(current)
    if last.answer in (Answer.DECLINED, Answer.DELEGATED, Answer.RETURNED):
        return replace(finished, state=LEAVES[last.answer], response=last, delegated_to=to)
    until_at = expires_at(last, milestone.ladder.acknowledged_for, office)
    if until_at <= at:
        return replace(finished, response=last, delegated_to=to)
    return replace(finished, state=LEAVES[last.answer], response=last, until_at=until_at, delegated_to=to)


def _finished(heard: Sequence[Response]) -> TaskStatus:
    """Find the answer "done" and the second person's word on it; no response while the task is still to be done."""
    now = TaskStatus()
    for response in heard:
        if response.answer is Answer.DONE and not now.response:
            now = replace(now, state=State.UNCONFIRMED if response.to_confirm else State.DONE, response=response)
        elif response.answer is Answer.CONFIRMED and now.state is State.UNCONFIRMED:
            now = replace(now, state=State.DONE, confirmed=response)
        elif response.answer is Answer.RETURNED and now.state is State.UNCONFIRMED:
            now = TaskStatus(returned=now.returned + 1)
    return now


def answers_now(responses: Sequence[Response], *, at: datetime) -> tuple[Response, ...]:
    """Give the answers that count at `at`, which is now, in the order in which they were recorded: `responses` have it.

    What a later clock recorded was answered, and counts from now; each answer counts from the next at the latest, for
    that came after it, whatever a clock said. "I have this" and "I need help" of a later clock are left out: they would
    silence the asking until an instant that is not known.
    """
    passing = (Answer.ACKNOWLEDGED, Answer.HELP)
    counting: list[Response] = []
    next_at = at
    for response in reversed(responses):
        later = is_from_later_clock(response.at, at=at)
        if not (later and response.answer in passing):
            next_at = min(response.at, next_at) if later or counting else response.at
            counting.append(response if response.at == next_at else replace(response, at=next_at))
    return tuple(reversed(counting))


def all_answers_now(responses: Mapping[str, Sequence[Response]], *, at: datetime) -> dict[str, tuple[Response, ...]]:
    """Do the same for the answers to several tasks, by reference."""
    return {ref: answers_now(of_task, at=at) for ref, of_task in responses.items()}


def delegated_to(current: Sequence[Response]) -> str:
    """Give the person of the last delegation; when that person declines, the line manager delegates again."""
    handed = [response for response in current if response.answer is Answer.DELEGATED]
    return handed[-1].delegated_to if handed else ""


def expires_at(response: Response, working_days: int, office: WorkingCalendar) -> datetime:
    """Give the end of an acknowledgement: it holds for `working_days` and is over when the last of them begins."""
    day = office.add(london_date(response.at), working_days)
    return start_of_day(day)


def accept(milestone: Milestone, response: Response, now: TaskStatus) -> Response | None:
    """Give the response to record; None when the same response is recorded already and still counts.

    Raises AnswerRefused when the task does not allow it.
    """
    said, stands = now.response, now.state is LEAVES[response.answer]
    if said and (now.is_done if response.answer is Answer.DONE else stands) and _same(said, response):
        return None
    if response.answer in SECOND_PERSONS:
        return _second_persons(response, now)
    if now.is_done:
        raise AnswerRefused("This task is already recorded as done, so nothing was changed.")
    if milestone.due_on is None:
        raise AnswerRefused(f"This task has no date yet: it waits for {', '.join(milestone.waits_for)}.")
    if response.answer is Answer.DELEGATED and not response.delegated_to:
        raise AnswerRefused("Please say who will do this: somebody of this council's directory.")
    if response.answer is Answer.DONE and not response.evidence.strip():
        raise AnswerRefused("Please give a link or a reference that shows it is done.")
    return response


def _second_persons(response: Response, now: TaskStatus) -> Response | None:
    """Accept the first confirmation; ignore any other."""
    if response.answer is Answer.CONFIRMED and now.confirmed:
        return None
    if now.state is State.DONE:
        raise AnswerRefused("This task is done, and nobody has to confirm it any more. Nothing was changed.")
    if now.state is not State.UNCONFIRMED:
        raise AnswerRefused("This task is not recorded as done, so there is nothing to confirm yet.")
    if response.answer is Answer.RETURNED and not response.text.strip():
        raise AnswerRefused("Please say what is missing, so that it can be done.")
    return response


def _same(said: Response, response: Response) -> bool:
    """Tell whether it is a second press of the same button: the same task, date, person and words."""
    if response.answer is Answer.DONE:
        return said.evidence == response.evidence or not response.evidence
    mine = (response.person, response.text, response.delegated_to)
    return (said.answer, said.person, said.text, said.delegated_to) == (response.answer, *mine)
