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
    TAKEN_BACK = "taken back"  # "Undo": the last answer of the same person counts no more


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
    Answer.TAKEN_BACK: State.OPEN,
}
FIRST_PERSONS = (Answer.ACKNOWLEDGED, Answer.DONE, Answer.HELP, Answer.DECLINED, Answer.DELEGATED)
"""The answers about a task that is still to be done."""
AT_ONCE = (Answer.HELP, Answer.DECLINED, Answer.RETURNED)
"""The answers that others hear of at the next `notify`, and not with the next day's mail."""
SECOND_PERSONS = (Answer.CONFIRMED, Answer.RETURNED)
"""The answers about a task that is done and waits for a second person, and about no other."""


CAN_BE_TAKEN_BACK = (Answer.ACKNOWLEDGED, Answer.DONE, Answer.HELP, Answer.DECLINED)
"""The answers that their giver can take back. A task that was passed on is with somebody who was told so."""


# The way by which a recorded fact says that a task is done: nobody of the directory answered.
ON_RECORD = "record"


@dataclass(frozen=True, kw_only=True)
class Given:
    """Hold an answer as it was given for `person` (a key of the directory), before it is judged.

    `answered_by` names another person who gave it, `by` is that person's key where it is known. `delegated_to` is the
    key of the person who is to do the task from then on.
    """

    person: str
    answer: Answer
    via: str
    evidence: str = ""
    text: str = ""
    answered_by: str = ""
    delegated_to: str = ""
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Response(Given):
    """Hold an answer about the date `due_on` of a task, as it was recorded at an instant.

    `to_confirm` says that a second person has to confirm it; it is settled with the answer, so that no later rule
    undoes finished work.
    """

    milestone: str
    due_on: date
    at: datetime
    to_confirm: bool = False

    @property
    def recorded_by(self) -> str:
        """Name who recorded the fact that says it; empty for an answer."""
        return (self.answered_by or "Somebody") if self.via == ON_RECORD else ""

    @property
    def done_on(self) -> date:
        """Give the day on which it happened, as far as is known: that of the answer."""
        return london_date(self.at)


@dataclass(frozen=True, kw_only=True)
class RecordedResponse(Response):
    """Hold what a recorded fact says of a task: it is known from `at` on, and happened on a day of its own. A task that
    `ended` as cancelled, such as an instruction that was withdrawn, was never done.
    """

    happened_on: date
    ended: str = "done"

    @property
    def done_on(self) -> date:
        """Give the day of the fact, which may have become known later: what was done in time is never late."""
        return self.happened_on


@dataclass(frozen=True)
class TaskStatus:
    """Hold a milestone's state, the response that led to it, and the instant an acknowledgement runs out.

    `delegated_to` is the key of the person who is asked in the owner's place, or empty; `confirmed` what the second
    person said of a done task, and `returned` how often a second person said that it was not done yet. `took_back` is
    set when the last word was that an answer is taken back.
    """

    state: State = State.OPEN
    response: Response | None = None
    until_at: datetime | None = None
    delegated_to: str = ""
    confirmed: Response | None = None
    returned: int = 0
    took_back: Response | None = None

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
    now = _status(milestone, _counting(heard), office, at)
    last = heard[-1] if heard else None
    return replace(now, took_back=last) if last and last.answer is Answer.TAKEN_BACK else now


def _counting(heard: Sequence[Response]) -> list[Response]:
    """Leave out each answer that was taken back, and the word that took it back: things stand as they did before."""
    counting: list[Response] = []
    for response in heard:
        if response.answer is not Answer.TAKEN_BACK:
            counting.append(response)
            continue
        theirs = [n for n, said in enumerate(counting) if said.person == response.person]
        if theirs and counting[theirs[-1]].answer in CAN_BE_TAKEN_BACK:
            del counting[theirs[-1]]
    return counting


def may_take_back(person: str, now: TaskStatus) -> bool:
    """Tell whether the answer that counts now is this person's own, and can be taken back: once, and while nobody has
    confirmed it.
    """
    said = now.response
    if said is None or said.person != person or said.answer not in CAN_BE_TAKEN_BACK or now.confirmed or now.took_back:
        return False
    return now.is_done or now.state is LEAVES[said.answer]


def _status(milestone: Milestone, heard: Sequence[Response], office: WorkingCalendar, at: datetime) -> TaskStatus:
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
    day = office.ahead(london_date(response.at), working_days)
    return start_of_day(day)
