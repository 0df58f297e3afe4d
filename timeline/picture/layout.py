"""Lay out a picture: the headline, the axis, the groups of duties with their lanes, and the legend."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from timeline.calendar.wording import count
from timeline.picture import axis
from timeline.picture.axis import Scale, scale_for
from timeline.picture.contents import Contents, Row, Span, described
from timeline.picture.groups import Group
from timeline.picture.items import Item
from timeline.picture.lanes import lane, shown
from timeline.picture.legend import legend
from timeline.picture.paper import Paper
from timeline.picture.shapes import Label, Picture, Rule, Shape
from timeline.picture.text_width import lines_of

_HEADLINE = 18
_GROUP = 24
_SMALLEST_LANE = 16
# Three lines of the legend, and what stands above and below them.
_FOOT = 81


class Drawn(NamedTuple):
    """Hold a row and those of its items that are drawn."""

    row: Row
    items: tuple[Item, ...]


class Measured(NamedTuple):
    """Hold a drawn row with the lines of its name and its height."""

    row: Row
    items: tuple[Item, ...]
    lines: tuple[str, ...]
    height: float


def lay_out(of: Contents, paper: Paper, span: Span | None = None) -> Picture:
    """Place everything on a paper; without a span, for the days that the paper shows by itself."""
    span = span or paper.span(of.on)
    scale = scale_for(paper, span)
    drawn = [Drawn(row, items) for row in of.rows if (items := shown(row, scale))]
    head, top = _head(of, paper)
    rows = _fitting(drawn, paper, top)
    body, bottom = _body(of, rows, scale, paper, top + axis.HEIGHT)
    shapes = [
        *axis.behind(of, scale, top + axis.HEIGHT, bottom),
        *head,
        *axis.labels(of, scale, paper, top),
        *axis.today(of.on, scale, paper, top, bottom),
        *body,
    ]
    foot, end = legend(shapes, paper, bottom + 10)
    left_out = len(of.rows) - len(drawn)
    if left_out:
        end += 14
        duties = f"{count(left_out, 'duty')}" if left_out == 1 else f"{left_out} duties"
        have = "has" if left_out == 1 else "have"
        foot.append(
            Label(f"{duties} without a date in these months {have} no row.", paper.margin, end, paper.small, "muted")
        )
    title = f"{of.headline}. {of.about}"
    return Picture(paper.width, round(end + paper.margin), title, described(of, span), (*shapes, *foot))


def _head(of: Contents, paper: Paper) -> tuple[list[Shape], float]:
    """Write the message and whose timeline it is; give also where the axis begins."""
    width, y = paper.right - paper.margin, float(paper.margin)
    shapes: list[Shape] = []
    for words in lines_of(of.headline, _HEADLINE, width, at_most=3, bold=True):
        y += _HEADLINE * 1.2
        shapes.append(Label(words, paper.margin, y - 3, _HEADLINE, "ink", bold=True))
    for words in lines_of(of.about, paper.text, width, at_most=2):
        y += paper.text * 1.4
        shapes.append(Label(words, paper.margin, y, paper.text, "muted"))
    return shapes, y + 12


def _fitting(drawn: Sequence[Drawn], paper: Paper, top: float) -> list[Measured]:
    """Measure the rows; where the paper has an end, as high as they can be with their names in full."""
    groups = len({each.row.group for each in drawn})
    if not paper.fits:
        return _measured(drawn, paper, paper.lane, 2)
    room = paper.fits - top - axis.HEIGHT - groups * _GROUP - _FOOT - paper.margin
    for lines in (3, 2):
        rows = _measured(drawn, paper, _SMALLEST_LANE, lines)
        counted = Counter(len(row.lines) for row in rows)
        for height in range(paper.lane, _SMALLEST_LANE - 1, -1):
            if sum(n * _height(names, paper, height) for names, n in counted.items()) <= room:
                return [row._replace(height=_height(len(row.lines), paper, height)) for row in rows]
    return _first_in_full(drawn, paper, room)


def _first_in_full(drawn: Sequence[Drawn], paper: Paper, room: float) -> list[Measured]:
    """Give names their second line as far as there is room: those with legal dates first, then from the top."""
    cut, full = (_measured(drawn, paper, _SMALLEST_LANE, lines) for lines in (1, 2))
    left = room - sum(row.height for row in cut)
    rows = list(cut)
    for n in sorted(range(len(rows)), key=lambda n: not full[n].row.is_law):
        more = full[n].height - cut[n].height
        if more <= left:
            left, rows[n] = left - more, full[n]
    return rows


def _measured(drawn: Sequence[Drawn], paper: Paper, height: float, lines: int) -> list[Measured]:
    width = paper.names - 12 if paper.names else paper.right - paper.margin
    rows = []
    for row, items in drawn:
        name = lines_of(row.title, paper.text, width, at_most=lines, bold=row.is_law)
        rows.append(Measured(row, items, name, _height(len(name), paper, height)))
    return rows


def _height(lines: int, paper: Paper, lane: float) -> float:
    """Give the height of a row whose name has so many lines, with a lane of that height beside or below it.

    A low lane leaves less room round a name, so that more names stand in full on a paper that has an end.
    """
    leading = paper.text * 1.2
    name = lines * leading
    return max(lane, name + min(6, lane - leading)) if paper.names else lane + name + 4


def _body(of: Contents, rows: Sequence[Measured], scale: Scale, paper: Paper, top: float) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    y = top
    for group, theirs in groupby(rows, key=lambda measured: measured.row.group):
        shapes += _heading(group, paper, y)
        y += _GROUP
        for n, measured in enumerate(theirs):
            if n:
                shapes.append(Rule(paper.margin, y, paper.right, y, "row"))
            shapes += _row(of, measured, scale, paper, y)
            y += measured.height
    return shapes, y


def _heading(group: Group, paper: Paper, y: float) -> Iterator[Shape]:
    yield Rule(paper.margin, y, paper.right, y, "group-line")
    yield Label(group.value, paper.margin, y + 17, paper.text, "group", bold=True)


def _row(of: Contents, measured: Measured, scale: Scale, paper: Paper, y: float) -> list[Shape]:
    """Write the name beside its lane, or above it where the paper is narrow."""
    row, items, lines, height = measured
    leading = paper.text * 1.2
    name = len(lines) * leading
    first = y + (height - name) / 2 + paper.text if paper.names else y + 3 + paper.text
    halo = not paper.names  # the lines of today and of the months pass behind it
    shapes: list[Shape] = [
        Label(words, paper.margin, round(first + n * leading, 1), paper.text, bold=row.is_law, halo=halo)
        for n, words in enumerate(lines)
    ]
    middle = y + height / 2 if paper.names else y + name + 4 + (height - name - 4) / 2
    return [*shapes, *lane(items, row.is_law, of.on, scale, paper, round(middle, 1))]
