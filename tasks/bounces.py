"""Delivery reports. Nothing proves them, so only what the sender of our own mail could know is believed."""

from tasks.received import Received, Taken
from timeline.inbound import InboundState


def take_bounce(mail: Received) -> Taken:
    """Believed when it carries our token and names the very address that this person's mail went to."""
    if mail.of is None:
        return mail.heard(InboundState.IGNORED, "It is a delivery report without a reference of ours.")
    unreached = mail.at_address(mail.reading.bounced)
    key = mail.left_for(unreached) if unreached else None
    if unreached is None or key is None:
        why = "It is a delivery report, and names another address than the one that our mail went to."
        return mail.heard(InboundState.HELD, why)
    # Before its row: were it the other way round, a crash between the two would lose the bounce.
    if not mail.store.bounced(key, at=mail.at, why="A delivery report says so."):
        return mail.heard(InboundState.IGNORED, "It is a delivery report about a mail that is known to have come back.")
    why = "Our mail came back: the address is dead, and the next way is tried."
    return mail.heard(InboundState.RECORDED, why)
