"""Read a mail's headers and parts within bounds: a huge or hostile mail costs no more than an ordinary mail."""

import codecs
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any

# A person's words come before the attachments, so this limit never cuts off an answer.
MOST_BYTES = 512_000
# Each line is looked at once for each part that is open: both are bounded, and their product.
MOST_LINES = 20_000
MOST_LINES_OF_PARTS = 1_000_000
MOST_HEADERS = 1_000
MOST_OF_A_HEADER = 4_000
MOST_PARTS = 40
MOST_TEXT = 200_000

# A mail may name any codec: some (punycode) take quadratic time, others make text of bytes that hold none.
_CHARSETS = re.compile(r"utf|ascii|iso8859|iso2022|cp\d|koi8|mac|gb|big5|shift|euc|hz|johab|tis")

Part = Message
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_END_OF_LINE = re.compile(rb"\r\n?|\n")


class _Part(Message):
    """Hold a part whose headers are short: the library takes quadratic time to read the parameters of a long header."""

    def get(self, name: str, failobj: Any = None) -> Any:
        """Give a header, or `failobj` if it is too long to be honest."""
        value = super().get(name, failobj)
        return failobj if len(str(value)) > MOST_OF_A_HEADER else value

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None


class ParsedMail:
    """Hold a mail: its `headers` by lower-case name from the top down, and its `parts` without those of mails inside
    it.
    """

    def __init__(self, raw: bytes) -> None:
        whole: Part = BytesParser(_Part, policy=policy.compat32).parsebytes(_beginning(raw))
        self.whole = whole
        self.headers = headers_of(whole)
        self.parts: tuple[Part, ...] = tuple(_parts(whole))

    def all(self, name: str) -> Sequence[str]:
        """Return every header of this name, the topmost first, unfolded."""
        return self.headers.get(name.lower(), ())

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    @property
    def subject(self) -> str:
        return decoded(self.first("Subject"))

    @property
    def written_at(self) -> datetime | None:
        """Give the instant of its Date; None if it cannot be read, or says no zone."""
        try:
            at = parsedate_to_datetime(self.first("Date"))
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        return at if at.tzinfo else None

    @property
    def has_empty_sender(self) -> bool:
        """Tell whether nobody is to answer it, in any spelling of the empty sender; two servers may each write it."""
        paths = [path.strip("<> \t").lower() for path in self.all("Return-Path")]
        return bool(paths) and all(path in ("", "mailer-daemon") for path in paths)

    def of_type(self, *types: str) -> Sequence[Part]:
        return [part for part in self.parts if part.get_content_type() in types]

    def texts(self, content_type: str) -> Iterator[str]:
        """Yield the texts of this type that a reader sees at once; skip attachments."""
        for part in self.of_type(content_type):
            if part.get_content_disposition() != "attachment":
                yield text_of(part)


def _beginning(raw: bytes) -> bytes:
    """Return as much of a mail as is read: a person's words stand in it, however it is built."""
    raw = raw[:MOST_BYTES]
    most = min(MOST_LINES, MOST_LINES_OF_PARTS // max(raw.lower().count(b"boundary"), 1))
    if raw.count(b"\n") + raw.count(b"\r") <= most:
        return raw
    end = next(islice(_END_OF_LINE.finditer(raw), most, None), None)
    return raw[: end.end()] if end else raw


def headers_of(part: Part) -> Mapping[str, Sequence[str]]:
    """Return the headers by lower-case name, in their order, unfolded; empty a header too long to be honest."""
    headers: dict[str, list[str]] = defaultdict(list)
    for number, (name, value) in enumerate(part.raw_items()):
        if number == MOST_HEADERS:
            break
        plain = _readable(str(value).replace("\r", "").replace("\n", "")).strip()
        headers[name.lower()].append(plain if len(plain) <= MOST_OF_A_HEADER else "")
    return headers


def _readable(value: str) -> str:
    """Read octets that no header may have as UTF-8, or else as Latin-1, and drop control characters.

    The parser gives such octets as halves of surrogate pairs, which no database keeps.
    """
    if not value.isprintable():
        octets = value.encode("utf-8", "surrogateescape")
        try:
            value = octets.decode("utf-8")
        except UnicodeDecodeError:
            value = octets.decode("latin-1")
    return _CONTROLS.sub("", value)


def decoded(value: str) -> str:
    """Decode a header's words; return them as they stand if that fails."""
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return value


def text_of(part: Part) -> str:
    """Return a part's text in its own charset, else in the likeliest charset."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    content = content[:MOST_TEXT]
    named = _charset(part)
    if named:
        return content.decode(named, "replace").encode("utf-8", "replace").decode()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _charset(part: Part) -> str:
    """Return Python's name of the part's charset; empty for none, or for a charset that no honest mail has."""
    try:
        name = codecs.lookup(part.get_content_charset() or "").name
    except (LookupError, ValueError):
        return ""
    if name == "ascii":
        return ""
    # Text labelled ISO-8859-1 is Windows' superset of it; browsers read it so too.
    name = "cp1252" if name == "iso8859-1" else name
    return name if _CHARSETS.match(name) else ""


def _parts(whole: Part) -> Iterator[Part]:
    """Yield the parts depth first, but not those of attached mails: their words were for another recipient."""
    waiting = [whole]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        yield part
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            waiting.extend(inner for inner in reversed(inside) if isinstance(inner, Message))
