"""Test that a fault has its line and column, as an editor counts them, and its key as people count."""

from pathlib import Path

import pytest

from config.checks.places import placed
from config.load import examine
from config.timeline_files.faults import error, spoken
from tests.support.stated import MEDWAY
from tests.timeline.literals import day

TEXT = """\
# a comment
council: {key: anytown, name: Anytown}
people:
  director: {name: Sam, adress: x@y.example, holds: [director, directr]}
facts:
- {fact: one, on: 2019-08-27}
- fact: two
  on: 27/08/2019
"""


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("facts[0].on", (6, 15)),
        ("facts[1].on", (8, 3)),
        ("facts[1].known", (7, 3)),  # missing: the entry that should have it
        ("people.director.adress", (4, 25)),
        ("people.director.holds[1]", (4, 64)),
        ("council", (2, 1)),
        ("posts.director", (0, 0)),  # nothing of it stands in the file
        ("plo-panel/2", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_a_fault_has_the_place_of_its_key(tmp_path: Path, key: str, place: tuple[int, int]) -> None:
    file = tmp_path / "any.yaml"
    file.write_text(TEXT)
    (fault,) = placed(file, [error(file.name, key, "It is so.")])
    assert (fault.line, fault.column) == place


def test_a_fault_of_another_file_and_of_a_file_that_is_gone_stay_as_they_are(tmp_path: Path) -> None:
    faults = (error("pack.yaml", "facts[0]", "It is so."), error("gone.yaml", "facts[0]", "It is so."))
    assert [fault.line for fault in placed(tmp_path / "gone.yaml", faults)] == [0, 0]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("facts[0].on", "facts, entry 1, on"),
        ("people.director.holds[1]", "people.director.holds, entry 2"),
        ("council.name", "council.name"),
    ],
)
def test_entries_are_counted_from_one_where_people_read(key: str, words: str) -> None:
    assert spoken(key) == words


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (", address: ", ", adress: ", "This key is not known here. Did you mean “address”?"),
        ("holds: director}", "holds: directr}", "There is no post “directr”. Did you mean “director”?"),
        ("since: 2019-08-27", "since: 27/08/2019", "that exists, written 2019-08-27."),
        ("pack: ", "closure_days: [2019-12-27]\npack: ", "such as “{on: …, name: …}”."),
    ],
)
def test_the_cure_stands_beside_the_place(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    file = tmp_path / "medway.yaml"
    file.write_text(MEDWAY.read_text().replace(right, wrong, 1))
    _, faults = examine(file, on=day("Tue 27 Aug 2019"))
    assert [fault.told for fault in faults if told in fault.text and ": line " in fault.told], faults
