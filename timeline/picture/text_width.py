"""Measure how wide a text is, near enough that no two labels meet: by the widths of DejaVu Sans, which is wider than
Arial.
"""

from functools import lru_cache

# Hundredths of the size of the type, by letter.
_WIDTHS = {
    28: "'ijl|",
    32: "IJ,. ’‘·",
    37: "f-/:;\\",
    41: "rt!()[]",
    52: 'sz*_`–“”"',
    57: "cL?",
    63: "aekovxyFPTY",
    65: "0123456789bdghnpquEKS${}",
    71: "ABCRVXZ",
    77: "DGHNU",
    81: "wOQ&",
    87: "M#+<=>^~×→✓",
    97: "m%",
    101: "W@—…",
}
_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER = 80
_BOLD = 1.12


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Give the width of a text of that size, in the size's unit."""
    width = sum(_OF.get(letter, _OTHER) for letter in text) * size / 100
    return width * _BOLD if bold else width


@lru_cache(maxsize=4096)
def lines_of(text: str, size: float, width: float, *, at_most: int, bold: bool = False) -> tuple[str, ...]:
    """Break a text into lines of that width; what does not fit into the last of `at_most` lines ends in "…"."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and text_width(longer, size, bold=bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    last = cut(" ".join(lines[at_most - 1 :]), size, width, bold=bold)
    return (*lines[: at_most - 1], *([last] if last else []))


def cut(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """Cut a text that is too wide, with "…" at its end."""
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(f"{text}…", size, bold=bold) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
