"""Test that a change by command corrects what people were told, and so does taking it back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.cli.house import Commands
from tests.harness import World
from tests.support.stated import variant

pytestmark = pytest.mark.slow("a preview rehearses a year before and after the change")

PAPERS = "plo-panel/1/papers"


def told_of_the_panel(house: World) -> World:
    """See that the papers for the panel of Tue 10 Sep 2019 are due on Thu 5 Sep; the first notice left on Fri
    30 Aug.
    """
    house.live("Fri 30 Aug 2019 08:30", "plo-panel")
    house.expect_mail(to="project_support", about="Papers for the PLO panel")
    return house.at("Mon 2 Sep 2019 11:00")


def moved(daymark: Commands, to: str, *more: str) -> list[dict[str, Any]]:
    return daymark("move", "plo-panel/1", "--to", to, "--reason", "The chair is away", "--json", *more).objects


def test_a_preview_names_who_was_told_and_sends_nothing(house: World, daymark: Commands) -> None:
    told_of_the_panel(house)
    told = {each["ref"]: each["told"] for each in moved(daymark, "2019-09-17") if each["told"]}
    assert told[PAPERS] == ["Project Support (Project Support Officer)"]
    house.deliver()
    house.expect_no_mail(about="New date")


def test_moved_with_yes_each_person_told_gets_one_correction(house: World, daymark: Commands) -> None:
    told_of_the_panel(house)
    names = {name for each in moved(daymark, "2019-09-17", "--yes") for name in each["told"]}
    house.deliver()
    corrections = house.mails(about="earlier mails")
    assert len(corrections) == len(names) > 0
    house.expect_mail(to="project_support", about="The chair is away")
    house.deliver()
    assert len(house.mails(about="earlier mails")) == len(names)


def test_taken_back_before_the_correction_left_nobody_hears_of_it(house: World, daymark: Commands) -> None:
    told_of_the_panel(house)
    moved(daymark, "2019-09-17", "--yes")
    assert daymark("undo").code == 0
    house.deliver()
    house.expect_no_mail(about="earlier mails")


def test_taken_back_after_it_left_they_are_told_the_first_date_again(house: World, daymark: Commands) -> None:
    told_of_the_panel(house)
    moved(daymark, "2019-09-17", "--yes")
    house.deliver()
    house.at("Mon 2 Sep 2019 14:00")
    assert daymark("undo").code == 0
    house.deliver()
    back = house.expect_mail(to="project_support", about="earlier mails")
    assert "Thursday 5 September" in " ".join(back.text.split())


def test_a_duty_that_is_switched_off_is_taken_back_from_those_who_were_told(house: World, daymark: Commands) -> None:
    told_of_the_panel(house)
    live: dict[str, Any] = {"live_from": "2019-08-27", "shadow_until": "never"}
    merged = variant(house.home, off={"plo-panel": "Merged with the permanence panel"}, **live)
    assert daymark("apply", merged).code in (0, 1)
    house.deliver()
    assert house.expect_mail(to="project_support", about="earlier mails").subject.startswith("No longer needed")
    house.live("Thu 5 Sep 2019 08:30", "plo-panel")
    house.expect_no_mail(to="project_support", about="PLO panel")


def test_two_who_record_the_same_at_once_record_it_once(house: World) -> None:
    fact = house.timeline.facts[0]

    def record(n: int) -> bool:
        other = replace(fact, name="report_received", on=fact.on + timedelta(days=40), source="The same letter")
        return house.store.changes.record_fact(other, at=house.now, who=f"writer {n}")

    with ThreadPoolExecutor(8) as writers:
        done = list(writers.map(record, range(8)))
    assert done.count(True) == 1
    assert [each.source for each in house.timeline.facts].count("The same letter") == 1
    assert house.store.audit.verify() is None
