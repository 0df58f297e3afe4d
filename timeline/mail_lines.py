"""A mail of a few lines, each with a head: what the director's Monday mail and a briefing are made of."""

from dataclasses import dataclass
from typing import NamedTuple


class MailLine(NamedTuple):
    """One line: what it is about (empty where the text says so itself), and the text."""

    head: str
    text: str


@dataclass(frozen=True, kw_only=True)
class MailLines:
    """One such mail. `greeting` is a post's title, for it names no person; `shadow_for` and `list_url` (where one asks
    for one's own list) are empty where they do not belong.
    """

    programme_name: str
    council_name: str
    greeting: str
    intro: str
    lines: tuple[MailLine, ...]
    closing: tuple[str, ...]
    ref: str
    list_url: str = ""
    shadow_for: str = ""
