"""Draw the legend of a picture: each mark, bar and shade that stands in it, in words."""

from collections.abc import Collection, Iterator, Sequence

from timeline.picture.items import Mark
from timeline.picture.paper import Paper
from timeline.picture.shapes import Box, Label, Shape, Sign
from timeline.picture.text_width import text_width

MEANING = {
    Mark.RED: "red: needs somebody now",
    Mark.AMBER: "amber: at risk",
    Mark.GREEN: "green: in hand",
    Mark.DONE: "done",
    Mark.WAITS: "waits: nobody asked yet, or no date",
    Mark.CANCELLED: "cancelled",
}
_FILLS = {
    "window": "window, day not confirmed",
    "holiday": "bank holiday",
    "closure": "council closed",
    "pre-election": "pre-election period",
}
_LINE, _SYMBOL, _APART = 19, 20, 16


def legend(drawn: Sequence[Shape], paper: Paper, top: float) -> tuple[list[Shape], float]:
    """Explain the shapes that were drawn, below `top`; give also where the legend ends."""
    shapes: list[Shape] = []
    x, y = float(paper.margin), top + _LINE / 2
    for symbol, words in _entries(drawn):
        begin = _SYMBOL if symbol else 0
        width = begin + text_width(words, paper.small)
        if x > paper.margin and x + width > paper.right:
            x, y = float(paper.margin), y + _LINE
        if symbol:
            shapes.append(_at(symbol, x, y))
        shapes.append(Label(words, x + begin, y + paper.small * 0.36, paper.small, "muted"))
        x += width + _APART
    return shapes, y + _LINE / 2


def _entries(drawn: Sequence[Shape]) -> Iterator[tuple[Shape | None, str]]:
    # By its type, and in a round for each kind: a picture has hundreds of shapes.
    drawn_signs = [shape for shape in drawn if type(shape) is Sign]
    signs = {sign.mark for sign in drawn_signs if not sign.was}
    for mark, words in MEANING.items():
        if mark in signs:
            yield Sign(mark, 0, 0, 0.85), words
    moved = next((sign for sign in drawn_signs if sign.was), None)
    if moved:
        yield moved._replace(title=""), "date first given"
    yield from _shades({shape.fill for shape in drawn if type(shape) is Box})
    yield None, "bold: legal dates"
    yield None, "number: day of the month"
    if any(type(shape) is Label and "×" in shape.text for shape in drawn):
        yield None, "×2: two in one place"


def _shades(fills: Collection[str]) -> Iterator[tuple[Shape, str]]:
    for fill, words in _FILLS.items():
        if fill in fills:
            yield Box(0, 0, 14, 11, fill, line="window-line" if fill == "window" else "tick", round=2), words


def _at(symbol: Shape, x: float, y: float) -> Shape:
    if isinstance(symbol, Sign):
        return symbol._replace(x=x + 7, y=y)
    return symbol._replace(x=x, y=y - 5.5) if isinstance(symbol, Box) else symbol
