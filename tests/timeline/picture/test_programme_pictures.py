"""Test the risk matrix and the small line of a measure as they are laid out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.support.programmes import medways
from timeline.picture.risk_matrix import placed, risk_matrix
from timeline.picture.shapes import Box, Label, Rule
from timeline.picture.small_line import points, small_line
from timeline.programme.measures import Value

ON = date(2019, 9, 3)


@pytest.mark.parametrize("width", [320, 640])
def test_each_risk_stands_in_the_cell_of_its_rating(width: int) -> None:
    risks = placed(medways().risks, on=ON)
    picture = risk_matrix(risks, width=width)
    cells = [shape for shape in picture.shapes if isinstance(shape, Box)]
    numbers = {shape.text: shape for shape in picture.shapes if isinstance(shape, Label) and shape.bold}
    assert (len(cells), cells[3].title) == (24, "A1, very high likelihood, catastrophic impact: high")
    b2 = next(cell for cell in cells if cell.title.startswith("B2"))
    assert b2.x < numbers["1, 5"].x < b2.x + b2.width
    assert b2.y < numbers["1, 5"].y < b2.y + b2.height
    assert all(shape.x + shape.width <= width for shape in cells)
    assert "1 Actions are not implemented in a timely manner: B2" in picture.desc


def test_a_measure_of_which_only_a_change_is_known_falls_from_no_change() -> None:
    caseloads = medways().measures["assessment-caseloads"]
    assert [point.number for point in points(caseloads, on=ON)] == [0, -20]
    picture = small_line(caseloads, on=ON)
    assert picture
    (line,) = [shape for shape in picture.shapes if isinstance(shape, Rule)]
    assert (line.x1 < line.x2, line.y1 < line.y2) == (True, True)
    assert picture.desc.endswith("down by 20 % since the inspection.")
    assert small_line(caseloads, on=date(2019, 7, 27)) is None


def test_the_target_is_a_dashed_line_and_values_on_one_height_stay_in_the_middle() -> None:
    posts = replace(medways().measures["assessment-posts"], baseline=Decimal(8), target=Decimal(12))
    aimed = small_line(posts, on=ON)
    assert aimed
    assert [shape.dashed for shape in aimed.shapes if isinstance(shape, Rule)] == [True, False]
    flat = small_line(replace(posts, target=None), on=ON)
    assert flat
    assert {(shape.y1, shape.y2) for shape in flat.shapes if isinstance(shape, Rule)} == {(22, 22)}
    mixed = replace(posts, values=(*posts.values, Value(on=ON, by="director", change=Decimal(1))))
    assert [point.number for point in points(mixed, on=ON)] == [8, 8, 9]
