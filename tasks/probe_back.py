"""Probes that our own mailbox brings back: the channel works."""

from tasks.ledger import stores
from tasks.received import Received, Taken
from tasks.tokens import kept
from timeline.inbound import InboundState


def take_probe(mail: Received) -> Taken:
    """Notes that it came back. What only says that it is ours answers nothing either."""
    sha256 = kept(mail.reading.token)
    if any(store.probe_returned(sha256, at=mail.at) for store in stores(mail.settings)):
        why = "It is our own message to ourselves: the mailbox brings back what we send."
        return Taken(kind=mail.reading.kind.value, state=InboundState.IGNORED, why=why, new=False)
    return mail.heard(InboundState.IGNORED, "It says that it is our own message to ourselves, and is not.")
