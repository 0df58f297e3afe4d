"""What people are shown and what they answer: plain values between deciding and printing.

Phrases arrive ready-made (see `timeline/wording`), so that no template words a date on its own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from timeline.answers.responses import FIRST_PERSONS, Answer, AnswerRefused, State
from timeline.definitions.duties import STATUS_MEANING, DutyClass, Status
from timeline.director.briefings import Because
from timeline.letters.mail_views import MailLine

__all__ = [
    "Answer",
    "AnswerRefused",
    "DeadLink",
    "DraftLine",
    "DraftView",
    "MessageTask",
    "MessageView",
    "MineTask",
    "MineView",
    "Recorded",
    "Reply",
    "ReviewItem",
    "State",
    "TaskView",
]

DeadReason = Literal["moved", "reassigned", "closed", "unknown", "expired"]


@dataclass(frozen=True, kw_only=True)
class TaskView:
    """One task as the person behind a link sees it.

    `due_phrase` is a clause ("due in 3 working days (5 calendar days), Thursday 28 November"), `due_on` the
    working date, `legal_on` what the rule gives; `why` is the whole explanation in sentences and `brief` the few that
    matter; `standing` says what the status of the `basis` means; `checklist` is what belongs to the task;
    `sign_off` is the countdown to the committee's meeting in one line; `state_phrase` is a sentence, and `asked_by` one
    that says who passed the task on to this person, or for whom it came. They are empty where there is nothing to say.
    `choices` are the answers that this person can give now, and `evidence` is what shows that a task is done that waits
    for a second person.
    """

    title: str
    asks: str
    obligation_title: str
    duty_class: DutyClass
    due_phrase: str
    due_on: date
    legal_on: date
    why: tuple[str, ...]
    basis: str
    status: Status
    post_title: str
    person_name: str
    state: State
    state_phrase: str
    needs_evidence: bool
    council_name: str
    programme_name: str
    brief: tuple[str, ...] = ()
    checklist: tuple[str, ...] = ()
    sign_off: str = ""
    asked_by: str = ""
    choices: tuple[Answer, ...] = FIRST_PERSONS
    evidence: str = ""

    @property
    def standing(self) -> str:
        return STATUS_MEANING[self.status]


class MessageTask(NamedTuple):
    """One numbered line of a message's page; `url` leads to the task's own page."""

    number: int
    title: str
    due_phrase: str
    url: str


@dataclass(frozen=True, kw_only=True)
class MessageView:
    """The tasks of one message, each answered on its own page."""

    council_name: str
    programme_name: str
    person_name: str
    tasks: tuple[MessageTask, ...]


@dataclass(frozen=True, kw_only=True)
class MineTask:
    """One of a person's tasks; `url` leads to its page, and is empty where that person has no link to it yet."""

    title: str
    obligation_title: str
    due_phrase: str
    state: State
    url: str


@dataclass(frozen=True, kw_only=True)
class DraftLine:
    """A draft on the list of whoever may release it; `ref` is the task's reference."""

    ref: str
    title: str
    because: Because


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """A draft as it is shown before its release: to which post it would go, and its words. `seen` is the digest of
    these words, so that nobody releases others than were read.
    """

    council_name: str
    programme_name: str
    person_name: str
    ref: str
    to_post: str
    subject: str
    lines: tuple[MailLine, ...]
    closing: tuple[str, ...]
    seen: str


@dataclass(frozen=True, kw_only=True)
class MineView:
    """All tasks that wait for one person: those we have begun to ask for, and later ones. `until` is the clock time in
    London at which the page closes, `calendar_url` the person's own feed, or empty. `drafts` are those for the lead
    member that this person may release.
    """

    council_name: str
    programme_name: str
    person_name: str
    until: str
    now: tuple[MineTask, ...] = ()
    later: tuple[MineTask, ...] = ()
    calendar_url: str = ""
    drafts: tuple[DraftLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReviewItem:
    """What came in and waits for a reviewer's eyes; see Inbound. `command` is what records it on behalf of the person
    asked, or empty. Names and titles are empty where they are not known.
    """

    id: str
    via: str
    received_at: datetime
    council_name: str
    why: str
    person_name: str = ""
    post_title: str = ""
    task_title: str = ""
    asks: Answer | None = None
    sender: str = ""
    text: str = ""
    held_back: bool = False
    command: str = ""


@dataclass(frozen=True)
class DeadLink:
    """A link that no longer answers, and what may be said about it to whoever holds it: `sentences`, beside what every
    link of that `reason` says.
    """

    reason: DeadReason
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """What was answered on a page. `answered_by` names who answers for the person asked, else it is empty; `delegate`
    is the mail address of whoever is to do it.
    """

    answer: Answer
    evidence: str = ""
    text: str = ""
    answered_for: bool = False
    answered_by: str = ""
    delegate: str = ""


@dataclass(frozen=True)
class Recorded:
    """What the confirmation says; `already` when the same answer stood before, `passed_on` when the task is somebody
    else's now.
    """

    heading: str
    sentences: tuple[str, ...]
    already: bool = False
    passed_on: bool = False
