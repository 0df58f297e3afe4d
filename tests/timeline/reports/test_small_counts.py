"""Test that a small count is told in no report: each of them leaves the programme team."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.support.programmes import AT_CABINET, medways
from tests.support.reports import situation, words
from timeline.programme.measures import Value
from timeline.reports.document import Figure, Report
from timeline.reports.kinds import KINDS

POSTS = "assessment-posts"
TOLD = ("cabinet", "commissioner", "board", "visit", "accountability", "inspector")
"""The reports that show measures; the report about training has counts of its own."""


def reports() -> dict[str, Report]:
    """Fill each report of a programme whose posts went from 2 to 3, and then to 12."""
    given = medways()
    numbers = ((date(2019, 8, 1), 2), (date(2019, 8, 20), 3), (date(2019, 9, 1), 4))
    values = tuple(Value(on=on, by="director", number=Decimal(number)) for on, number in numbers)
    area = next(iter(given.areas))
    posts = replace(given.measures[POSTS], values=values, areas=(area,))
    now = situation(replace(given, measures={**given.measures, POSTS: posts}), on=AT_CABINET)
    return {key: kind.fill(replace(now, area=area) if kind.of_area else now) for key, kind in KINDS.items()}


def test_a_small_count_stands_in_no_report_and_in_none_of_its_pictures() -> None:
    for key, report in reports().items():
        text = words(report)
        assert not re.search(r"\b[234] posts", text), key
        assert ("fewer than 5 posts" in text) is (key in TOLD), key
        figures = [part for section in report.sections for part in section.parts if isinstance(part, Figure)]
        assert "Additional social work posts" not in "".join(figure.caption for figure in figures), key
        tables = key in ("commissioner", "board", "accountability")
        assert ("A count below 5 is not told as a number and not drawn" in text) is tables, key
