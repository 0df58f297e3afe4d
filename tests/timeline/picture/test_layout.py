"""Test the picture on each paper: nothing lies on anything else or outside, and the same plan gives the same
picture.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise

import pytest

from tests.timeline.literals import at, day
from tests.timeline.picture.pictured import shown
from timeline.answers.responses import Answer
from timeline.definitions.facts import Fact
from timeline.picture.contents import Contents, Span
from timeline.picture.lanes import UNIT
from timeline.picture.layout import lay_out
from timeline.picture.paper import A4, NARROW, PAGE, PAPERS, REPORT, Paper
from timeline.picture.shapes import Box, Label, Picture, Sign
from timeline.picture.text_width import cut, lines_of, text_width

MOVED = Fact(
    name="moved", on=date(2019, 12, 17), known_at=at("Mon 2 Sep 2019 09:00"), source="x", occurrence="plo-panel/4"
)
# One with colours of every kind, one long before, one on the day the calendar knows least about.
MOMENTS = ["Thu 21 Nov 2019 09:00", "Wed 28 Aug 2019 09:00"]
SPANS = [None, Span(date(2019, 8, 1), date(2021, 7, 31)), Span(date(2019, 11, 18), date(2019, 11, 24))]

Area = tuple[float, float, float, float]


def contents_at(moment: str) -> Contents:
    helped = {"plo-panel/4/papers": Answer.HELP, "plo-panel/3/cases": Answer.DONE}
    return shown(moment, helped, MOVED)


def area(shape: Label | Sign) -> Area:
    if isinstance(shape, Sign):
        half = shape.size * UNIT / 2 - 0.5
        return shape.x - half, shape.y - half, shape.x + half, shape.y + half
    width = text_width(shape.text, shape.size, bold=shape.bold)
    left = shape.x - {"start": 0.0, "middle": width / 2, "end": width}[shape.anchor]
    return left, shape.y - shape.size * 0.75, left + width, shape.y + shape.size * 0.2


def meet(left: Area, other: Area) -> bool:
    return left[0] < other[2] and other[0] < left[2] and left[1] < other[3] and other[1] < left[3]


def collisions(picture: Picture) -> Iterator[str]:
    """Name the labels and marks that lie on each other, the hollow sign of what has hardly moved apart."""
    drawn = [
        shape for shape in picture.shapes if isinstance(shape, Label) or (isinstance(shape, Sign) and not shape.was)
    ]
    drawn.sort(key=lambda shape: shape.y)
    for each, other in combinations([(shape, area(shape)) for shape in drawn], 2):
        if meet(each[1], other[1]):
            yield f"{each[0]} and {other[0]}"


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("paper", list(PAPERS.values()), ids=list(PAPERS))
def test_no_label_and_no_mark_lies_on_another_or_outside(paper: Paper, span: Span | None) -> None:
    picture = lay_out(contents_at(MOMENTS[0]), paper, span)
    assert list(collisions(picture)) == []
    for shape in picture.shapes:
        if isinstance(shape, Label | Sign):
            left, top, right, bottom = area(shape)
            assert left >= 0, shape
            assert right <= picture.width, shape
            assert top >= 0, shape
            assert bottom <= picture.height, shape


def names_cut(of: Contents, picture: Picture) -> list[str]:
    """Name the duties that do not stand in full among those that are drawn."""
    words = [shape.text for shape in picture.shapes if isinstance(shape, Label)]
    written = " ".join(words)
    begun = (row for row in of.rows if any(word and row.title.startswith(word.rstrip("…")) for word in words))
    return [row.title for row in begun if row.title not in written]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("paper", [A4, REPORT], ids=["a4", "report"])
def test_a_year_fits_on_a_sheet_and_every_name_stands_in_full(paper: Paper, moment: str) -> None:
    of = contents_at(moment)
    picture = lay_out(of, paper)
    assert picture.height <= paper.fits
    assert names_cut(of, picture) == []


def test_where_the_sheet_ends_earlier_the_law_keeps_its_names() -> None:
    of, low = contents_at(MOMENTS[0]), replace(REPORT, fits=800)
    picture = lay_out(of, low)
    assert picture.height <= low.fits
    assert names_cut(of, picture)
    assert not {row.title for row in of.rows if row.is_law} & set(names_cut(of, picture))


@pytest.mark.parametrize("paper", list(PAPERS.values()), ids=list(PAPERS))
def test_the_message_and_every_name_of_a_duty_stand_in_it(paper: Paper) -> None:
    of = contents_at(MOMENTS[0])
    picture = lay_out(of, paper)
    written = " ".join(shape.text for shape in picture.shapes if isinstance(shape, Label))
    assert of.headline in written
    assert "PLO monitoring panel" in written
    assert picture.title.startswith(of.headline)
    assert of.headline in picture.desc


def test_today_and_each_date_of_law_are_named_with_their_weekday() -> None:
    words = [shape.text for shape in lay_out(contents_at(MOMENTS[0]), PAGE).shapes if isinstance(shape, Label)]
    assert "today, Thu 21 Nov" in words
    assert any(word.startswith("Thu 28 Nov") for word in words)
    assert "Sun 1 Dec" in words


def test_a_span_without_today_has_no_line_of_today() -> None:
    of = contents_at(MOMENTS[0])
    words = [
        shape.text
        for shape in lay_out(of, PAGE, Span(date(2020, 2, 1), date(2020, 4, 30))).shapes
        if isinstance(shape, Label)
    ]
    assert not [word for word in words if word.startswith("today")]


def test_the_narrow_picture_has_the_mondays_and_no_week_hides_a_month() -> None:
    picture = lay_out(contents_at(MOMENTS[0]), NARROW)
    words = [shape.text for shape in picture.shapes if isinstance(shape, Label)]
    for monday in ("4", "11", "18", "25"):
        assert monday in words
    assert {"Nov", "Dec", "Jan", "Feb"} <= set(words)


def test_what_was_red_before_the_first_day_stands_at_the_edge() -> None:
    picture = lay_out(shown("Thu 5 Dec 2019 09:00"), PAGE, Span(date(2019, 11, 1), date(2020, 3, 31)))
    words = [shape.text for shape in picture.shapes if isinstance(shape, Label)]
    assert any(word.startswith("‹") for word in words)


def test_the_same_plan_gives_the_same_picture() -> None:
    of = contents_at(MOMENTS[0])
    for paper in PAPERS.values():
        assert lay_out(of, paper) == lay_out(of, paper)


def test_only_what_is_drawn_stands_in_the_legend() -> None:
    of = contents_at(MOMENTS[0])
    of_may = lay_out(of, PAGE, Span(date(2020, 6, 1), date(2020, 7, 31)))
    words = [shape.text for shape in of_may.shapes if isinstance(shape, Label)]
    assert "pre-election period" not in words
    assert "bank holiday" not in words
    assert "date first given" not in words
    assert "date first given" in [shape.text for shape in lay_out(of, PAGE).shapes if isinstance(shape, Label)]


def test_shaded_days_lie_in_their_place() -> None:
    picture = lay_out(contents_at(MOMENTS[0]), PAGE)
    holidays = [shape for shape in picture.shapes if isinstance(shape, Box) and shape.fill == "holiday" and shape.title]
    assert [box.title.split(":")[0] for box in holidays][:3] == ["Christmas Day", "Boxing Day", "New Year’s Day"]
    assert all(each.x < other.x for each, other in pairwise(holidays))
    assert day("Wed 25 Dec 2019").isoformat()


@pytest.mark.parametrize("text", ["", "Word", "A name of a duty that is much longer than its column is wide", "W" * 80])
@pytest.mark.parametrize("width", [40, 120])
def test_lines_are_no_wider_than_they_may_be(text: str, width: float) -> None:
    for line in lines_of(text, 12, width, at_most=2):
        assert text_width(line, 12) <= width or " " not in line
    assert text_width(cut(text, 12, width), 12) <= width
