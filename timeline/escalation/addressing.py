"""From a moment, of a ladder or an answer, and whom it means to a prompt: who gets it, when it may leave, and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from timeline.calendar.bank_holidays import LONDON, in_working_time, next_working_instant
from timeline.definitions.duties import LINE_MANAGER, OWNER, Unless
from timeline.definitions.people import Recipient
from timeline.definitions.selectors import is_near_owner
from timeline.escalation.prompts import CLIMB, CONFIRM, DELEGATED, RETURNED, Prompt, PromptKey, PromptKind
from timeline.escalation.rung_times import Moment
from timeline.escalation.task_context import Ground

_OF_ANSWERS: Mapping[str, str] = {
    CLIMB: "An answer that asks for help, or declines, climbs at once.",
    DELEGATED: "The task was given to somebody else, who hears of it at once.",
    CONFIRM: "It was recorded as done, and a second person confirms it.",
    RETURNED: "A task that is not done after all goes back to its owner at once.",
}


def addressed(found: Ground, moment: Moment, selector: str, recipient: Recipient, kind: PromptKind) -> Prompt | None:
    """None where nobody may get it: in a trial run the programme lead does, unless the lead may not hear of it."""
    to, due_on = found.delivered_to(recipient), found.milestone.due_on
    if to is None or due_on is None:
        return None
    person = found.person_key(recipient)
    return Prompt(
        key=PromptKey(found.milestone.ref, due_on, moment.rung.key, person, moment.repeat),
        kind=kind,
        selector=selector,
        post=recipient.post.key,
        meant_for=recipient.person.key,
        deliver_to=to.person.key,
        stands_in_for=recipient.stands_in_for,
        rung_at=moment.at,
        send_at=_send_at(found, moment),
        timed=moment.rung.at is not None,
        urgent=moment.rung.urgent,
        channels=moment.rung.channels,
        invite=moment.rung.invite,
        why=_why(moment, selector),
    )


def _why(moment: Moment, selector: str) -> str:
    if moment.rung.key in _OF_ANSWERS:
        return _OF_ANSWERS[moment.rung.key]
    again = f" (said again, number {moment.repeat + 1})" if moment.repeat else ""
    instead = "" if selector in moment.rung.to else " Nobody is there for it: said to whom the next step tells."
    return f"The rung {moment.rung.key}: {moment.rung.phrase}{again}.{instead}"


def _send_at(found: Ground, moment: Moment) -> datetime:
    """The rung's own instant, or, when it is late, today's daily mail, or the next moment of working time."""
    at, mail_at = max(moment.at, found.at).astimezone(LONDON), found.council.mail_at
    if moment.rung.key == CONFIRM and at.time() > mail_at:
        # Nothing presses once it is done: it goes into the next daily mail, whose reader may have had today's.
        at = datetime.combine(at.date() + timedelta(days=1), mail_at, LONDON)
    if moment.rung.urgent:
        return at
    if moment.rung.at is None:
        at = max(at, datetime.combine(at.date(), mail_at, LONDON))
    if in_working_time(at, found.office, found.timeline.hours):
        return at
    next_at = next_working_instant(at, found.office, found.timeline.hours)
    return max(next_at, datetime.combine(next_at.date(), mail_at, LONDON))


class To(NamedTuple):
    """Whom a rung is said to, by which selector."""

    selector: str
    recipient: Recipient


def told_instead(found: Ground, moment: Moment, selector: str, wanted: Sequence[Moment]) -> To | None:
    """Whom a rung's selector reaches. When nobody is there for it, it is said at once to whom the next rung would tell.

    "No answer" alone stays with the owner and the line manager, as long as the owner is there.
    """
    recipient = found.recipient(selector)
    no_answer = moment.rung.unless is Unless.ACKNOWLEDGED and selector != OWNER
    if recipient and not (no_answer and _is_above_line_manager(found, recipient)):
        return To(selector, recipient)
    if recipient is None and not found.is_unowned(selector):
        return None
    near = moment.rung.unless is Unless.ACKNOWLEDGED and found.recipient(OWNER) is not None
    later = (one for each in wanted if each.at > moment.at for one in each.rung.to if one != selector)
    reached = (To(one, to) for one in later if (to := found.recipient(one)) and not (near and not is_near_owner(one)))
    return next(reached, None)


def _is_above_line_manager(found: Ground, recipient: Recipient) -> bool:
    """A vacant post has no holder to stand for: then the next one up is the line manager."""
    manager = found.timeline.directory.meant(LINE_MANAGER, owner=found.milestone.owner, on=found.on)
    above = tuple(found.timeline.directory.line(found.milestone.owner))
    own = above.index(manager.post.key) if manager and manager.post.key in above else len(above)
    return recipient.meant.key in above[own + 1 :]
