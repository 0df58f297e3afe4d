"""Replies by e-mail: bytes in, a verdict out. Nothing is guessed, and nothing that comes in can raise."""

from timeline.replies.reader import read
from timeline.replies.reading import Mailbox, MailReading, ReplyKind

__all__ = ["MailReading", "Mailbox", "ReplyKind", "read"]
