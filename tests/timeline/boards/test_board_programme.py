"""Test what a board reads of the programme: by post, without a small count, and what people typed stays out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.config.medway import medway
from tests.support.programmes import AT_CABINET, medways, slipping
from timeline.boards.programme import BoardProgramme, board_programme
from timeline.programme.measures import Measure, Value
from timeline.programme.programme import Programme

ON = date(2019, 9, 2)


def told(programme: Programme) -> BoardProgramme:
    return board_programme(programme, medway().directory, on=AT_CABINET)


def test_the_plan_stands_by_post_the_worst_first_without_what_was_typed() -> None:
    view = told(slipping(medways(), "improvement-board", on=ON))
    first = view.plan[0]
    assert (first.rag, first.owner, first.dates) == (
        "amber",
        "Head of Business Change (People) and ICT",
        "No date yet.",
    )
    assert "The chair is not appointed yet." not in repr(view)
    assert view.risk_lines[0].why == "B2: high likelihood, critical impact."
    assert [each.number for each in view.risks] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("measure", "value", "last", "drawn"),
    [
        ({"unit": "posts"}, {"number": Decimal(8)}, "8 posts", False),
        ({"unit": "posts"}, {"number": Decimal(3)}, "fewer than 5 posts", False),
        ({"unit": "posts", "baseline": Decimal(10)}, {"number": Decimal(12)}, "12 posts", True),
        ({"unit": "posts", "baseline": Decimal(2)}, {"number": Decimal(12)}, "12 posts (up by 10 posts since", False),
        (
            {"unit": "%", "baseline": Decimal(9)},
            {"number": Decimal(3)},
            "3 % (down by 6 percentage points since the inspection)",
            True,
        ),
        ({"unit": ""}, {"change": Decimal(-4), "is_percent": True}, "down by 4 % since the inspection", True),
        ({"unit": "cases"}, {"change": Decimal(-4)}, "changed by fewer than 5", False),
    ],
)
def test_a_small_count_is_told_neither_in_words_nor_in_the_line(
    measure: dict[str, object], value: dict[str, object], last: str, drawn: bool
) -> None:
    given: Measure = replace(medways().measures["assessment-posts"], **measure)  # type: ignore[arg-type]  # the table holds any field
    given = replace(given, values=(Value(on=ON, by="director", **value),))  # type: ignore[arg-type]  # as above
    (line,) = told(replace(medways(), measures={"posts": given})).measures
    assert line.last.startswith(last)
    assert (line.picture is not None) is drawn
