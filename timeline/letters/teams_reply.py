"""What Teams is told about tasks. An outgoing webhook lives in a channel, which several read: no name, nothing under
embargo, and never who is late.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from timeline.calendar.wording import long_date
from timeline.definitions.duties import OWNER
from timeline.definitions.people import AnswersAs, Recipient
from timeline.escalation.confirmation import confirmers, is_asked_to_confirm
from timeline.escalation.held import owed
from timeline.escalation.task_context import TaskContext
from timeline.letters.card import plain
from timeline.letters.page_views import Recorded
from timeline.planning.explanation import based_on
from timeline.replies.teams import Asked

_MOST = 10
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#~])")
_IN_CONFIDENCE = "Others may read this, so what is in confidence is left out: it stands in your mails."


class Asks(NamedTuple):
    """Whom a task asks, and as what somebody may answer for that person."""

    person: Recipient
    stand: AnswersAs


def asks(task: TaskContext, by: str) -> Asks | None:
    """Whom `by` may answer for about this task: whoever is asked today, and who stands in for that person; None for
    anybody else. A task that was declined is the line manager's too, and one that is done waits for a second person.
    """
    given = task.delegate()
    own = None if given else task.in_post()
    asked = (own, task.asked(), task.recipient(OWNER) if task.declined else None)
    return _stands_for(task, by, confirmers(task) if task.status.is_done else ()) or _stands_for(task, by, asked)


def _stands_for(task: TaskContext, by: str, people: Iterable[Recipient | None]) -> Asks | None:
    for recipient in people:
        stand = task.timeline.directory.may_answer_for(by, recipient.person.key, on=task.on) if recipient else None
        if recipient and stand:
            return Asks(recipient, stand)
    return None


def recorded(ref: str, asked: Asked, outcome: Recorded, *, stand: AnswersAs) -> str:
    """The receipt: what stands now and what follows. It repeats none of the words."""
    heading = outcome.heading if stand is AnswersAs.SELF else f"Recorded for the post holder: {_third(outcome.heading)}"
    again = "It stood so already. " if outcome.already else ""
    proof = (
        f" If it is done, please show it: “done {escaped(ref)}” and a link or a reference." if asked.unproven else ""
    )
    return f"{escaped(ref)}: {heading}. {again}{' '.join(outcome.sentences)}{proof}"


def _third(heading: str) -> str:
    return {"You have this": "it is acknowledged", "You asked for help": "help was asked for"}.get(
        heading, f"{heading[:1].lower()}{heading[1:]}"
    )


def listed(tasks: Iterable[TaskContext], person: str) -> str:
    """The tasks that ask this person, the next due first; what has a date that has passed is named without it."""
    mine = [task for task in tasks if _is_asked(task, person) and task.milestone.due_on and not _in_confidence(task)]
    ordered = sorted(mine, key=lambda task: str(task.milestone.due_on))
    lines = [_line(task) for task in ordered[:_MOST]]
    more = [f"… and {len(ordered) - _MOST} more."] if len(ordered) > _MOST else []
    return "\n\n".join([*(lines or ["Nothing is open for you here."]), *more, _IN_CONFIDENCE])


def explained(task: TaskContext, by: str) -> str | None:
    """Why a task has its date; None when `by` may not know of it or does not stand on its line, and while it is under
    embargo: whoever is told reads it aloud to a channel.
    """
    if _in_confidence(task) or task.stands_for(by) is None or not _on_line(task, by):
        return None
    milestone = task.milestone
    steps = dict.fromkeys((*milestone.why, based_on(milestone.basis, milestone.status)))
    return "\n\n".join(escaped(one) for one in (f"{milestone.title} ({milestone.ref})", *steps))


def escaped(text: str) -> str:
    """One line of a message, which Teams reads as markdown."""
    return _MARKDOWN.sub(r"\\\1", plain(text))


def _on_line(task: TaskContext, by: str) -> bool:
    posts = task.timeline.directory.posts_of(by, on=task.on)
    return asks(task, by) is not None or bool({*posts} & {*task.timeline.directory.line(task.milestone.owner)})


def _is_asked(task: TaskContext, person: str) -> bool:
    asked = task.recipient(OWNER)
    owns = owed(task) and asked is not None and asked.person.key == person
    return owns or is_asked_to_confirm(task, person)


def _in_confidence(task: TaskContext) -> bool:
    """Whether any embargo is in force: then no circulation is as wide as a channel."""
    return not task.in_circulation("")


def _line(task: TaskContext) -> str:
    milestone = task.milestone
    coming = milestone.due_on and milestone.due_on >= task.on
    day = f" – {long_date(milestone.due_on)}" if coming and milestone.due_on else ""
    confirms = " – done, please confirm" if task.status.is_done else ""
    return f"{escaped(milestone.ref)} – {escaped(milestone.title)}{day}{confirms}"
