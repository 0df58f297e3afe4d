"""Give each mail two seconds and 64 MB: another process reads it, and is ended if it does not come back.

A pattern, a codec or a library may be held up in C, where no signal and no thread ends it. The process stays for the
next mail, so that an ordinary mail costs no start.
"""

import atexit
from dataclasses import asdict, replace

from pydantic import TypeAdapter, ValidationError

from tasks.reading.reading_process import ReaderNotStarted, ReadingProcess
from timeline.replies.mail import MOST_BYTES
from timeline.replies.reading import MailReading, ReplyKind, ReplyMailbox

__all__ = ["LARGEST_MAIL", "TOO_MUCH", "ReaderNotStarted", "read"]

SECONDS = 1.25
"""The wall clock of a mail, of at most two seconds in all.

The rest is for a process in place of the process that was ended, and for the head of the mail, which tells whose it is.
"""
SECONDS_FOR_A_HEAD = 0.25
LARGEST_MAIL = 25 * 1024 * 1024
"""In octets. Of a larger mail only the head is read, and a person looks at it."""
_TOO_LARGE = "It is larger than 25 MB, so only its head was read."
TOO_MUCH = "It could not be read within two seconds and 64 MB, so a person must look at it."
_LARGEST_HEAD = 64_000

_READING = TypeAdapter(MailReading)


def read(raw: bytes, *, mailbox: ReplyMailbox, asked: str | None = None, cut: bool = False) -> MailReading:
    """Read a mail as `timeline.replies.reader.read` does, within the limits; what is too much for them is OTHER.

    `cut`: `raw` is the head of a mail that is too large. Raises ReaderNotStarted.
    """
    if cut or len(raw) > LARGEST_MAIL:
        return _too_large(_within(SECONDS, _head(raw), mailbox, asked))
    whole = _within(SECONDS, raw[:MOST_BYTES], mailbox, asked)
    return whole or _unread(_within(SECONDS_FOR_A_HEAD, _head(raw), mailbox, asked))


def _too_large(head: MailReading | None) -> MailReading:
    """Give the reading of a mail of which only the head was read: nothing in it answers."""
    if head is None:
        return _unread(None)
    return replace(head, response=None, number=None, parts=(), of_all=False, text="", evidence="", why=_TOO_LARGE)


def _unread(head: MailReading | None) -> MailReading:
    """Give the reading of a mail that is too much, with what its head tells of whose it is."""
    known = head or MailReading(kind=ReplyKind.OTHER)
    return MailReading(
        kind=ReplyKind.OTHER,
        why=TOO_MUCH,
        automatic=True,
        token=known.token,
        sender=known.sender,
        trusted=known.trusted,
        from_asked=known.from_asked,
        message_id=known.message_id,
    )


def _head(raw: bytes) -> bytes:
    return raw[:_LARGEST_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"


def _within(seconds: float, raw: bytes, mailbox: ReplyMailbox, asked: str | None) -> MailReading | None:
    answer = _reader.answer({"mailbox": asdict(mailbox), "asked": asked}, raw, seconds=seconds)
    try:
        return _READING.validate_python(answer) if answer is not None else None
    except ValidationError:
        return None


_reader = ReadingProcess()
atexit.register(_reader.stop)
