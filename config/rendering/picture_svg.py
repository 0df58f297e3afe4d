"""Write a laid-out picture as SVG: real text, the same bytes for the same picture.

Colours stand in attributes, because the policy of our pages allows no style in a tag. The ids begin with a key, since a
page may hold two pictures.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from timeline.picture.items import Mark
from timeline.picture.shapes import Box, Label, Picture, Rule, Sign

# Text on white has a contrast of 4.5 or more, what must be seen of 3 or more (WCAG 2.2, 1.4.3 and 1.4.11).
INK = {
    "ink": "#0b0c0c",
    "muted": "#484949",
    "group": "#12393d",
    "group-line": "#8aa6a8",
    "row": "#edf0f1",
    "grid": "#dde2e4",
    "tick": "#b9c0c3",
    "today": "#1a65a6",
    "on-today": "#ffffff",
    "pre-election-ink": "#54319f",
}
FILL = {
    "today": INK["today"],
    "holiday": "#d3dadd",
    "closure": "#e3d9c6",
    "pre-election": "#f2eefb",
    "window": "#e1eef0",
    "window-line": "#6a9196",
    "days": "#8db3b8",
    "tick": INK["tick"],
    # Pale, so that black on them has a contrast of 7 and more.
    "risk-high": "#f4b6b0",
    "risk-medium": "#ffe2a3",
    "risk-low": "#cfe8d5",
    "better": "#0f7a52",
    "worse": "#ca3535",
}
SIGN = {
    # The fill, the line and the letter of each mark.
    Mark.RED: ("#ca3535", "#8f1f1f", "#ffffff"),
    Mark.AMBER: ("#ffc145", "#7a4b00", "#0b0c0c"),
    Mark.GREEN: ("#0f7a52", "#0a5a3c", "#ffffff"),
    Mark.DONE: ("#12393d", "#12393d", "#ffffff"),
    Mark.WAITS: ("#ffffff", "#5b6366", "#484949"),
    Mark.CANCELLED: ("#ffffff", "#5b6366", "#484949"),
}
FONT = "Arial, Helvetica, DejaVu Sans, sans-serif"
_PATHS = {
    Mark.RED: "M0-8.6L8.6 0L0 8.6L-8.6 0Z",
    Mark.AMBER: "M0-9.4L9.2 7.2H-9.2Z",
    Mark.GREEN: "M0-7.5A7.5 7.5 0 1 1 0 7.5A7.5 7.5 0 1 1 0-7.5Z",
    Mark.DONE: "M-5-7.3H5A2.3 2.3 0 0 1 7.3-5V5A2.3 2.3 0 0 1 5 7.3H-5A2.3 2.3 0 0 1-7.3 5V-5A2.3 2.3 0 0 1-5-7.3Z",
    Mark.WAITS: "M0-7.2A7.2 7.2 0 1 1 0 7.2A7.2 7.2 0 1 1 0-7.2Z",
    Mark.CANCELLED: "M-6.5-6.5H6.5V6.5H-6.5Z",
}
_LETTERS = {Mark.RED: "R", Mark.AMBER: "A", Mark.GREEN: "G", Mark.WAITS: "W"}
# A triangle is narrow where a letter's middle would be.
_BASE = {Mark.AMBER: 5.6}
_STROKED = {Mark.DONE: ("M-3.8 .3L-1.2 3L4-3", 2), Mark.CANCELLED: ("M-3.5-3.5L3.5 3.5M3.5-3.5L-3.5 3.5", 1.6)}


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    """Escape a text once: a page draws the same picture again, and in two widths."""
    return escape(text, quote=False)


def svg(picture: Picture, *, key: str = "p") -> str:
    """Write the picture; it is an image with a name and a description for people who cannot see it."""
    title, desc = f"{key}-title", f"{key}-desc"
    width, height = picture.width, picture.height
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="{title} {desc}" font-family="{FONT}">'
        f'<title id="{title}">{escape(picture.title)}</title><desc id="{desc}">{escape(picture.desc)}</desc>'
    )
    body = "\n".join([_WRITERS[type(shape)](shape, key) for shape in picture.shapes])
    return f'{head}<defs>{_signs(picture, key)}</defs><rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'


def _signs(picture: Picture, key: str) -> str:
    """Define each mark that is drawn once, and its hollow form."""
    drawn = {(shape.mark, shape.was) for shape in picture.shapes if type(shape) is Sign}
    return "".join(_defined(mark, was, key) for mark, was in sorted(drawn))


def _defined(mark: Mark, was: bool, key: str) -> str:
    fill, line, letter = SIGN[mark]
    if was:
        shape = f'<path d="{_PATHS[mark]}" fill="#fff" stroke="{line}" stroke-width="1.6" stroke-dasharray="3 2"/>'
        return f'<g id="{key}-was-{mark.value}">{shape}</g>'
    shape = f'<path d="{_PATHS[mark]}" fill="{fill}" stroke="{line}" stroke-width="1.2"/>'
    if mark in _STROKED:
        path, width = _STROKED[mark]
        shape += f'<path d="{path}" fill="none" stroke="{letter}" stroke-width="{width}" stroke-linecap="round"/>'
    else:
        shape += (
            f'<text y="{_BASE.get(mark, 3.5)}" font-size="10" font-weight="700" text-anchor="middle" '
            f'fill="{letter}">{_LETTERS[mark]}</text>'
        )
    return f'<g id="{key}-{mark.value}">{shape}</g>'


# Once each: the heights of the lanes and the places of the days come back in every shape.
_number = lru_cache(maxsize=8192)("{:g}".format)


def _label(label: Label, _key: str) -> str:
    text, x, y, size, ink, anchor, bold, halo = label
    return f'<text x="{_number(x)}" y="{_number(y)}"{_type(size, ink, anchor, bold, halo)}>{_escaped(text)}</text>'


@lru_cache(maxsize=256)
def _type(size: float, ink: str, anchor: str, bold: bool, halo: bool) -> str:
    """Write how a label is set: a picture has a dozen ways, and hundreds of labels."""
    weight = ' font-weight="700"' if bold else ""
    end = f' text-anchor="{anchor}"' if anchor != "start" else ""
    around = ' stroke="#fff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    return f' font-size="{size:g}" fill="{INK[ink]}"{weight}{end}{around}'


def _box(box: Box, _key: str) -> str:
    corners = f' rx="{box.round:g}"' if box.round else ""
    line = f' stroke="{FILL[box.line]}"' if box.line else ""
    drawn = (
        f'<rect x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" height="{_number(box.height)}" '
        f'fill="{FILL[box.fill]}"{corners}{line}'
    )
    return f"{drawn}><title>{_escaped(box.title)}</title></rect>" if box.title else f"{drawn}/>"


def _rule(rule: Rule, _key: str) -> str:
    dashed = ' stroke-dasharray="3 3"' if rule.dashed else ""
    begin, end = f"{_number(rule.x1)} {_number(rule.y1)}", f"{_number(rule.x2)} {_number(rule.y2)}"
    return f'<path d="M{begin}L{end}" stroke="{INK[rule.ink]}" stroke-width="{_number(rule.width)}"{dashed}/>'


def _sign(sign: Sign, key: str) -> str:
    mark, x, y, size, title, was = sign
    name, place = f"{key}-was-{mark}" if was else f"{key}-{mark}", f"translate({_number(x)} {_number(y)})"
    drawn = f'<use href="#{name}" transform="{place}{_scaled(size)}"'
    return f"{drawn}><title>{_escaped(title)}</title></use>" if title else f"{drawn}/>"


@lru_cache(maxsize=256)
def _scaled(size: float) -> str:
    return f" scale({size:g})" if size != 1 else ""


_WRITERS: Mapping[type, Callable[[Any, str], str]] = {Label: _label, Box: _box, Rule: _rule, Sign: _sign}
