"""`daymark calendar`: the stored occurrences as an iCalendar file."""

from pathlib import Path
from typing import Any

from icalendar import Calendar

from tests.cli.house import Commands
from tests.harness import World


def test_the_calendar_of_a_house_can_be_read_back(house: World, daymark: Commands, tmp_path: Path) -> None:
    file = tmp_path / "medway.ics"
    said = daymark("calendar", "--out", file)
    assert (said.code, said.out) == (0, "")
    calendar: Any = Calendar.from_ical(file.read_bytes())
    events = calendar.walk("VEVENT")
    assert len({str(event["UID"]) for event in events}) == len(events) > 0
    assert {int(event["SEQUENCE"]) for event in events} == {0}


def test_a_file_that_cannot_be_written_is_one_sentence(house: World, daymark: Commands, tmp_path: Path) -> None:
    said = daymark("calendar", "--out", tmp_path)
    assert (said.code, len(said.faults)) == (2, 1)


def test_without_a_timeline_there_is_no_calendar(empty: World, daymark: Commands) -> None:
    said = daymark("calendar")
    assert (said.code, said.faults) == (2, ["No council's timeline is stored yet: run daymark apply FILE."])
