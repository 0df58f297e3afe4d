"""Test a folder of councils: each is checked, applied and begun by itself, and none is ever removed."""

from pathlib import Path
from typing import Any

from cli.run.first_start import prepare
from models.store import Store, councils
from tests.cli.house import Commands
from tests.harness import World
from tests.support.stated import variant


def council(folder: Path, key: str, **changes: Any) -> Path:
    (folder / key).mkdir(parents=True, exist_ok=True)
    stated = {"key": key, "name": f"{key.title()} Council", "programme": "Improvement programme"}
    return variant(folder / key, name="timeline.yaml", council=stated, **changes)


def test_a_bad_file_is_told_and_keeps_no_other_out_and_no_council_goes_with_its_folder(
    empty: World, daymark: Commands
) -> None:
    region = empty.home / "region"
    council(region, "arden")
    council(region, "brook", colour="blue")
    said = daymark("check", region)
    assert (said.code, said.faults[0].endswith(": colour: This key is not known here.")) == (2, True)
    assert said.faults[0].startswith("error: brook/timeline.yaml: line 1")
    said = daymark("apply", region)
    assert (said.code, said.out.splitlines()[0].startswith("Arden Council: ")) == (2, True)
    assert [fault.startswith("brook/timeline.yaml: line 1") for fault in said.faults if "colour" in fault] == [True]
    assert councils(empty.store.engine) == ("arden",)
    # Its key was changed: it would be asked for twice, under two names.
    (region / "arden").rename(region / "brook-old")
    council(region, "brook")
    (region / "brook-old" / "timeline.yaml").unlink()
    said = daymark("apply", region)
    assert (said.code, councils(empty.store.engine)) == (2, ("arden",))
    assert said.faults[-2:] == [
        "brook/timeline.yaml: council.key: “brook” would be a new council while “arden” has no file here; if it is "
        "the same, set its key back, else say apply … --another-council.",
        "“arden” is stored and stands in no file of region that can be read: it goes on as it is.",
    ]
    given = empty.settings.model_copy(update={"timeline": region})
    assert prepare(given).splitlines() == [
        "brook/timeline.yaml is not stored yet: run daymark apply with the folder.",
        "“arden” is stored and stands in no file of region that can be read: it goes on as it is.",
    ]


def test_a_house_begins_with_every_council_of_its_folder_that_can_be_used(empty: World) -> None:
    region = empty.home / "region"
    council(region, "arden")
    council(region, "brook", colour="blue")
    told = prepare(empty.settings.model_copy(update={"timeline": region})).splitlines()
    assert told[-2] == "Arden Council: the timeline of arden/timeline.yaml was applied."
    assert told[-1].startswith("brook/timeline.yaml: line 1")
    assert Store(empty.store.engine, "arden").changes.applied() is not None


def test_people_beside_a_timeline_are_taken_in_once_and_a_faulty_file_keeps_its_council_out(
    empty: World, daymark: Commands
) -> None:
    region = empty.home / "region"
    council(region, "arden")
    people = region / "arden/people.csv"
    people.write_text("address,name,post\nlead@arden.example,New Lead,no_such_post\n")
    for command in ("check", "apply"):
        said = daymark(command, region)
        assert (said.code, "arden/people.csv: line 2, post: " in said.faults[0]) == (2, True), said
    assert councils(empty.store.engine) == ()
    people.write_text("address,name,post\nlead@arden.example,New Lead,performance_lead\n")
    said = daymark("apply", region)
    assert (said.code < 2, "The people of people.csv were imported." in said.out) == (True, True), said
    assert holder(daymark) == "New Lead"
    later = empty.home / "later.csv"
    later.write_text("address,name,post\nnext@arden.example,Next Lead,performance_lead\nlead@arden.example,New Lead,\n")
    daymark("people", "import", later, "--yes")
    assert "imported" not in daymark("apply", region).out
    assert holder(daymark) == "Next Lead"
    # An earlier content that is back is new as well.
    for lead in ("Third Lead", "Fourth Lead", "Third Lead"):
        people.write_text(later.read_text().replace("Next Lead", lead))
        daymark("apply", region)
        assert holder(daymark) == lead


def holder(daymark: Commands) -> str:
    """Give the name below the post of the performance lead."""
    return daymark("people", "list").out.partition("(performance_lead)")[2].splitlines()[1].strip().partition(" <")[0]
