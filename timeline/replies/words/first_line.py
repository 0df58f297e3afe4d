"""Read the line of a reply that is read, with what belongs to it, and the lines below it."""

import re
from collections.abc import Sequence

from timeline.replies.words.opening import is_only_polite
from timeline.replies.words.vocabulary import DOUBT, LINK

_RESERVES = r"await\w*|waiting|subject to|provided|assuming|apart from|bar|only|still|to follow"
_GOES_ON = re.compile(rf"(?:{DOUBT}|{_RESERVES})(?!\w|'\w)|https?://", re.IGNORECASE)
_GAPS = re.compile(r"[^\S\n]+")
_BROKEN_AT = 50
_LONGEST = 20


def straight(text: str) -> str:
    """Write every apostrophe in the same way, and a single space for several: patterns read no long gap twice."""
    return _GAPS.sub(" ", text).replace("’", "'").replace("‘", "'")


def without_greeting(text: str) -> str:
    """Step over the lines on top that only greet, thank or apologise."""
    lines = text.split("\n")
    while lines and (not lines[0].strip() or is_only_polite(lines[0])):
        lines.pop(0)
    return "\n".join(lines)


def first_line(text: str) -> tuple[str, str]:
    """Return the first line as it was written, and the lines below it.

    Join what belongs together: mail programs break a long line, and "Ack," alone on a line continues on the next,
    which may take the answer back.
    """
    lines = text.split("\n")
    place = 1
    while place < min(len(lines), _LONGEST) and lines[place].strip() and _goes_on(lines, place):
        place += 1
    return " ".join(lines[:place]), "\n".join(lines[place:])


def _goes_on(lines: Sequence[str], place: int) -> bool:
    before = lines[place - 1].rstrip()
    # A link is never broken, and nobody breaks a line right behind it by accident.
    broken = len(before) >= _BROKEN_AT and not LINK.fullmatch(before.rsplit(maxsplit=1)[-1])
    marked = before.endswith((",", ";", ":", "-", "–", "—", "…", "..."))
    return broken or marked or bool(_GOES_ON.match(lines[place].strip()))


def next_paragraph(below: str) -> str:
    """Return what is written next, below the line that was read."""
    return below.strip().partition("\n\n")[0]
