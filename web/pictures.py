"""Draw the timelines of the councils for a page: a picture for a telephone, another for wider windows."""

from collections.abc import Sequence
from typing import NamedTuple

from config.rendering.picture_svg import svg
from timeline.picture.contents import Contents
from timeline.picture.layout import lay_out
from timeline.picture.paper import NARROW, PAGE, Paper
from timeline.picture.risk_matrix import Placed, risk_matrix
from timeline.picture.shapes import Picture
from timeline.picture.table import TableRow, table

_NARROW = 290


class Drawn(NamedTuple):
    """Hold a council's picture in both widths, and its values as a table."""

    council_name: str
    headline: str
    narrow: str
    page: str
    rows: Sequence[TableRow]


def drawn(given: Sequence[Contents]) -> list[Drawn]:
    """Draw each council's picture; the keys keep the ids of a page apart."""
    return [
        Drawn(
            council_name=of.council_name,
            headline=of.headline,
            narrow=_svg(of, NARROW, n),
            page=_svg(of, PAGE, n),
            rows=table(of, PAGE.span(of.on)),
        )
        for n, of in enumerate(given)
    ]


def _svg(of: Contents, paper: Paper, n: int) -> str:
    return svg(lay_out(of, paper), key=f"{paper.key}{n}")


def risks_drawn(risks: Sequence[Placed]) -> tuple[str, str] | None:
    """Draw the matrix of risks for a telephone and for wider windows; None without a risk."""
    if not risks:
        return None
    return svg(risk_matrix(risks, width=_NARROW), key="risks-narrow"), svg(risk_matrix(risks), key="risks-page")


def line_drawn(picture: Picture, key: str) -> str:
    """Draw the small line of a measure; the key keeps the ids of a page apart."""
    return svg(picture, key=key.replace(".", "-"))
