"""Test the file of restarts, from which the assurance tells the programme lead."""

from pathlib import Path

import pytest

from tasks.processes.restarts import note_restart, restarts_since
from tests.timeline.literals import at
from timeline.assurance import look_before

SENTENCE = "The worker ended unexpectedly. It is started again in 1 s."


@pytest.mark.parametrize("cut", [b"2019-08-2", b"2019-08-28T07:00:00 ", b"\xff \xfe\n", b"\0\0\0 \0"])
def test_a_line_that_a_full_disk_cut_off_hides_no_other_and_ends_no_assurance(tmp_path: Path, cut: bytes) -> None:
    note_restart(tmp_path, SENTENCE, at=at("Wed 28 Aug 2019 07:00"))
    with (tmp_path / "restarts.log").open("ab") as file:
        file.write(cut)
    note_restart(tmp_path, "It was joined to the line that was cut off.", at=at("Wed 28 Aug 2019 07:05"))
    note_restart(tmp_path, SENTENCE, at=at("Wed 28 Aug 2019 07:10"))
    told = restarts_since(tmp_path, at("Tue 27 Aug 2019 08:45"))
    assert (told[0], told[-1]) == (SENTENCE, SENTENCE)


@pytest.mark.parametrize("noted", ["Fri 30 Aug 2019 09:10", "Sat 31 Aug 2019 12:00", "Mon 2 Sep 2019 08:30"])
def test_a_restart_of_the_weekend_is_told_on_monday(tmp_path: Path, noted: str) -> None:
    note_restart(tmp_path, SENTENCE, at=at(noted))
    assert restarts_since(tmp_path, look_before(at("Mon 2 Sep 2019 08:45"))) == (SENTENCE,)
    assert restarts_since(tmp_path, look_before(at("Tue 3 Sep 2019 08:45"))) == ()
