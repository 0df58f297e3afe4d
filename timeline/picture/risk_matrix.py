"""Lay out the risks as a matrix: likelihood down, impact across, each risk as its number in its cell."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import NamedTuple

from timeline.calendar.wording import count
from timeline.picture.shapes import Box, Label, Picture, Shape
from timeline.programme.risks import IMPACTS, LIKELIHOODS, Rating, Risk

_ACROSS = tuple(sorted(IMPACTS, reverse=True))
"""The gravest stands at the right, and the likeliest on top: what is worst is in the corner."""
_ROW, _HEAD, _GAP = 38, 46, 2
_ARROWS = {1: "↑", -1: "↓", 0: ""}


class Placed(NamedTuple):
    """Hold a risk with its number in the matrix; `rating` is None while nobody has assessed it."""

    number: int
    risk: Risk
    rating: Rating | None
    trend: int

    @property
    def label(self) -> str:
        """Write its number, with an arrow where it has grown or fallen."""
        return f"{self.number}{_ARROWS[self.trend]}"


def placed(risks: Mapping[str, Risk], *, on: date) -> tuple[Placed, ...]:
    """Give each risk its number, in the order of the file, and its place by its assessment of a day."""
    each = enumerate(risks.values(), start=1)
    return tuple(
        Placed(number, risk, assessed.rating if (assessed := risk.assessed(on)) else None, risk.trend(on))
        for number, risk in each
    )


def risk_matrix(risks: Sequence[Placed], *, width: int = 640) -> Picture:
    """Lay out the matrix on a width. Each cell says in its colour how grave it is, and a risk is told by its number."""
    names = min(150, width // 4)
    column = (width - names) / len(_ACROSS)
    shapes = [*_heads(names, column), *_sides(), *_cells(risks, names, column)]
    height = _HEAD + _ROW * len(LIKELIHOODS)
    return Picture(width, height, "Risks by likelihood and impact", _described(risks), tuple(shapes))


def _heads(names: float, column: float) -> Iterator[Shape]:
    yield Label("Likelihood", 0, _HEAD - 12, 11, "muted")
    for n, impact in enumerate(_ACROSS):
        middle = names + column * (n + 0.5)
        yield Label(f"{impact}", middle, 18, 13, "ink", "middle", bold=True)
        yield Label(IMPACTS[impact], middle, _HEAD - 12, 11 if column >= 90 else 9, "muted", "middle")


def _sides() -> Iterator[Shape]:
    for n, (letter, words) in enumerate(LIKELIHOODS.items()):
        y = _HEAD + _ROW * (n + 0.5) + 4
        yield Label(letter, 0, y, 13, "ink", bold=True)
        # "almost impossible" needs two lines beside a narrow matrix.
        for line, word in enumerate(words.split()):
            yield Label(word, 16, y + (line - (len(words.split()) - 1) / 2) * 12, 11, "muted")


def _cells(risks: Sequence[Placed], names: float, column: float) -> Iterator[Shape]:
    for (row, letter), (n, impact) in product(enumerate(LIKELIHOODS), enumerate(_ACROSS)):
        x, y, rating = names + column * n, _HEAD + _ROW * row, Rating(letter, impact)
        title = f"{rating}, {rating.words}: {rating.band.value}"
        yield Box(x, y, column - _GAP, _ROW - _GAP, f"risk-{rating.band.value}", title)
        here = [placed.label for placed in risks if placed.rating == rating]
        if here:
            yield Label(", ".join(here), x + (column - _GAP) / 2, y + 23, 14, "ink", "middle", bold=True)


def _described(risks: Sequence[Placed]) -> str:
    """Say the whole picture in words, for people who cannot see it."""
    said = [f"{placed.number} {placed.risk.title}: {placed.rating or 'not assessed'}" for placed in risks]
    return f"{count(len(risks), 'risk')}. {'; '.join(said)}." if said else "There is no risk."
