"""Hold the values that pages are printed from, and the answers they take.

Phrases arrive ready-made (see timeline/calendar/wording.py), so that no template words a date on its own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from timeline.answers.responses import FIRST_PERSONS, Answer, AnswerRefused, State
from timeline.definitions.duties import DutyClass
from timeline.director.briefings import Because
from timeline.letters.asking.figures import FigureLine
from timeline.letters.asking.stands import ActionLine
from timeline.letters.mail_views import MailLine
from timeline.letters.own_actions import MissedSessions, OwnAction

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

DeadReason = Literal["moved", "reassigned", "closed", "unknown", "expired", "ended"]


@dataclass(frozen=True, kw_only=True)
class TaskHead:
    """Hold what the form of an answer and the page after it need of a task: its `title` says what is to be done, or
    what was done, `choices` are the answers open to this person, `figures` and `actions` are asked about.
    """

    title: str
    council_name: str
    programme_name: str
    choices: tuple[Answer, ...] = FIRST_PERSONS
    needs_evidence: bool = True
    figures: tuple[FigureLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskView(TaskHead):
    """Hold a task as the person behind a link sees it; texts are empty where there is nothing to say.

    `listed` is how lists and calendars name it. `due_phrase` is a clause ("due in 3 working days (5 calendar days),
    Thursday 28 November"), `due_on` the working date, `legal_on` that of the rule; `law` says that the law or a
    direction requires it. `why` is the whole explanation in sentences, `brief` the few that matter; `standing` tells
    kind and certainty of the `basis`. `checklist` lists what belongs to the task; `sign_off` is the countdown to the
    committee's meeting in a line. `state_phrase` is a sentence; `asked_by` says who passed the task on, or for whom it
    came. `quiet_until` names the day up to which "I have this" stops the asking, and `evidence` shows that a task is
    done while it waits for a second person. `takes_back`: this person's answer counts, and can be taken back.
    """

    asks: str
    obligation_title: str
    duty_class: DutyClass
    due_phrase: str
    due_on: date
    legal_on: date
    why: tuple[str, ...]
    basis: str
    standing: str
    post_title: str
    person_name: str
    state: State
    state_phrase: str
    brief: tuple[str, ...] = ()
    checklist: tuple[str, ...] = ()
    sign_off: str = ""
    asked_by: str = ""
    evidence: str = ""
    law: str = ""
    listed: str = ""
    quiet_until: str = ""
    takes_back: bool = False


class MessageTask(NamedTuple):
    """Hold a numbered line of a message's page; `url` leads to the task's own page."""

    number: int
    title: str
    due_phrase: str
    url: str


@dataclass(frozen=True, kw_only=True)
class MessageView:
    """Hold the tasks of a message, each answered on its own page."""

    council_name: str
    programme_name: str
    person_name: str
    tasks: tuple[MessageTask, ...]


@dataclass(frozen=True, kw_only=True)
class MineTask:
    """Hold a task on a person's list; `url` leads to its page, and is empty where that person has no link to it yet."""

    title: str
    obligation_title: str
    due_phrase: str
    state: State
    url: str


@dataclass(frozen=True, kw_only=True)
class DraftLine:
    """Hold a draft on the list of a person who may release it; `ref` is the task's reference."""

    ref: str
    title: str
    because: Because


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """Hold a draft as it is shown before its release: the post it would go to, and its words.

    `seen` is the digest of these words, so that only words that were read are released.
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
class AwayView:
    """Hold an absence as a page shows it, with the way to its last day.

    `named` is the last day as it was first said, which names the absence of `person`; `last_on` is it by now.
    """

    council: str
    council_name: str
    person: str
    name: str
    named: str
    sentence: str
    last_on: date
    heard: bool
    waits: bool
    in_force: bool


@dataclass(frozen=True, kw_only=True)
class MineView:
    """Hold all tasks that wait for a person: those already asked for, and later ones.

    `until` is the clock time in London at which the page closes, `calendar_url` the person's own feed, or empty.
    `drafts` are those for the lead member that this person may release, `away` the person's absences,
    `actions` those of the plan that the person's posts own, `missed` who missed two training sessions: only for the
    training lead.
    """

    council_name: str
    programme_name: str
    person_name: str
    until: str
    now: tuple[MineTask, ...] = ()
    later: tuple[MineTask, ...] = ()
    calendar_url: str = ""
    drafts: tuple[DraftLine, ...] = ()
    away: tuple[AwayView, ...] = ()
    actions: tuple[OwnAction, ...] = ()
    missed: tuple[MissedSessions, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReviewItem:
    """Hold an incoming message that waits for a reviewer; see Inbound.

    `command` records it on behalf of the person asked, or is empty. Names and titles are empty where they are unknown.
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
    """Hold a link that no longer answers.

    `sentences` may be told to whoever holds it, in addition to the text that every link of that `reason` shows.
    """

    reason: DeadReason
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """Hold an answer given on a page.

    `answered_by` names the person who answers for the person asked, else it is empty; `delegate` is the mail address of
    the person who is to do the task.
    """

    answer: Answer
    evidence: str = ""
    text: str = ""
    answered_for: bool = False
    answered_by: str = ""
    delegate: str = ""


@dataclass(frozen=True)
class Recorded:
    """Hold the confirmation of an answer.

    `already`: the same answer was recorded before. `passed_on`: the task belongs to another person now. `said` repeats
    the evidence or the words, for the person who gave them and for nobody else; or it is empty.
    """

    heading: str
    sentences: tuple[str, ...]
    already: bool = False
    passed_on: bool = False
    said: str = ""
