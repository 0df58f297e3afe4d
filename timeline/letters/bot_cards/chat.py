"""Word the words of our bot in a person's own chat, which nobody else reads."""

from collections.abc import Iterable

from timeline.escalation.task_context import TaskContext
from timeline.letters.bot_cards.parts import sentence
from timeline.letters.my_tasks import listed
from timeline.letters.phrases import shown_as
from timeline.letters.reminder import due_phrase
from timeline.letters.teams_reply import escaped
from timeline.planning.explanation import based_on

USAGE = (
    "Nothing was recorded, because this could mean several things. About the newest card here you can write: “yes” "
    "(you have it) – “done” and a link or reference that shows it – “help” and what would help – “not mine” and whose "
    "it is – “why” – “undo”. If the card has several tasks, write the number too: “2 done https://…”. “list” shows "
    "your tasks."
)
NO_CARD = "No card of this chat asks for anything, so nothing was recorded. “list” shows your tasks."
WHICH_CARD = "Several cards came here at once, so nothing was recorded. Please press a button of the one that you mean."
NOT_A_CARD = "You quote no card of ours, so nothing was recorded. Please quote the card that you answer, or none."
WHICH_TASK = "The newest card speaks of several tasks, so nothing was recorded. Please say which, such as “2 yes”."
NO_SUCH_TASK = "The newest card has no task with that number. Nothing was recorded."
ONLY_HELP = "If you only wanted to know what you can write here: write “undo”, and then anything."
NOT_DONE_YET = "Nobody has said yet that this is done, so there is nothing to confirm. Nothing was recorded."
A_PERSON_READS_IT = "A person will read your words."
_MOST = 15


def listed_alone(tasks: Iterable[TaskContext], person: str) -> str:
    """List the tasks that wait for this person and that they may hear of, the next due first."""
    ordered = [task for task in listed(tasks, person) if task.milestone.due_on and task.audience.hears(person)]
    lines = [_line(task) for task in ordered[:_MOST]] or ["Nothing is open for you here."]
    more = [f"… and {len(ordered) - _MOST} more."] if len(ordered) > _MOST else []
    how = [f"Write for instance “ack {escaped(ordered[0].milestone.ref)}” to say that you have it."] if ordered else []
    return "\n\n".join([*lines, *more, *how])


def explained_alone(task: TaskContext, person: str) -> str | None:
    """Explain the date of a task to this person; None when they may not hear of it."""
    if task.audience.stands_for(person) is None:
        return None
    milestone = task.milestone
    steps = dict.fromkeys((sentence(due_phrase(task)), *milestone.why, based_on(milestone.basis, milestone.standing)))
    return "\n\n".join(escaped(line) for line in (f"{milestone.title} ({milestone.ref})", *steps))


def told(lines: Iterable[str]) -> str:
    """Put what became of each answer into a paragraph of its own."""
    return "\n\n".join(escaped(line) for line in lines)


def _line(task: TaskContext) -> str:
    return f"{escaped(task.milestone.ref)} – {escaped(shown_as(task))} – {escaped(due_phrase(task))}"
