"""Tell about which actions a task asks, what an answer to it says of them, and what is still to be said."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from timeline.answers.responses import Answer
from timeline.definitions.asked import OwnedAction
from timeline.escalation.task_context import TaskContext
from timeline.planning.owners_asked.owners import asked_on
from timeline.programme.actions import Progress

if TYPE_CHECKING:
    from timeline.programme.asked.stands import ReadStands, Stands

NO_REASON = "Please say why it slips, and when you expect it."


def first_asked_on(task: TaskContext) -> date:
    """Give the day on which the task's owner is first asked."""
    milestone = task.milestone
    return asked_on(milestone.ladder, milestone.due_on, task.office) if milestone.due_on else task.on


def actions_asked(task: TaskContext) -> tuple[OwnedAction, ...]:
    """Give the actions about which a task asks and that are open today; none for any other task."""
    if not task.milestone.asks_owner:
        return ()
    return task.timeline.asked.actions_of(task.milestone.owner, asked_on=first_asked_on(task), on=task.on)


def read_for(
    task: TaskContext, text: str, names: Collection[str] = (), *, composed: bool = False
) -> "ReadStands | None":
    """Read what words say of the actions that a task asks about; None where they say nothing of them."""
    if not task.milestone.asks_owner:
        return None
    # A command that only tells what is asked would pay a quarter of a second for all that reads replies.
    from timeline.programme.asked.stands import read_stands

    return read_stands(text, actions_asked(task), names, composed=composed)


def still_to_say(task: TaskContext, said: "Collection[Stands]" = ()) -> tuple[OwnedAction, ...]:
    """Give the actions of which nothing was said since the owner was asked."""
    now, since_on = {each.number for each in said}, first_asked_on(task)
    return tuple(action for action in actions_asked(task) if not (action.number in now or _told(action, since_on)))


def _told(action: OwnedAction, since_on: date) -> bool:
    return any(each.on is not None and each.on >= since_on for each in action.told)


def answer_of(task: TaskContext, read: "ReadStands") -> Answer:
    """Give the answer to the task: a call for help, done when everything is said, else that its owner has it."""
    if read.needs_help:
        return Answer.HELP
    return Answer.ACKNOWLEDGED if still_to_say(task, read.said) else Answer.DONE


def named(task: TaskContext, number: int) -> str:
    """Name an action by its number and title."""
    action = next(each for each in actions_asked(task) if each.number == number)
    return f"A{number} {action.title}"


def foreign_sentences(read: "ReadStands") -> tuple[str, ...]:
    """Say which numbers name no open action."""
    return tuple(f"A{number} is no open action of yours, so nothing was recorded of it." for number in read.foreign)


def sentences(task: TaskContext, read: "ReadStands") -> tuple[str, ...]:
    """Say what was recorded of each action, and what is still to be said."""
    told = [
        *foreign_sentences(read),
    ]
    told += [
        f"{named(task, each.number)}: {each.progress.value}."
        + (f" {NO_REASON}" if each.progress is Progress.SLIPPING and not each.why else "")
        for each in read.said
    ]
    missing = [named(task, each.number) for each in still_to_say(task, read.said)]
    return tuple([*told, f"Still to say: {', '.join(missing)}."] if missing else told)
