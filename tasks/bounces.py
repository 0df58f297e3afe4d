"""Delivery reports. Nothing proves them, so only what the sender of our own mail could know is believed."""

from tasks.received import REMEMBERED, Received, Taken
from timeline.inbound import InboundState

_DEAD = "Our mail came back: the address is dead, and the next way is tried."
_CHANGED = "Our mail came back from an address that was changed since: the new one is tried."


def take_bounce(mail: Received) -> Taken:
    """Believed when it carries our token and names the very address that this person's mail went to."""
    if mail.of is None:
        return mail.heard(InboundState.IGNORED, "It is a delivery report without a reference of ours.")
    unreached, was_theirs = mail.at_address(mail.reading.bounced), _was_theirs(mail)
    key = mail.left_for(unreached) if unreached else was_theirs
    if key is None:
        why = "It is a delivery report, and names another address than the one that our mail went to."
        return mail.heard(InboundState.HELD, why)
    # Before its row: were it the other way round, a crash between the two would lose the bounce.
    known, dead = "A delivery report says so.", unreached is not None
    if not mail.store.bounced(key, at=mail.at, why=known, dead=dead, once_more=not dead):
        return mail.heard(InboundState.IGNORED, "It is a delivery report about a mail that is known to have come back.")
    return mail.heard(InboundState.RECORDED, _DEAD if dead else _CHANGED)


def _was_theirs(mail: Received) -> str | None:
    """The key of our mail to an address that its reader had when it left, and has no more."""
    if mail.reader is None:
        return None
    former = mail.store.former_addresses(mail.reader.key, since=mail.at - REMEMBERED)
    return mail.left_for(mail.reader) if mail.reading.bounced.lower() in former else None
