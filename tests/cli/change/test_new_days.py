"""Test the days of `daymark new`: those that it is given, and those of what it writes."""

from pathlib import Path

import pytest

from config.load import load
from config.new_council.questions import Newcomer
from config.new_council.timeline_file import timeline_of
from tests.cli.house import Commands
from tests.timeline.literals import day
from timeline.calendar.london import months_after, start_of_day
from timeline.forecast.conflicts import conflicts
from timeline.planning.plan import plan

ANYTOWN = ("--name", "Anytown Council", "--published", "2026-09-14")


def test_an_inspection_with_one_day_is_told_so_whatever_comes_next(daymark: Commands) -> None:
    """Click takes the next two words, an option too, and would miss that option afterwards."""
    said = daymark("new", *ANYTOWN, "--inspection", "2026-07-13", "--out", "x.yaml")
    assert (said.code, said.out) == (2, "")
    assert "found one day before --out, expected its first and its last day" in said.err


@pytest.mark.parametrize(
    "published",
    [
        "Thu 28 Nov 2024",  # four weeks later is Boxing Day
        "Fri 21 Mar 2025",  # Good Friday
        "Mon 28 Apr 2025",  # the late May bank holiday
        "Sat 1 Aug 2026",  # no working day itself
        "Thu 4 Dec 2025",  # New Year's Day
    ],
)
def test_no_date_of_what_it_writes_falls_on_a_day_off(tmp_path: Path, published: str) -> None:
    """Look at days whose fourth week ends on a day off; each day of 2024 to 2026 was looked at once by hand."""
    file, on = tmp_path / "anytown.yaml", day(published)
    file.write_text(timeline_of(Newcomer(name="Anytown", published_on=on), file=file.name))
    written = load(file, on=on)
    at = start_of_day(on)
    assert conflicts(written, plan(written, at=at, until=months_after(on, 12)), on=on) == ()
