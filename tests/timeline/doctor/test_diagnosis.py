"""Test that each trouble is a sentence with its remedy, and that a machine is judged by plain numbers."""

from datetime import timedelta

import pytest

from timeline.doctor import machine
from timeline.doctor.diagnosis import Trouble, examined

FULL = Trouble("Only 0.2 GB are free.", "Free some.")


def test_a_part_that_is_well_shows_what_was_seen_and_one_that_is_not_a_line_for_each_trouble() -> None:
    well, ill = examined("disk", [], seen="45 GB are free"), examined("disk", [FULL, FULL], seen="45 GB are free")
    assert (well.is_well, well.lines()) == (True, ("well     disk       45 GB are free",))
    assert (ill.is_well, ill.lines()) == (False, ("TROUBLE  disk       Only 0.2 GB are free. Free some.",) * 2)
    assert well.objects() == ({"part": "disk", "well": True, "seen": "45 GB are free"},)
    assert ill.objects()[0] == {"part": "disk", "well": False, "fault": FULL.fault, "remedy": FULL.remedy}


def test_a_disk_needs_a_gigabyte() -> None:
    assert list(machine.disk(machine.ROOM_BYTES, "/home")) == []
    (trouble,) = machine.disk(machine.ROOM_BYTES - 1, "/home")
    assert trouble.fault == "Only 1.0 GB are free on the disk of /home; expected 1 GB."


def test_a_file_that_others_may_open_is_named_with_the_mode_that_it_should_have() -> None:
    (trouble,) = machine.modes({"secret.key": 0o100644, "daymark.db": 0o100600})
    assert trouble == ("Others on this machine may open secret.key (mode 644).", "Run chmod 600 secret.key.")


@pytest.mark.parametrize(("january", "july"), [(None, None), (timedelta(0), timedelta(0)), (timedelta(hours=1),) * 2])
def test_clocks_of_london_that_are_not_known_are_told(january: timedelta | None, july: timedelta | None) -> None:
    assert list(machine.zones(*machine.LONDON)) == []
    assert len(list(machine.zones(january, july))) == 1


@pytest.mark.parametrize(("seconds", "word"), [(42, "42 s ahead of"), (-42, "42 s behind")])
def test_two_clocks_that_differ_are_told(seconds: int, word: str) -> None:
    assert list(machine.clocks(timedelta(seconds=5))) == []
    (trouble,) = machine.clocks(timedelta(seconds=seconds))
    assert trouble.fault == f"The clock of this machine is {word} that of the database."
