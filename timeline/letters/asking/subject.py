"""Word the subject of a mail: what is to be done and by when, in seventy characters; the reference follows it."""

from collections.abc import Sequence

from timeline.calendar.wording import short_day
from timeline.escalation.prompts import Prompt
from timeline.escalation.task_context import TaskContext
from timeline.letters.mail_views import MailKind
from timeline.letters.phrases import act_of

LONGEST = 70
"""Characters of a subject, without the reference: a telephone shows about forty, a mailbox's list seldom more."""


def subject(tasks: Sequence[tuple[Prompt, TaskContext]], kind: MailKind) -> str:
    """Give words such as "To do by Mon 30 Nov: decide the action plan (+1)"; the task that is due first speaks
    for all.
    """
    prompt, task = min(tasks, key=lambda told: (told[0].key.due_on, not told[1].milestone.by_law))
    if kind == "confirmation":
        # Its title says that it is done, and that is the question.
        return fitted("Please confirm: ", task.milestone.title, others=len(tasks) - 1)
    opening = _needs_help(prompt, task) if kind != "reminder" else _to_do(prompt, task)
    return fitted(f"{opening}: ", act_of(task.milestone), others=len(tasks) - 1)


def fitted(opening: str, words: str, *, others: int = 0) -> str:
    """Join them, and count the `others`; the words are cut at a space where all would be longer than `LONGEST`."""
    more = f" (+{others})" if others else ""
    room = LONGEST - len(opening) - len(more)
    if len(words) > room:
        kept = words[: room - 1]
        words = f"{(kept.rpartition(' ')[0] or kept).rstrip(' ,;:–-')}…"
    return f"{opening}{words}{more}"


def _to_do(prompt: Prompt, task: TaskContext) -> str:
    law = " by law" if task.milestone.by_law else ""
    if prompt.key.due_on < task.on:
        return f"Was due{law} {_day(prompt, task)}"
    if prompt.key.due_on == task.on:
        return f"To do{law} today"
    return f"To do{law} by {_day(prompt, task)}"


def _needs_help(prompt: Prompt, task: TaskContext) -> str:
    law = ", by law" if task.milestone.by_law else ""
    return f"This needs help{law}, {'due today' if prompt.key.due_on == task.on else f'due {_day(prompt, task)}'}"


def _day(prompt: Prompt, task: TaskContext) -> str:
    return short_day(prompt.key.due_on, on=task.on)
