"""Tell what a report brings back of our own message."""

import re
from collections.abc import Iterator, Mapping, Sequence
from email.message import Message
from email.parser import HeaderParser

from timeline.replies.mail import ParsedMail, Part, headers_of, text_of

_RETURNED = ("Message-ID", "Reply-To", "Original-Message-ID")


def returned(mail: ParsedMail) -> str:
    """Return the headers of our own message that a report brings back, as text that may hold a token."""
    fields: list[str] = []
    for part in mail.of_type("message/rfc822", "message/disposition-notification", "text/rfc822-headers"):
        for block in _blocks(part):
            fields += [value for name in _RETURNED for value in block.get(name.lower(), ())]
    return " ".join(fields)


def _blocks(part: Part) -> Iterator[Mapping[str, Sequence[str]]]:
    """Yield the groups of fields in a report's part, whether the parser split them or not."""
    inside = part.get_payload()
    for part_inside in inside if isinstance(inside, list) else []:
        if isinstance(part_inside, Message):
            yield headers_of(part_inside)
    if not isinstance(inside, list):
        for group in re.split(r"\r?\n\r?\n", text_of(part)[:20_000]):
            yield headers_of(HeaderParser().parsestr(group))
