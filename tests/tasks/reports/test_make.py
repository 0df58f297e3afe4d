"""Make reports from what is stored: as known on the day, with dates that moved, and what was asked and answered."""

from collections.abc import Iterator
from datetime import date

import pytest

from tasks.reports.make import Asked, make
from tests.harness import World
from tests.support.reports import table, words
from timeline.answers.responses import Answer
from timeline.programme.actions import Rebase
from timeline.programme.updates import RecordUpdate
from timeline.reports.document import Report

FIVE_MONTHS_ON = date(2020, 1, 27)
NEW_DATES = {"action-plan": date(2020, 2, 28), "early-help-review": date(2020, 3, 31)}


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("house")) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        yield world


def made(house: World, kind: str, as_at: date) -> Report:
    return make(house.store, house.settings, Asked(kind=kind, as_at=as_at), at=house.now)


def test_two_baselines_that_were_moved_stand_in_the_board_report_of_their_day_with_who_and_why(house: World) -> None:
    house.at("Wed 20 Nov 2019 10:00")
    for key, due_on in NEW_DATES.items():
        rebase = Rebase(on=date(2019, 11, 20), by="director", due_on=due_on, why="The election of 12 December.")
        given = RecordUpdate(record=f"actions.{key}", part=rebase, at=house.now, who="lead")
        assert house.store.programmes.update(given, at=house.now)
    house.at("Tue 28 Jan 2020 10:00")
    rows = table(made(house, "board", FIVE_MONTHS_ON), "Moved dates")
    who = "Director of People, 20 November 2019: The election of 12 December."
    assert [row[1:] for row in rows] == [
        ("28 November 2019", "28 February 2020", who),
        ("no date", "31 March 2020", who),
    ]
    assert "No date has moved." in words(made(house, "board", date(2019, 11, 19)))


def test_a_report_tells_what_was_answered_by_its_day_and_nothing_later(house: World) -> None:
    house.live("Wed 28 Aug 2019 08:30", "cabinet-report")
    house.at("Fri 30 Aug 2019 11:00")
    house.answer("cabinet-report/1/urgency-reasons", Answer.DONE, by="democratic_services", evidence="notice 4")
    house.at("Mon 2 Sep 2019 10:00")
    title = "Special urgency: notice of the reasons published"
    before, after = (
        {
            row[0]: row[2:]
            for row in table(made(house, "commissioner", on), "Late or not done, of submissions, decisions and visits")
        }
        for on in (date(2019, 8, 29), date(2019, 8, 31))
    )
    assert before[title][0] == "28 August 2019"
    assert before[title][1].startswith("Overdue by 1 working day")
    assert after[title] == ("28 August 2019", "Done on 30 August 2019, 2 days late.", "It is done.")
