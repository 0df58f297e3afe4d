"""`daymark calendar`: the stored occurrences as an iCalendar file."""

from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.cli.house import Commands
from tests.harness import World
from timeline.ical.entries import uid


def test_the_calendar_of_a_house_can_be_read_back(house: World, daymark: Commands, tmp_path: Path) -> None:
    file = tmp_path / "medway.ics"
    said = daymark("calendar", "--out", file)
    assert (said.code, said.out) == (0, "")
    calendar: Any = Calendar.from_ical(file.read_bytes())
    events = calendar.walk("VEVENT")
    assert len({str(event["UID"]) for event in events}) == len(events) > 0
    assert {int(event["SEQUENCE"]) for event in events} == {0}


def test_it_can_be_that_of_one_person_or_post_with_their_tasks(house: World, daymark: Commands) -> None:
    counted = {}
    for whose in ("performance.lead@medway.example", "performance_lead", "ofsted"):
        said = daymark("calendar", "--for", whose)
        assert said.code == 0
        calendar: Any = Calendar.from_ical(said.out)
        counted[whose] = {str(event["UID"]) for event in calendar.walk("VEVENT")}
    assert uid("medway", "plo-panel/1/cases") in counted["performance_lead"]
    assert counted["performance.lead@medway.example"] == counted["performance_lead"]
    assert counted["ofsted"] == set()


def test_an_address_is_printed_again_and_again_and_revoked_it_is_another(house: World, daymark: Commands) -> None:
    whose = ("--for", "performance_lead")
    first = daymark("calendar", "--link", *whose).out
    assert first.startswith(f"{house.settings.base_url}/calendar/")
    assert daymark("calendar", "--link", *whose).out == first
    second = daymark("calendar", "--revoke", *whose).out
    assert second != first
    assert daymark("calendar", "--link", *whose).out == second


@pytest.mark.parametrize(
    "arguments", [["--for", "nobody@medway.example"], ["--for", "no_post"], ["--link"], ["--revoke"]]
)
def test_whose_calendar_it_is_must_be_clear(house: World, daymark: Commands, arguments: list[str]) -> None:
    said = daymark("calendar", *arguments)
    assert (said.code, len(said.faults), said.out) == (2, 1, "")


def test_what_moved_has_the_next_sequence(house: World, daymark: Commands) -> None:
    house.know("moved", "Mon 16 Sep 2019", of="plo-panel/1")
    calendar: Any = Calendar.from_ical(daymark("calendar").out)
    given = {str(event["UID"]): int(event["SEQUENCE"]) for event in calendar.walk("VEVENT")}
    assert given.pop(uid("medway", "plo-panel/1")) == 1
    assert set(given.values()) == {0}


def test_a_file_that_cannot_be_written_is_one_sentence(house: World, daymark: Commands, tmp_path: Path) -> None:
    said = daymark("calendar", "--out", tmp_path)
    assert (said.code, len(said.faults)) == (2, 1)


def test_without_a_timeline_there_is_no_calendar(empty: World, daymark: Commands) -> None:
    said = daymark("calendar")
    assert (said.code, said.faults) == (2, ["No council's timeline is stored yet: run daymark apply FILE."])
