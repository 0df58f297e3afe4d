"""Read the fields of a delivery report (RFC 3464), as mail systems write them: a fault in a field hides no other."""

import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from email.message import Message
from itertools import groupby, islice

from timeline.replies.mail import Part, text_of

_RECIPIENT = frozenset(("original-recipient", "final-recipient"))
_ABOUT = _RECIPIENT | {"action", "status", "diagnostic-code"}
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]{0,8}:(.*)")
_MOST_LINES = 1_000
_MOST_OF_A_VALUE = 2_000


def recipients(part: Part) -> list[Mapping[str, str]]:
    """Return the fields about each recipient by their lower-case names; of two fields of a name the first.

    Some systems put an empty line between the fields of a recipient: a group that repeats none goes on with the last.
    """
    blocks: list[dict[str, str]] = []
    for filled, group in groupby(lines(part), key=lambda line: bool(line.strip())):
        for about in _blocks(group) if filled else ():
            if blocks and _goes_on(about, blocks[-1]):
                blocks[-1] |= about
            else:
                blocks.append(about)
    return list(blocks)


def lines(part: Part) -> Iterator[str]:
    """Yield the lines of the report; the parser of mails has made messages of its groups, some in the middle of one."""
    return islice(_decoded(part, list(_lines(part))), _MOST_LINES)


def _lines(part: Part) -> Iterator[str]:
    inside = part.get_payload()
    if not isinstance(inside, list):
        yield from text_of(part).splitlines()
        return
    for group in (part_inside for part_inside in inside if isinstance(part_inside, Message)):
        for name, value in group.raw_items():
            yield from f"{name}: {value}".splitlines()
        rest = group.get_payload()
        yield from rest.splitlines() if isinstance(rest, str) else ()
        yield ""


def _decoded(part: Part, encoded: list[str]) -> Iterator[str]:
    """Decode a report in Base64, which the standard forbids and some systems send."""
    if str(part["Content-Transfer-Encoding"]).strip().lower() != "base64" or not isinstance(part.get_payload(), list):
        yield from encoded
        return
    try:
        yield from binascii.a2b_base64("".join(encoded)).decode("utf-8", "replace").splitlines()
    except (binascii.Error, ValueError):
        yield from encoded


def _blocks(group: Iterable[str]) -> list[dict[str, str]]:
    """Return the fields about recipients in lines that are not empty; a line that is no field goes on with the last.

    So a server's words of several lines, whose second begins with no space, hide no field below them.
    """
    blocks: list[dict[str, str]] = [{}]
    last = ""
    for line in group:
        matched = None if line[:1] in " \t" and last else _FIELD.match(line.strip())
        if matched:
            last = matched[1].lower()
            if last in _RECIPIENT and last in blocks[-1]:
                blocks.append({})
            blocks[-1].setdefault(last, matched[2].strip())
        elif last:
            blocks[-1][last] = f"{blocks[-1][last]} {line.strip()}"[:_MOST_OF_A_VALUE]
    about = ({name: block[name] for name in block if name in _ABOUT} for block in blocks)
    return [block for block in about if block]


def _goes_on(about: Mapping[str, str], before: Mapping[str, str]) -> bool:
    two = _RECIPIENT & about.keys() and _RECIPIENT & before.keys()
    return not two and not about.keys() & before.keys()
