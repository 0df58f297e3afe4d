"""Word what a mail tells before it asks, to anybody but the owner: whose task it is, what was said, never who
is late.
"""

from typing import NamedTuple

from timeline.answers.binding import ended
from timeline.answers.responses import Answer
from timeline.calendar.london import london_date
from timeline.calendar.wording import near_date
from timeline.escalation.prompts import CLIMB, CONFIRM, DELEGATED, RETURNED, Prompt, PromptKind
from timeline.escalation.task_context import TaskContext
from timeline.letters.asking.answered import ANSWERED
from timeline.letters.phrases import owner_title, quoted


class Situation(NamedTuple):
    """Hold whole sentences, somebody's words (quoted), and the evidence of what is done; each may be empty."""

    told: str = ""
    words: str = ""
    evidence: str = ""


def situation(prompt: Prompt, task: TaskContext) -> Situation:
    """Tell what the reader of this prompt has to know first."""
    told = _situation(prompt, task)
    return told._replace(told=" ".join(filter(None, (_standing_in(prompt, task), told.told))))


def _situation(prompt: Prompt, task: TaskContext) -> Situation:
    """Word the duty and the help it needs."""
    if prompt.key.rung == DELEGATED:
        return _delegated(task)
    if prompt.key.rung == CONFIRM:
        return _done(task)
    if prompt.key.rung == RETURNED:
        return _returned(task)
    if prompt.kind is PromptKind.REMINDER:
        return Situation()
    post, response = owner_title(task), task.status.response
    if _is_fallback(prompt, task):
        return Situation(f"Nobody is there for this task of the {post}, so it comes to you.")
    if prompt.key.rung == CLIMB and response:
        who = _post_on_line(task, response.person) or post
        return Situation(f"The {who} {ANSWERED[response.answer]}.", quoted(response.text))
    return Situation(f"This task of the {post} needs help: it is not done yet.")


def _is_fallback(prompt: Prompt, task: TaskContext) -> bool:
    """Tell whether the rung names another post, for which nobody is there."""
    rung = next((rung for rung in task.milestone.ladder.rungs if rung.key == prompt.key.rung), None)
    return rung is not None and prompt.selector not in rung.to


def _standing_in(prompt: Prompt, task: TaskContext) -> str:
    """Say to a stand-in that the post holder is away, and never why."""
    if not prompt.stands_in_for:
        return ""
    meant = task.audience.recipient(prompt.selector)
    away = meant.meant.title if meant and meant.stands_in_for == prompt.stands_in_for else "post holder"
    return f"The {away} is away, so this comes to you."


def _delegated(task: TaskContext) -> Situation:
    response = task.status.response
    before = task.audience.stands_for(response.person) if response else None
    who = f"The {before.post.title}" if before else "The person who had it before"
    return Situation(f"{who} asks you to do this.", quoted(response.text) if response else "")


def _done(task: TaskContext) -> Situation:
    """Say which post recorded the task as done, and the evidence."""
    response = task.status.response
    if response is None:
        return Situation()
    who = response.recorded_by or _post_on_line(task, response.person) or _any_post(task, response.person)
    on = near_date(london_date(response.at), on=task.on)
    return Situation(
        f"The {who} told us on {on} that this is {ended(response)}.", evidence=response.evidence or "erased since"
    )


def _returned(task: TaskContext) -> Situation:
    response = task.status.response
    if response is None or response.answer is not Answer.RETURNED:
        return Situation("This was recorded as done and is not done yet.")
    return Situation(f"The {_any_post(task, response.person)} says that this is not done yet.", quoted(response.text))


def _any_post(task: TaskContext, person: str) -> str:
    recipient = task.audience.stands_for(person)
    return recipient.post.title if recipient else "post holder"


def _post_on_line(task: TaskContext, person: str) -> str:
    """Give the title of a person's post on the owner's line of managers, who may ask for help too; or empty."""
    directory = task.timeline.directory
    line = (directory.holder(post, on=task.on) for post in directory.line(task.milestone.owner))
    return next((held.post.title for held in line if held and held.person.key == person), "")
