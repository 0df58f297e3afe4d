"""Tells a machine's receipt from a person's answer by when it came: “Received” right after our mail is a machine's."""

from datetime import timedelta

from tasks.receiving.incoming import IncomingMail

TOO_FAST = "It came within a minute of our mail, with words that a machine may have written."
# A mail has the instant at which the run began that sent it, which may be a minute before it left.
_AT_ONCE = timedelta(minutes=2)
_CLOCKS_DIFFER = timedelta(minutes=1)


def came_too_fast(mail: IncomingMail) -> bool:
    """Tell whether an acknowledgement in a machine's words was written as soon as our mail left.

    Nobody sets a machine up to say “ack”, “will do” or “done, here is the link”: such an answer counts at once.
    """
    written_at = mail.reading.written_at
    if written_at is None or not mail.reading.may_be_a_machines or not mail.by:
        return False
    since, until = written_at - _AT_ONCE, written_at + _CLOCKS_DIFFER
    return mail.store.outbox.anything_left(mail.by.key, since=since, until=until)
