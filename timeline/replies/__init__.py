"""Replies by e-mail and Teams: bytes in, a reading out. Nothing is guessed, and no incoming mail can raise."""

from timeline.replies.reader import read
from timeline.replies.reading import Mailbox, MailReading, ReplyKind

__all__ = ["MailReading", "Mailbox", "ReplyKind", "read"]
