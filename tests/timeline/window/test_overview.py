"""Ask for a council's overview: its colours, legal dates of four weeks, and what needs somebody."""

from tests.timeline.picture.pictured import shown
from timeline.answers.responses import Answer
from timeline.picture.audience import Audience
from timeline.window.overview import overview

MOMENT = "Mon 4 Nov 2019 09:00"


def test_the_numbers_are_those_of_the_picture_and_the_headline_is_its_message() -> None:
    contents = shown(MOMENT)
    given = overview(contents)
    marks = [item.mark.value for row in contents.rows for item in row.items]
    assert dict(given.counts) == {name: marks.count(name) for name, _ in given.counts}
    assert sum(number for _, number in given.counts) == len(marks)
    assert (given.headline, given.about) == (contents.headline, "Medway Council, Monday 4 November 2019")
    assert len(given.pressing) + given.more == dict(given.counts)["red"] + dict(given.counts)["amber"]
    assert all(row.why for row in given.pressing)


def test_dates_of_law_are_those_of_four_weeks_and_none_that_is_met() -> None:
    (plan,) = [row for row in overview(shown(MOMENT)).law if row.ref == "action-plan/1"]
    assert plan.day == "Thu 28 Nov 2019"
    five_weeks_before = overview(shown("Wed 30 Oct 2019 09:00"))
    assert "action-plan/1" not in [row.ref for row in five_weeks_before.law]
    met = overview(shown(MOMENT, {"action-plan/1/submitted": Answer.DONE}))
    assert "action-plan/1" not in [row.ref for row in met.law]


def test_a_board_reads_of_nothing_under_embargo_in_it() -> None:
    given = overview(shown("Thu 22 Aug 2019 09:00", audience=Audience.BOARD))
    assert [row for row in given.law if row.ref.startswith("action-plan")] == []
