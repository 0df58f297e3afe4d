"""What Teams is told about tasks. An outgoing webhook lives in a channel, which several read: no name, nothing under
embargo, and never who is late.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from timeline.calendar.wording import long_date
from timeline.definitions.duties import OWNER
from timeline.definitions.people import Recipient, Stand
from timeline.escalation.confirmation import confirmers, is_asked_to_confirm
from timeline.escalation.ladder import owed
from timeline.escalation.task_context import Ground
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
    stand: Stand


def asks(found: Ground, by: str) -> Asks | None:
    """Whom `by` may answer for about this task: whoever is asked today, and who stands in for that person; None for
    anybody else. A task that was declined is the line manager's too, and one that is done waits for a second person.
    """
    given = found.delegate()
    own = None if given else found.in_post()
    asked = (own, found.asked(), found.recipient(OWNER) if found.declined else None)
    return _stands_for(found, by, confirmers(found) if found.standing.is_done else ()) or _stands_for(found, by, asked)


def _stands_for(found: Ground, by: str, people: Iterable[Recipient | None]) -> Asks | None:
    for one in people:
        stand = found.timeline.directory.may_answer_for(by, one.person.key, on=found.on) if one else None
        if one and stand:
            return Asks(one, stand)
    return None


def recorded(ref: str, asked: Asked, outcome: Recorded, *, stand: Stand) -> str:
    """The receipt: what stands now and what follows. It repeats none of the words."""
    heading = outcome.heading if stand is Stand.SELF else f"Recorded for the post holder: {_third(outcome.heading)}"
    again = "It stood so already. " if outcome.already else ""
    proof = (
        f" If it is done, please show it: “done {escaped(ref)}” and a link or a reference." if asked.unproven else ""
    )
    return f"{escaped(ref)}: {heading}. {again}{' '.join(outcome.sentences)}{proof}"


def _third(heading: str) -> str:
    return {"You have this": "it is acknowledged", "You asked for help": "help was asked for"}.get(
        heading, f"{heading[:1].lower()}{heading[1:]}"
    )


def listed(tasks: Iterable[Ground], person: str) -> str:
    """The tasks that ask this person, the next due first; what has a date that has passed is named without it."""
    mine = [one for one in tasks if _is_asked(one, person) and one.milestone.due_on and not _in_confidence(one)]
    ordered = sorted(mine, key=lambda one: str(one.milestone.due_on))
    lines = [_line(one) for one in ordered[:_MOST]]
    more = [f"… and {len(ordered) - _MOST} more."] if len(ordered) > _MOST else []
    return "\n\n".join([*(lines or ["Nothing is open for you here."]), *more, _IN_CONFIDENCE])


def explained(found: Ground, by: str) -> str | None:
    """Why a task has its date; None when `by` may not know of it or does not stand on its line, and while it is under
    embargo: whoever is told reads it aloud to a channel.
    """
    if _in_confidence(found) or found.stands_for(by) is None or not _on_line(found, by):
        return None
    milestone = found.milestone
    steps = dict.fromkeys((*milestone.why, based_on(milestone.basis, milestone.status)))
    return "\n\n".join(escaped(one) for one in (f"{milestone.title} ({milestone.ref})", *steps))


def escaped(text: str) -> str:
    """One line of a message, which Teams reads as markdown."""
    return _MARKDOWN.sub(r"\\\1", plain(text))


def _on_line(found: Ground, by: str) -> bool:
    posts = found.timeline.directory.posts_of(by, on=found.on)
    return asks(found, by) is not None or bool({*posts} & {*found.timeline.directory.line(found.milestone.owner)})


def _is_asked(found: Ground, person: str) -> bool:
    asked = found.recipient(OWNER)
    owns = owed(found) and asked is not None and asked.person.key == person
    return owns or is_asked_to_confirm(found, person)


def _in_confidence(found: Ground) -> bool:
    """Whether any embargo is in force: then no circulation is as wide as a channel."""
    return not found.in_circulation("")


def _line(found: Ground) -> str:
    milestone = found.milestone
    coming = milestone.due_on and milestone.due_on >= found.on
    day = f" – {long_date(milestone.due_on)}" if coming and milestone.due_on else ""
    confirms = " – done, please confirm" if found.standing.is_done else ""
    return f"{escaped(milestone.ref)} – {escaped(milestone.title)}{day}{confirms}"
