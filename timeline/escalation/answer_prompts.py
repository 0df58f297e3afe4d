"""What an answer calls for at once: a word to whoever can help, to whom a task was given, or whose it is again."""

from timeline.answers.responses import Response, State
from timeline.definitions.duties import LINE_MANAGER, OWNER, Mark, Rung
from timeline.escalation.addressing import addressed
from timeline.escalation.prompts import CLIMB, DELEGATED, RETURNED, Prompt, PromptKind, PromptState
from timeline.escalation.rung_times import Moment
from timeline.escalation.task_context import Ground


def climb(found: Ground, response: Response, *, repeat: int) -> tuple[Prompt, ...]:
    """What an answer that asks for help, or declines, says to the line manager at the next `notify`; to the next one
    up when it is the line manager's own.

    `found` is the ground after the answer, `repeat` how many answers there were before it.
    """
    recipient = found.helper_of(response.person)
    if recipient is None:
        return ()
    rung = Rung(key=CLIMB, working_days=0, mark=Mark.AFTER_DUE, to=(LINE_MANAGER,), at=response.at.time())
    prompt = addressed(found, Moment(rung, repeat, response.at), LINE_MANAGER, recipient, PromptKind.ESCALATION)
    return (prompt,) if prompt else ()


def called_again(found: Ground) -> tuple[Prompt, ...]:
    """A call for help that was taken back because its reader had gone away or left, to whoever can help now."""
    response = found.standing.response
    if response is None or found.standing.state not in (State.BLOCKED, State.DECLINED):
        return ()
    calls = [one for one in found.said if one.key.rung == CLIMB and one.rung_at == response.at]
    if not calls or any(one.accepted_at or one.state is PromptState.WAITING for one in calls):
        return ()
    had = {one.key for one in calls if not one.paused}
    return tuple(one for one in climb(found, response, repeat=calls[-1].key.repeat) if one.key not in had)


def sent_back(found: Ground, response: Response, *, repeat: int) -> tuple[Prompt, ...]:
    """What whoever is asked to do a task hears when it was recorded as done and is not, at the next `notify`.

    `found` is the ground after the answer, `repeat` how many answers there were before it. Whoever took it back
    themselves hears nothing.
    """
    recipient = found.recipient(OWNER)
    if recipient is None or recipient.person.key in (response.person, response.by):
        return ()
    rung = Rung(key=RETURNED, working_days=0, mark=Mark.AFTER_DUE, to=(OWNER,), at=response.at.time())
    prompt = addressed(found, Moment(rung, repeat, response.at), OWNER, recipient, PromptKind.REMINDER)
    return (prompt,) if prompt else ()


def handed_on(found: Ground, response: Response, *, repeat: int) -> tuple[Prompt, ...]:
    """What whoever is asked from now on hears of a task that was given to them, at the next `notify`.

    `found` is the ground after the answer, `repeat` how many answers there were before it.
    """
    recipient = found.delegate()
    if recipient is None:
        return ()
    rung = Rung(key=DELEGATED, working_days=0, mark=Mark.AFTER_DUE, to=(OWNER,), at=response.at.time())
    prompt = addressed(found, Moment(rung, repeat, response.at), OWNER, recipient, PromptKind.REMINDER)
    return (prompt,) if prompt else ()
