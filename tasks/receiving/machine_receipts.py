"""Tell a machine's receipt from a person's answer by when and whence it came.

“Received” right after our mail, or from a mailbox that several people read, may be a machine's.
"""

from datetime import timedelta

from tasks.receiving.incoming import IncomingMail

_TOO_FAST = "It came within a minute of our mail, with words that a machine may have written."
_SHARED = "It came from a shared mailbox, with words that a machine may have written."
# A mail has the instant at which the run began that sent it, which may be a minute before it left.
_AT_ONCE = timedelta(minutes=2)
_CLOCKS_DIFFER = timedelta(minutes=1)


def why_a_machines(mail: IncomingMail) -> str:
    """Say why an acknowledgement in a machine's words may be a machine's; empty when a person wrote it.

    Nobody sets a machine up to say “ack”, “will do” or “done, here is the link”: such an answer counts at once.
    """
    if not mail.reading.may_be_a_machines or not mail.by:
        return ""
    if mail.by.shared:
        return _SHARED
    return _TOO_FAST if _came_at_once(mail, mail.by.key) else ""


def _came_at_once(mail: IncomingMail, sender: str) -> bool:
    written_at = mail.reading.written_at
    if written_at is None:
        return False
    since, until = written_at - _AT_ONCE, written_at + _CLOCKS_DIFFER
    return mail.store.outbox.anything_left(sender, since=since, until=until)
