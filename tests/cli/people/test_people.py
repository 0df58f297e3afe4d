"""`daymark people import` and `list`: shown first, done in one go, beside the timeline's file."""

from pathlib import Path

import pytest

from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.support.stated import MEDWAY, variant

CASES = "plo-panel/1/cases"
NEW = 'Name;E-Mail;Post;From\r\n"Hart, Sam";sam.o\'hart@medway.example;Performance lead;02/09/2019\r\n'


def csv(house: World, text: str = NEW, name: str = "people.csv") -> Path:
    path = house.home / name
    path.write_bytes(text.encode("cp1252"))
    return path


def test_without_yes_it_says_what_would_change_and_changes_nothing(house: World, daymark: Commands) -> None:
    before = snapshot(house.store)
    said = daymark("people", "import", csv(house), "--json")
    assert (said.code, said.faults) == (1, ["Nothing was changed: say --yes to import it."])
    assert snapshot(house.store) == before
    post, *handed = said.objects
    assert (post["change"], post["ref"]) == ("people", "performance_lead")
    assert post["to"].startswith("Hart, Sam sam.o'hart@medway.example 2019-09-02, Performance Lead")
    assert {each["change"] for each in handed} == {"handed over"}
    (cases,) = [each for each in handed if each["ref"] == CASES]
    assert (cases["from"], cases["to"]) == ("Performance Lead (Performance lead)", "Hart, Sam (Performance lead)")
    assert cases["why"] == "Hart, Sam holds Performance lead from Monday 2 September 2019 on."


def test_with_yes_it_holds_and_a_second_time_changes_nothing(house: World, daymark: Commands) -> None:
    said = daymark("people", "import", csv(house), "--yes", "--by", "Programme lead")
    assert (said.code, said.out.splitlines()[-1]) == (0, "Imported.")
    assert house.at("Mon 2 Sep 2019 07:00").person("performance_lead") == "performance-lead-2"
    before = snapshot(house.store)
    said = daymark("people", "import", csv(house), "--yes")
    assert (said.code, said.out.splitlines()[-1]) == (0, "This is imported already.")
    assert snapshot(house.store) == before


def test_undo_takes_it_back(house: World, daymark: Commands) -> None:
    daymark("people", "import", csv(house), "--yes")
    said = daymark("undo")
    assert said.out.startswith(
        "Taken back: import of Wednesday 28 August 2019 10:00 by daymark people import (people.csv)"
    )
    assert "Hart, Sam (Performance lead) → Performance Lead (Performance lead)" in said.out
    assert house.at("Mon 2 Sep 2019 07:00").person("performance_lead") == "performance-lead"
    assert house.store.audit.verify() is None


@pytest.mark.slow("a preview rehearses a year before and after the change")
def test_it_outlives_an_apply_and_preview_and_apply_say_where_it_differs(house: World, daymark: Commands) -> None:
    daymark("people", "import", csv(house), "--yes")
    moved = "Address,Person\nquality@medway.example,head-of-quality-assurance\n"
    daymark("people", "import", csv(house, moved, "moved.csv"), "--yes")
    notes = [
        "note: Of head-of-quality-assurance moved.csv says otherwise than the timeline (address), and holds.",
        "note: performance-lead-2 stands in people.csv alone.",
    ]
    said = daymark("preview", MEDWAY, "--json")
    assert [row for row in said.objects if row["change"] != "council"] == []
    assert said.faults == notes
    other = variant(house.home, closure_days=[{"on": "2019-12-27", "name": "Christmas closure"}])
    assert daymark("apply", other).faults[-2:] == notes
    house.at("Mon 2 Sep 2019 07:00")
    assert house.address("head_of_quality_assurance") == "quality@medway.example"
    assert house.person("performance_lead") == "performance-lead-2"


def test_the_file_holds_again_for_somebody_of_whom_an_import_says_nothing(house: World, daymark: Commands) -> None:
    gone = "Address,Phone\nperformance.lead@medway.example,01634 306000\n"
    daymark("people", "import", csv(house, gone), "--yes")
    assert house.timeline.directory.people["performance-lead"].phone == "01634 306000"
    daymark("people", "import", csv(house, "Address\nperformance.lead@medway.example\n"), "--yes")
    assert house.timeline.directory.people["performance-lead"].phone == ""


def test_a_post_left_without_anybody_is_vacant_and_warned_of(house: World, daymark: Commands) -> None:
    left = "address,post,until\nperformance.lead@medway.example,performance_lead,31/08/2019\n"
    said = daymark("people", "import", csv(house, left))
    assert said.code == 1
    assert said.faults[0] == (
        "warning: people.csv: posts.performance_lead: The post Performance lead is vacant from "
        "Sunday 1 September 2019; its line manager is told instead."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "address,post,line manager\ndirector.of.people@medway.example,director,performance_lead\n",
            "people.csv: posts.",
        ),
        (
            "address,post,deputy\ndirector.of.people@medway.example,director,director\n",
            "people.csv: posts.director.deputy",
        ),
        (
            "address,pots\nx@medway.example,director\n",
            "people.csv: line 1: There is no column “pots”. Did you mean “post”?",
        ),
        ("", "people.csv: It is empty"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(house: World, daymark: Commands, text: str, sentence: str) -> None:
    before = snapshot(house.store)
    said = daymark("people", "import", csv(house, text), "--yes")
    assert said.code == 2
    assert said.faults[0].startswith(sentence)
    assert all(fault.startswith("people.csv: ") for fault in said.faults)
    assert snapshot(house.store) == before


def test_a_line_of_managers_that_bites_its_own_tail_is_refused(house: World, daymark: Commands) -> None:
    text = "address,post,line manager\ndirector.of.people@medway.example,director,performance_lead\n"
    said = daymark("people", "import", csv(house, text))
    assert any(fault.endswith("Its line of managers bites its own tail.") for fault in said.faults)


def test_list_shows_who_holds_what_today_and_until_when_somebody_is_away(house: World, daymark: Commands) -> None:
    away = "address,post,away from,away until\nperformance.lead@medway.example,performance_lead,26/08/2019,30/08/2019\n"
    daymark("people", "import", csv(house, away), "--yes")
    daymark("people", "import", csv(house, name="new.csv"), "--yes")
    lead = {row["post"]: row for row in daymark("people", "list", "--json").objects}["performance_lead"]
    assert [(holder["person"], holder["from"], holder["away_until"]) for holder in lead["holders"]] == [
        ("performance-lead", None, "2019-08-30"),
        ("performance-lead-2", "2019-09-02", None),
    ]
    assert (
        "Performance Lead <performance.lead@medway.example>, away until Fri 30 Aug 2019"
        in daymark("people", "list").out
    )
