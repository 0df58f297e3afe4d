"""Test `daymark handover`: shown first, made with --yes, refused with a sentence, and taken back by a second record."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.tasks.changes.ended_medway import CASES, ORDER, VESTED, lived, successor

BY = ("--by", "Programme lead", "--source", ORDER)
ON = ("--on", "2019-11-01")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.begun(lived)
        yield world.at(f"{VESTED} 07:10")


def test_without_yes_it_says_what_would_go_where_and_changes_nothing(
    world: World, daymark: Commands, tmp_path: Path
) -> None:
    before = snapshot(world.store)
    east, west = (str(successor(tmp_path, side)) for side in ("east", "west"))
    said = daymark("handover", "medway", *ON, "--to", east, "--to", west, *BY)
    assert said.code == 1
    lines = said.out.splitlines()
    assert lines[0].startswith("East Medway Council (east.yaml): ")
    assert lines[1].startswith("West Medway Council (west.yaml): ")
    assert said.faults[-1] == "Nothing was changed: say --yes to hand it over."
    assert snapshot(world.store) == before


def test_made_and_taken_back_each_is_a_record_that_list_and_why_show(
    world: World, daymark: Commands, tmp_path: Path
) -> None:
    made = daymark("handover", "medway", *ON, "--to", str(successor(tmp_path, "east")), *BY, "--yes")
    assert made.code == 0, made
    assert made.out.endswith("Handed over: Medway Council to East Medway Council, from Friday 1 November 2019.\n")
    because = "Medway Council ended on Friday 1 November 2019: East Medway Council has this now."
    why = daymark("why", CASES, "--council", "medway").out
    assert because in why
    assert "its duties now." in daymark("list", "--council", "medway").out
    assert CASES in daymark("list", "--council", "east-medway", "--duty", "plo-panel").out
    refused = daymark("record", "visit_confirmed", "2019-12-02", "--for", "monitoring-visit/1", "--council", "medway",
                      "--by", "Lead", "--source", "a letter")  # fmt: skip
    assert (refused.code, refused.faults) == (2, [f"{because.replace('this', 'its duties')} Record it there."])
    back = daymark("handover", "medway", "--take-back", "--by", "Lead", "--source", "The Order was quashed", "--yes")
    assert back.out == "Taken back: “medway” is asked again, and east-medway no more.\n"
    assert because not in daymark("why", CASES, "--council", "medway").out
    assert "handover taken back" in [event.what for event in world.store.audit.events()]
    assert daymark("audit", "verify", "--council", "east-medway").code == 0


@pytest.mark.parametrize(
    ("changes", "on", "more", "sentence"),
    [
        ({}, "2019-11-04", (), "The vesting day, Monday 4 November 2019, is to come: hand over on that day"),
        ({"live_from": "2019-11-01"}, "2019-11-01", (), "east.yaml: live_from: 2019-11-01: "),
        (
            {"practices": ["plo-panel"]},
            "2019-11-01",
            (),
            "These duties would end, for no successor has them: practice-m",
        ),
        (
            {"practices": ["plo-panel"]},
            "2019-11-01",
            ("--seconded-by", "programme.lead@medway.example"),
            "hands over, so another person agrees that duties end (practice-manager-training).",
        ),
        ({"off": {"publish-report": "not ours"}}, "2019-11-01", (), "No successor has all of “"),
        ({}, "2019-11-01", ("--programme", "north-medway"), "--programme north-medway: expected east-medway."),
    ],
)
def test_what_stands_in_the_way_is_a_sentence_and_nothing_changes(
    world: World, daymark: Commands, tmp_path: Path, changes: Any, on: str, more: Any, sentence: str
) -> None:
    before = snapshot(world.store)
    given = ("--by", " Head of  Specialist Projects", "--source", ORDER)
    said = daymark(
        "handover", "medway", "--on", on, "--to", str(successor(tmp_path, "east", **changes)), *given, *more, "--yes"
    )
    assert said.code == 2
    assert sentence in " ".join(said.faults)
    assert snapshot(world.store) == before
