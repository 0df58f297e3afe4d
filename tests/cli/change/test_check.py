"""`daymark check`: what is wrong with a file, all at once, for people and as JSON."""

import pytest

from tests.cli.house import Commands
from tests.harness import World
from tests.support.stated import MEDWAY, people, variant

NOTHING = "anytown.yaml: nothing to mend. Mails were counted for a year, if everybody answers at once."
KEYS = {"file", "key", "level", "text"}


def test_a_good_file_has_nothing_to_mend(empty: World, daymark: Commands) -> None:
    file = empty.home / "anytown.yaml"
    daymark("new", "--name", "Anytown", "--published", "2026-09-14", "--received", "2026-09-04", "--out", file)
    said = daymark("check", file)
    assert (said.code, said.out, said.err) == (0, f"{NOTHING}\n", "")
    assert (daymark("check", file, "--json").out, empty.store.changes.is_empty()) == ("", True)


@pytest.mark.slow("rehearses a year")
def test_the_real_case_has_three_warnings_and_no_load_above_a_bound(empty: World, daymark: Commands) -> None:
    said = daymark("check", MEDWAY, "--json")
    assert (said.code, empty.store.changes.is_empty()) == (1, True)
    of_timeline = [fault for fault in said.objects if fault["file"] == MEDWAY.name]
    assert [(fault["level"], fault["key"]) for fault in of_timeline] == [
        ("warning", "action-plan/1"),  # in the pre-election period, which does not move it
        ("warning", "commissioner-report/1/report"),  # in it too, and may be published later
        ("warning", "cabinet-report/1"),  # too late for 28 clear days
    ]


def test_faults_are_objects_with_the_keys_of_the_design(empty: World, daymark: Commands) -> None:
    broken = variant(empty.home, name="broken.yaml", colour="blue", live_from="soon")
    said = daymark("check", broken, "--json")
    assert said.code == 2
    assert all(set(row) == KEYS for row in said.objects)
    assert {(row["file"], row["key"], row["level"]) for row in said.objects} == {
        ("broken.yaml", "colour", "error"),
        ("broken.yaml", "live_from", "error"),
    }


@pytest.mark.slow("rehearses a year")
def test_a_post_that_nobody_holds_is_an_error_and_one_vacant_for_a_while_a_warning(
    empty: World, daymark: Commands
) -> None:
    nobody = variant(empty.home, name="nobody.yaml", people=people(plo_panel_chair=None))
    said = daymark("check", nobody)
    assert said.code == 2
    assert "plo_panel_chair" in said.err
    leaving = {**people()["plo-panel-chair"], "holds": [{"post": "plo_panel_chair", "until": "2019-10-31"}]}
    vacant = variant(empty.home, name="vacant.yaml", people=people(plo_panel_chair=leaving))
    said = daymark("check", vacant, "--json")
    assert said.code == 1
    assert {row["level"] for row in said.objects} == {"warning"}
    assert any("PLO panel chair" in row["text"] for row in said.objects)


@pytest.mark.slow("rehearses a year")
def test_somebody_who_would_get_too_many_mails_is_a_warning(empty: World, daymark: Commands) -> None:
    """Test that everybody below the director leaves, and what was theirs is the director's."""
    stay = ("director", "chief_executive")
    leaving = {
        key: person
        if person["holds"] in stay
        else {**person, "holds": [{"post": person["holds"], "until": "2019-09-30"}]}
        for key, person in people().items()
    }
    said = daymark("check", variant(empty.home, people=leaving), "--json")
    assert said.code == 1
    (director,) = (row for row in said.objects if row["key"] == "posts.director" and "above" in row["text"])
    assert director["text"].startswith("Director of People: above 3 mails in ")
    assert director["text"].endswith(", if everybody answers at once.")
