"""Test the administrators' form that leaves a duty or the holder of a post alone, through Prefect."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import World


@pytest.fixture
def world(tmp_path: Path, prefect_api: str) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        yield world


def test_the_form_pauses_a_duty_and_without_a_day_ends_that(world: World) -> None:
    form = {"what": "plo-panel", "who": "Programme lead"}
    ran = world.run("pause", left_alone={**form, "until": "2019-08-29"})
    assert (ran.type, ran.message) == ("COMPLETED", "Paused until Thursday 29 August 2019.")
    assert [pause.obligation for pause in world.store.definitions.pauses()] == ["plo-panel"]
    assert world.run("pause", left_alone=form).message == "It is no longer paused."
    assert world.store.definitions.pauses() == ()


def test_a_date_of_class_a_in_the_pause_needs_the_box_that_names_the_risk(world: World) -> None:
    form = {"what": "action-plan", "who": "Programme lead", "until": "2020-01-31"}
    ran = world.run("pause", left_alone=form)
    assert ran.type == "FAILED"
    assert ran.message.startswith("action-plan/1 (class A), “")
    assert ran.message.endswith("Nothing was paused.")
    assert world.store.definitions.pauses() == ()
    ran = world.run("pause", left_alone={**form, "over_legal_dates": True})
    assert ran.message.startswith("Paused until Friday 31 January 2020.")


def test_what_cannot_be_done_fails_with_the_sentence(world: World) -> None:
    ran = world.run("pause", left_alone={"what": "plo-pannel", "who": "Lead", "until": "2019-08-29"})
    assert ran.type == "FAILED"
    assert "There is no duty and no post “plo-pannel”" in ran.message
    assert world.store.definitions.pauses() == ()
