"""Word the answers to commands in Teams.

An outgoing webhook lives in a channel that several people read: no name, nothing under embargo, and never who is late.
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
from timeline.replies.teams import TeamsRequest

_MOST = 10
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#~])")
_IN_CONFIDENCE = "Others may read this, so what is in confidence is left out: it stands in your mails."


class Asks(NamedTuple):
    """Hold the person whom a task asks, and the standing in which another person may answer for them."""

    person: Recipient
    stand: AnswersAs


def asks(task: TaskContext, by: str) -> Asks | None:
    """Find the person for whom `by` may answer about this task; None when there is nobody.

    That is the person asked today, or a person whom `by` may stand in for. The line manager may answer for a declined
    task too; a task that is done waits for a second person.
    """
    given = task.audience.delegate()
    own = None if given else task.audience.in_post()
    asked = (own, task.audience.asked(), task.audience.recipient(OWNER) if task.audience.declined else None)
    return _stands_for(task, by, confirmers(task) if task.status.is_done else ()) or _stands_for(task, by, asked)


def _stands_for(task: TaskContext, by: str, people: Iterable[Recipient | None]) -> Asks | None:
    for recipient in people:
        stand = task.timeline.directory.may_answer_for(by, recipient.person.key, on=task.on) if recipient else None
        if recipient and stand:
            return Asks(recipient, stand)
    return None


def recorded(ref: str, asked: TeamsRequest, outcome: Recorded, *, stand: AnswersAs) -> str:
    """Write the receipt: the state now, and what follows; it repeats none of the words."""
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
    """List the tasks that ask this person, the next due first; a date that has passed is left out."""
    mine = [task for task in tasks if _is_asked(task, person) and task.milestone.due_on and not _in_confidence(task)]
    ordered = sorted(mine, key=lambda task: str(task.milestone.due_on))
    lines = [_line(task) for task in ordered[:_MOST]]
    more = [f"… and {len(ordered) - _MOST} more."] if len(ordered) > _MOST else []
    return "\n\n".join([*(lines or ["Nothing is open for you here."]), *more, _IN_CONFIDENCE])


def explained(task: TaskContext, by: str) -> str | None:
    """Explain the date of a task, for a channel that several read.

    None while it is under embargo, and when `by` may not know of it or is not on its line of managers.
    """
    if _in_confidence(task) or task.audience.stands_for(by) is None or not _on_line(task, by):
        return None
    milestone = task.milestone
    steps = dict.fromkeys((*milestone.why, based_on(milestone.basis, milestone.standing)))
    return "\n\n".join(escaped(line) for line in (f"{milestone.title} ({milestone.ref})", *steps))


def escaped(text: str) -> str:
    """Make a single line of a message, escaped because Teams reads markdown."""
    return _MARKDOWN.sub(r"\\\1", plain(text))


def _on_line(task: TaskContext, by: str) -> bool:
    posts = task.timeline.directory.posts_of(by, on=task.on)
    return asks(task, by) is not None or bool({*posts} & {*task.timeline.directory.line(task.milestone.owner)})


def _is_asked(task: TaskContext, person: str) -> bool:
    asked = task.audience.recipient(OWNER)
    owns = owed(task) and asked is not None and asked.person.key == person
    return owns or is_asked_to_confirm(task, person)


def _in_confidence(task: TaskContext) -> bool:
    """Tell whether an embargo is in force: no circulation is as wide as a channel."""
    return not task.audience.in_circulation("")


def _line(task: TaskContext) -> str:
    milestone = task.milestone
    coming = milestone.due_on and milestone.due_on >= task.on
    day = f" – {long_date(milestone.due_on)}" if coming and milestone.due_on else ""
    confirms = " – done, please confirm" if task.status.is_done else ""
    return f"{escaped(milestone.ref)} – {escaped(milestone.title)}{day}{confirms}"
