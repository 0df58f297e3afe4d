"""Read replies by e-mail and Teams: bytes in, a reading out. Guess nothing; no incoming mail can raise."""

from timeline.replies.reader import read
from timeline.replies.reading import MailReading, ReplyKind, ReplyMailbox

__all__ = ["MailReading", "ReplyKind", "ReplyMailbox", "read"]
