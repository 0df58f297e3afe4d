"""Turn a rung time and its recipient into a prompt: who gets it, when it may leave, and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from timeline.calendar.london import DAY, in_london, london_time
from timeline.calendar.working_hours import in_working_time, next_working_instant
from timeline.definitions.duties import LINE_MANAGER, OWNER, Unless
from timeline.definitions.people import Recipient
from timeline.definitions.selectors import is_near_owner
from timeline.escalation.prompts import CLIMB, CONFIRM, DELEGATED, RETURNED, Prompt, PromptKey, PromptKind
from timeline.escalation.rung_times import RungTime
from timeline.escalation.task_context import TaskContext

_OF_ANSWERS: Mapping[str, str] = {
    CLIMB: "An answer that asks for help, or declines, climbs at once.",
    DELEGATED: "The task was given to somebody else, who hears of it at once.",
    CONFIRM: "It was recorded as done, and a second person confirms it.",
    RETURNED: "A task that is not done after all goes back to its owner at once.",
}


def addressed(
    task: TaskContext, rung_time: RungTime, selector: str, recipient: Recipient, kind: PromptKind
) -> Prompt | None:
    """Make the prompt of a rung time for a recipient.

    None where nobody may get it: in a trial run the programme lead does, unless the lead may not hear of it.
    """
    to, due_on = task.audience.delivered_to(recipient), task.milestone.due_on
    if to is None or due_on is None:
        return None
    person = task.audience.person_key(recipient)
    return Prompt(
        key=PromptKey(task.milestone.ref, due_on, rung_time.rung.key, person, rung_time.repeat),
        kind=kind,
        selector=selector,
        post=recipient.post.key,
        meant_for=recipient.person.key,
        deliver_to=to.person.key,
        stands_in_for=recipient.stands_in_for,
        rung_at=rung_time.at,
        send_at=_send_at(task, rung_time),
        timed=rung_time.rung.at is not None,
        urgent=rung_time.rung.urgent,
        channels=rung_time.rung.channels,
        invite=rung_time.rung.invite,
        why=_why(rung_time, selector),
    )


def _why(rung_time: RungTime, selector: str) -> str:
    if rung_time.rung.key in _OF_ANSWERS:
        return _OF_ANSWERS[rung_time.rung.key]
    again = f" (said again, number {rung_time.repeat + 1})" if rung_time.repeat else ""
    instead = "" if selector in rung_time.rung.to else " Nobody is there for it: said to whom the next step tells."
    return f"The rung {rung_time.rung.key}: {rung_time.rung.phrase}{again}.{instead}"


def _send_at(task: TaskContext, rung_time: RungTime) -> datetime:
    """Give the rung's own instant or, when it is late, today's daily mail, or the next instant in working time."""
    at, mail_at = in_london(max(rung_time.at, task.at)), task.council.mail_at
    if rung_time.rung.key == CONFIRM and at.time() > mail_at:
        # Nothing presses once it is done: it goes into the next daily mail, whose reader may have had today's.
        at = london_time(at.date() + DAY, mail_at)
    if rung_time.rung.urgent:
        return at
    if rung_time.rung.at is None:
        at = max(at, london_time(at.date(), mail_at))
    if in_working_time(at, task.office, task.timeline.hours):
        return at
    next_at = next_working_instant(at, task.office, task.timeline.hours)
    return max(next_at, london_time(next_at.date(), mail_at))


class Addressee(NamedTuple):
    """Hold the recipient of a rung, and the selector that chose that person."""

    selector: str
    recipient: Recipient


def fallback_recipient(
    task: TaskContext, rung_time: RungTime, selector: str, rung_times: Sequence[RungTime]
) -> Addressee | None:
    """Give the person a selector reaches; if nobody is available, the person of the next rung is told straight away.

    "No answer" alone stays with the owner and the line manager, as long as the owner is there.
    """
    recipient = task.audience.recipient(selector)
    no_answer = rung_time.rung.unless is Unless.ACKNOWLEDGED and selector != OWNER
    if recipient and not (no_answer and _is_above_line_manager(task, recipient)):
        return Addressee(selector, recipient)
    if recipient is None and not task.audience.is_unowned(selector):
        return None
    near = rung_time.rung.unless is Unless.ACKNOWLEDGED and task.audience.recipient(OWNER) is not None
    later = (other for each in rung_times if each.at > rung_time.at for other in each.rung.to if other != selector)
    reached = (
        Addressee(other, to)
        for other in later
        if (to := task.audience.recipient(other)) and not (near and not is_near_owner(other))
    )
    return next(reached, None)


def _is_above_line_manager(task: TaskContext, recipient: Recipient) -> bool:
    """Tell whether somebody stands above the line manager; for a vacant post the next post up is the line manager."""
    manager = task.timeline.directory.meant(LINE_MANAGER, owner=task.milestone.owner, on=task.on)
    above = tuple(task.timeline.directory.line(task.milestone.owner))
    own = above.index(manager.post.key) if manager and manager.post.key in above else len(above)
    return recipient.meant.key in above[own + 1 :]
