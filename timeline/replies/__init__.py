"""Replies by e-mail: bytes in, a verdict out. Nothing is guessed, and nothing that comes in can raise."""

from timeline.replies.reader import read
from timeline.replies.reading import Mailbox, Reading, ReplyKind

__all__ = ["Mailbox", "Reading", "ReplyKind", "read"]
