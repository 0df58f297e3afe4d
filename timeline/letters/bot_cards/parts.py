"""Word the parts that cards are made of.

Every value is in a TextRun, which has no markdown. In a TextBlock it would have to be escaped by backslashes, and Teams
on a telephone shows those (microsoft/AdaptiveCards, issue 5590).
"""

import json
import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

Part = dict[str, Any]

LARGEST = 26_000
"""The most that a card may count: Teams takes 28 KB with the envelope, and drops what is larger after a 202."""

# Controls, lone surrogates, and the marks that turn the direction of writing (they make a false name look right).
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_MARKDOWN = re.compile(r"[\[\]*_#`<>~\\]+|://|&(?=#?\w+;)")


def as_json(card: Part) -> str:
    """Give the card as it is stored and posted, with placeholders for tokens ("«token 1»") to be filled in."""
    return json.dumps(card, ensure_ascii=False, separators=(",", ":"))


def plain(text: str, longest: int = 2_000) -> str:
    """Make a line without control characters, cut with an ellipsis; "{{" would begin a date function."""
    line = re.sub(r"\{(?=\{)", "{ ", " ".join(_CONTROLS.sub(" ", text).split()))
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def octets_in_teams(text: str) -> int:
    """Count JSON as Teams does: as a text inside other JSON, with a backslash before each quotation mark.

    A letter beyond ASCII counts as its escape, which is never shorter than its UTF-8.
    """
    return len(json.dumps(text))


def octets(card: Part) -> int:
    return octets_in_teams(as_json(card))


def fitting(build: Callable[[int], Part], *, least: int, most: int) -> Part:
    """Build it with as many of something as `LARGEST` allows, and with the `least` where nothing fits."""
    whole = build(most)
    if octets(whole) <= LARGEST:
        return whole
    fits = bisect_right(range(least, most), LARGEST, key=lambda number: octets(build(number)))
    return build(least + max(fits, 1) - 1)


def adaptive(programme: str, body: list[Part]) -> Part:
    fallback = f"{plain(programme, 100)}: this program cannot show the card. Please use the mail or the page."
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "lang": "en",
        "fallbackText": fallback,
        "body": body,
    }


def heading(programme: str, council: str) -> Part:
    text = bare(f"{programme} – {council}")
    return {"type": "TextBlock", "text": text, "style": "heading", "size": "Large", "weight": "Bolder", "wrap": True}


def bare(text: str) -> str:
    """Clean a text for the two places that read markdown: no markup, and no list or rule at its beginning."""
    line = _MARKDOWN.sub(" ", plain(text, 200))
    return " ".join(re.sub(r"^[\s\d.)+=-]+(?=\s|$)", "", line).split())


def text_line(text: str, *, separator: bool = False, quiet: bool = False, color: str = "") -> Part:
    return rich(run(text, quiet) | ({"color": color} if color else {}), separator=separator)


def rich(*runs: Part, separator: bool = False) -> Part:
    return {"type": "RichTextBlock", "inlines": list(runs)} | ({"separator": True} if separator else {})


def run(text: str, quiet: bool = False, **style: str) -> Part:
    return {"type": "TextRun", "text": text, **style} | ({"isSubtle": True, "size": "Small"} if quiet else {})


def opening(*actions: tuple[str, str]) -> Part:
    opening = [{"type": "Action.OpenUrl", "title": title, "url": url} for title, url in actions]
    return {"type": "ActionSet", "actions": opening}


def sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."
