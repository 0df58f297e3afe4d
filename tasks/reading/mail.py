"""Read a mail with what a library reads for the heart: the answers of calendars."""

from tasks.reading.calendars import calendar_values
from timeline.replies import reader
from timeline.replies.reading import MailReading, ReplyMailbox


def read(raw: bytes, *, mailbox: ReplyMailbox, asked: str | None = None) -> MailReading:
    """Read a mail here, however long it takes; `tasks.reading.bounded` does so within limits."""
    return reader.read(raw, mailbox=mailbox, asked=asked, calendars=calendar_values)
