"""What an answer calls for at once: a word to whoever can help, to whom a task was given, or whose it is again."""

from timeline.answers.responses import Response, State
from timeline.definitions.duties import LINE_MANAGER, OWNER, Mark, Rung
from timeline.escalation.addressing import addressed
from timeline.escalation.prompts import CLIMB, DELEGATED, RETURNED, Prompt, PromptKind, PromptState
from timeline.escalation.rung_times import RungTime
from timeline.escalation.task_context import TaskContext


def help_prompt(task: TaskContext, response: Response, *, repeat: int) -> tuple[Prompt, ...]:
    """What an answer that asks for help, or declines, says to the line manager at the next `notify`; to the next one
    up when it is the line manager's own.

    `found` is the ground after the answer, `repeat` how many answers there were before it.
    """
    recipient = task.audience.helper_of(response.person)
    if recipient is None:
        return ()
    rung = Rung(key=CLIMB, working_days=0, mark=Mark.AFTER_DUE, to=(LINE_MANAGER,), at=response.at.time())
    prompt = addressed(task, RungTime(rung, repeat, response.at), LINE_MANAGER, recipient, PromptKind.ESCALATION)
    return (prompt,) if prompt else ()


def repeated_help_prompt(task: TaskContext) -> tuple[Prompt, ...]:
    """A call for help that was taken back because its reader had gone away or left, to whoever can help now."""
    response = task.status.response
    if response is None or task.status.state not in (State.BLOCKED, State.DECLINED):
        return ()
    calls = [entry for entry in task.entries if entry.key.rung == CLIMB and entry.rung_at == response.at]
    if not calls or any(entry.accepted_at or entry.state is PromptState.WAITING for entry in calls):
        return ()
    had = {entry.key for entry in calls if not entry.paused}
    return tuple(prompt for prompt in help_prompt(task, response, repeat=calls[-1].key.repeat) if prompt.key not in had)


def returned_prompt(task: TaskContext, response: Response, *, repeat: int) -> tuple[Prompt, ...]:
    """What whoever is asked to do a task hears when it was recorded as done and is not, at the next `notify`.

    `found` is the ground after the answer, `repeat` how many answers there were before it. Whoever took it back
    themselves hears nothing.
    """
    recipient = task.audience.recipient(OWNER)
    if recipient is None or recipient.person.key in (response.person, response.by):
        return ()
    rung = Rung(key=RETURNED, working_days=0, mark=Mark.AFTER_DUE, to=(OWNER,), at=response.at.time())
    prompt = addressed(task, RungTime(rung, repeat, response.at), OWNER, recipient, PromptKind.REMINDER)
    return (prompt,) if prompt else ()


def delegation_prompt(task: TaskContext, response: Response, *, repeat: int) -> tuple[Prompt, ...]:
    """What whoever is asked from now on hears of a task that was given to them, at the next `notify`.

    `found` is the ground after the answer, `repeat` how many answers there were before it.
    """
    recipient = task.audience.delegate()
    if recipient is None:
        return ()
    rung = Rung(key=DELEGATED, working_days=0, mark=Mark.AFTER_DUE, to=(OWNER,), at=response.at.time())
    prompt = addressed(task, RungTime(rung, repeat, response.at), OWNER, recipient, PromptKind.REMINDER)
    return (prompt,) if prompt else ()
