"""The order in which a mail is tested for what it is."""

from timeline.replies.reading import Mailbox, Reading, ReplyKind


def read(raw: bytes, *, mailbox: Mailbox, asked: str | None = None) -> Reading:
    """What the mail is taken for, and which test decided. `asked` is the address of the person asked, if known."""
    return Reading(kind=ReplyKind.OTHER, why="It was not read yet.")
