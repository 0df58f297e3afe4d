"""Read what the mail catcher caught."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

from tasks.catcher.pictures import with_pictures
from timeline.replies.mail import ParsedMail

# A mail program may have moved it to `cur` and set flags.
_FILE_NAME = re.compile(r"([0-9]{8,12})(?::2,[A-Z]*)?")
_MAIL_ID = re.compile(r"[0-9]{8,12}")
_FOLD = re.compile(r"\r?\n(?=[ \t])")


class NoSuchMail(LookupError):
    """Report that no caught mail has this id."""


@dataclass(frozen=True)
class CaughtMail:
    """Hold a line of the list. `date` is what the mail says (None if unreadable); headers are decoded.

    `envelope_to` are the recipients of RCPT TO; `envelope_from` is "<>" for the null sender.
    """

    id: str
    date: datetime | None
    from_: str
    to: str
    subject: str
    envelope_from: str
    envelope_to: tuple[str, ...]


@dataclass(frozen=True)
class OpenedMail(CaughtMail):
    """Hold a whole mail: its readable parts, its headers in order, and its octets as they lie in the Maildir.

    A part is "" where the mail has none; its lines end in CRLF, as sent.
    """

    text: str
    html: str
    calendar: str
    headers: tuple[tuple[str, str], ...]
    raw: bytes


def caught(folder: Path, *, limit: int | None = None) -> list[CaughtMail]:
    """Return what was caught, the last to arrive first. Reads heads only, and each of them once."""
    files = kept_files(folder)
    newest_first = sorted(files, reverse=True)[:limit]
    return [_listed(files[number], files[number].stat().st_mtime_ns) for number in newest_first]


def read(folder: Path, mail_id: str) -> OpenedMail:
    """Return the mail with the `id` from the list; raises NoSuchMail for anything else."""
    file = kept_files(folder).get(int(mail_id)) if _MAIL_ID.fullmatch(mail_id) else None
    if file is None:
        raise NoSuchMail("There is no caught mail with this number.")
    raw = file.read_bytes()
    mail = _opened(raw)
    headers = tuple((_printable(name), _decoded(value)) for name, value in mail.whole.items())
    text, html, calendar = (_content(mail, f"text/{kind}") for kind in ("plain", "html", "calendar"))
    listed = vars(_listed(file, file.stat().st_mtime_ns))
    return OpenedMail(**listed, text=text, html=html, calendar=calendar, headers=headers, raw=raw)


def pictured(mail: OpenedMail) -> str:
    """Return the HTML of a mail with its pictures, as a mail program shows it."""
    return with_pictures(mail.html, _opened(mail.raw))


def kept_files(folder: Path) -> dict[int, Path]:
    """Return the finished mails of a Maildir by number; a folder that is not there yet holds none."""
    names = ((file, _FILE_NAME.fullmatch(file.name)) for part in ("new", "cur") for file in _files(folder / part))
    return {int(name[1]): file for file, name in names if name}


def _files(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


@lru_cache(maxsize=10_000)
def _listed(file: Path, _changed: int) -> CaughtMail:
    # The cache's key has the time of change: a replay that starts afresh gives other mails the same numbers.
    with file.open("rb") as lines:
        filled: list[bytes] = list(takewhile(_is_filled, lines))
    head = BytesHeaderParser().parsebytes(b"".join(filled))
    return CaughtMail(
        id=file.name.partition(":")[0],
        date=_date(head),
        from_=_decoded(head["From"]),
        to=_decoded(head["To"]),
        subject=_decoded(head["Subject"]),
        envelope_from=_decoded(head["X-Envelope-From"]),
        envelope_to=tuple(_decoded(head["X-Envelope-To"]).split(", ")),
    )


def _is_filled(line: bytes) -> bool:
    return bool(line.strip())


def _opened(raw: bytes) -> ParsedMail:
    """Read a mail within bounds; of a mail that cannot be read (a thousand parts within parts) only the head."""
    try:
        return ParsedMail(raw)
    except (RecursionError, ValueError, LookupError, MessageError):
        return ParsedMail(raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n")


def _date(head: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(str(head["Date"]))
    except (ValueError, OverflowError):
        return None


def _decoded(value: Any) -> str:
    if value is None:
        return ""
    whole = _FOLD.sub("", str(value))
    try:
        return _printable(str(make_header(decode_header(whole))) if "=?" in whole else whole)
    except (LookupError, ValueError, MessageError):
        return _printable(whole)


def _content(mail: ParsedMail, kind: str) -> str:
    return _printable(next(mail.texts(kind), ""))


def _printable(text: str) -> str:
    """Replace half characters: some charsets make them of honest octets, and no page can be sent with them."""
    return text.encode("utf-8", "replace").decode()
