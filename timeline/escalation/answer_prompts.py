"""Write prompts that an answer calls for at once: to a helper, to the new owner of a task, or back to its owner."""

from timeline.answers.responses import Response, State
from timeline.definitions.duties import LINE_MANAGER, OWNER, Mark, Rung
from timeline.escalation.addressing import addressed
from timeline.escalation.prompts import CLIMB, DELEGATED, RETURNED, Prompt, PromptKind, PromptState
from timeline.escalation.rung_times import RungTime
from timeline.escalation.task_context import TaskContext


def help_prompt(task: TaskContext, response: Response, *, repeat: int) -> tuple[Prompt, ...]:
    """Tell the line manager, at the next `notify`, of an answer that asks for help or declines; the manager above when
    the answer is the line manager's own.

    `task` is the context after the answer, `repeat` how many answers there were before it.
    """
    recipient = task.audience.helper_of(response.person)
    if recipient is None:
        return ()
    rung = Rung(key=CLIMB, working_days=0, mark=Mark.AFTER_DUE, to=(LINE_MANAGER,), at=response.at.time())
    prompt = addressed(task, RungTime(rung, repeat, response.at), LINE_MANAGER, recipient, PromptKind.ESCALATION)
    return (prompt,) if prompt else ()


def repeated_help_prompt(task: TaskContext) -> tuple[Prompt, ...]:
    """Send a call for help to the person who can help now, if its first reader had gone away or left."""
    response = task.status.response
    if response is None or task.status.state not in (State.BLOCKED, State.DECLINED):
        return ()
    calls = [entry for entry in task.entries if entry.key.rung == CLIMB and entry.rung_at == response.at]
    if not calls or any(entry.accepted_at or entry.state is PromptState.WAITING for entry in calls):
        return ()
    had = {entry.key for entry in calls if not entry.paused}
    return tuple(prompt for prompt in help_prompt(task, response, repeat=calls[-1].key.repeat) if prompt.key not in had)


def returned_prompt(task: TaskContext, response: Response, *, repeat: int) -> tuple[Prompt, ...]:
    """Tell the person asked, at the next `notify`, that a task recorded as done is not done.

    `task` is the context after the answer, `repeat` how many answers there were before it. A person who took their own
    answer back hears nothing.
    """
    recipient = task.audience.recipient(OWNER)
    if recipient is None or recipient.person.key in (response.person, response.by):
        return ()
    rung = Rung(key=RETURNED, working_days=0, mark=Mark.AFTER_DUE, to=(OWNER,), at=response.at.time())
    prompt = addressed(task, RungTime(rung, repeat, response.at), OWNER, recipient, PromptKind.REMINDER)
    return (prompt,) if prompt else ()


def delegation_prompt(task: TaskContext, response: Response, *, repeat: int) -> tuple[Prompt, ...]:
    """Tell the person who is asked from now on, at the next `notify`, that a task was given to them.

    `task` is the context after the answer, `repeat` how many answers there were before it.
    """
    recipient = task.audience.delegate()
    if recipient is None:
        return ()
    rung = Rung(key=DELEGATED, working_days=0, mark=Mark.AFTER_DUE, to=(OWNER,), at=response.at.time())
    prompt = addressed(task, RungTime(rung, repeat, response.at), OWNER, recipient, PromptKind.REMINDER)
    return (prompt,) if prompt else ()
