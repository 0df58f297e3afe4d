"""A mail's headers and parts, read within bounds: a huge or hostile mail costs no more than an ordinary one."""

import codecs
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser

# What a person writes stands in front of attachments, so what is cut off here is never an answer.
MOST_BYTES = 512_000
MOST_HEADERS = 1_000
MOST_OF_A_HEADER = 4_000
MOST_PARTS = 40
MOST_TEXT = 200_000

# Codecs such as punycode take quadratic time, others make text of what is none: a mail may name any.
_CHARSETS = re.compile(r"utf|ascii|iso8859|iso2022|cp\d|koi8|mac|gb|big5|shift|euc|hz|johab|tis")

Part = Message


class ParsedMail:
    """One mail: `headers` by lower-case name from the top down, and its `parts` without those of mails inside it."""

    def __init__(self, raw: bytes) -> None:
        whole = BytesParser(policy=policy.compat32).parsebytes(raw[:MOST_BYTES])
        self.whole: Part = whole
        self.headers = headers_of(whole)
        self.parts: tuple[Part, ...] = tuple(_parts(whole))

    def all(self, name: str) -> Sequence[str]:
        """Every header of this name, the topmost first, unfolded."""
        return self.headers.get(name.lower(), ())

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    @property
    def subject(self) -> str:
        return decoded(self.first("Subject"))

    def of_type(self, *types: str) -> Sequence[Part]:
        return [part for part in self.parts if part.get_content_type() in types]

    def texts(self, content_type: str) -> Iterator[str]:
        """The texts of this type that are meant to be read at once, not opened as a file."""
        for part in self.of_type(content_type):
            if part.get_content_disposition() != "attachment":
                yield text_of(part)


def headers_of(part: Part) -> Mapping[str, Sequence[str]]:
    """The headers by lower-case name, in their order, unfolded; one that is too long to be honest is emptied."""
    found: dict[str, list[str]] = defaultdict(list)
    for number, (name, value) in enumerate(part.raw_items()):
        if number == MOST_HEADERS:
            break
        plain = str(value).replace("\r", "").replace("\n", "").strip()
        found[name.lower()].append(plain if len(plain) <= MOST_OF_A_HEADER else "")
    return found


def decoded(value: str) -> str:
    """A header's words with their encoding undone; as they stand where that fails."""
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return value


def text_of(part: Part) -> str:
    """A part's text in its own charset, else in the likeliest one."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    content = content[:MOST_TEXT]
    named = _charset(part)
    if named:
        return content.decode(named, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _charset(part: Part) -> str:
    """The Python name of the part's charset, empty for none or one that no honest mail has."""
    try:
        name = codecs.lookup(part.get_content_charset() or "").name
    except (LookupError, ValueError):
        return ""
    if name == "ascii":
        return ""
    # What calls itself ISO-8859-1 is Windows' superset of it, as browsers read it too.
    name = "cp1252" if name == "iso8859-1" else name
    return name if _CHARSETS.match(name) else ""


def _parts(whole: Part) -> Iterator[Part]:
    """Depth first, not into attached mails: what stands in those was said to somebody else."""
    waiting = [whole]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        yield part
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            waiting.extend(payload_type for payload_type in reversed(inside) if isinstance(payload_type, Message))
