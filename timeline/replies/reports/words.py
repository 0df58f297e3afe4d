"""Read the words of a mail system: the addresses in them, and how they may be quoted."""

import re

MOST_LETTERS = 20_000
_MOST_ADDRESSES = 50
_LONGEST_QUOTE = 300

# Bounded on both sides of the @: each letter may begin an address, and a long word must not be searched once for each.
_ADDRESS = re.compile(r"[\w.!#$%&'*+?^`~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")


def addresses(text: str) -> list[str]:
    """Return the addresses in a text, lower case, each once, in their order."""
    matches = (matched[0].lower().strip("'`*.") for matched in _ADDRESS.finditer(text[:MOST_LETTERS]))
    return list(dict.fromkeys(matches))[:_MOST_ADDRESSES]


def quotable(text: str) -> str:
    """Return the words in a short line that a person may be shown: without addresses and unprintable characters."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * _LONGEST_QUOTE])
    return " ".join(_ADDRESS.sub("(address)", plain).split())[:_LONGEST_QUOTE]
