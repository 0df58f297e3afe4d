"""Whom a rung is said to when nobody is there for it."""

from collections.abc import Sequence
from typing import NamedTuple

from timeline.duties import LINE_MANAGER, OWNER, Unless
from timeline.ground import Ground
from timeline.moments import Moment
from timeline.people import Recipient
from timeline.selectors import is_near_owner


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
