"""Test docs/people.md tells every column there is, and its example can be imported as it stands."""

from datetime import date
from pathlib import Path

from config.load import TIMELINES, load
from config.people_import.cells import COLUMNS
from config.people_import.people_file import read
from config.settings import ROOT
from tests.support.pages import prose, table
from timeline.definitions.duties import Level

PAGE = "docs/people.md"
ON = date(2026, 11, 26)
EXAMPLE = Path("config/people/example.csv")


def test_every_column_is_told_and_no_other() -> None:
    assert {row["column"] for row in table(PAGE, "The file")} == set(COLUMNS.values())


def test_every_level_is_told() -> None:
    (told,) = (row["what it says"] for row in table(PAGE, "The file") if row["column"] == "level")
    assert all(f"`{level.value}`" in told for level in Level)


def test_the_example_is_what_it_says_it_is() -> None:
    assert f"(../{EXAMPLE.as_posix()})" in prose(PAGE)
    demo = load(TIMELINES / "demo.yaml", on=ON)
    content = (ROOT / EXAMPLE).read_bytes()
    said, faults = read(
        EXAMPLE.name,
        content,
        demo.directory,
        listed=frozenset(demo.directory.people),
        channels=frozenset({"mail"}),
        on=ON,
    )
    assert faults == ()
    assert said is not None
    assert [person.name for person in said.people] == ["Hart, Sam", "Sean O'Brien", "Performance Lead", "Alex Reed"]
