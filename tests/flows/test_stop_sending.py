"""Test silence: by the administrators' form and by command. Nothing leaves, nothing is lost, and it is said once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.main import run as daymark
from tests.harness import World

Switch = Callable[[World, bool], Any]


def by_form(world: World, resume: bool) -> None:
    world.run("stop-sending", silence={"who": "Head of Specialist Projects", "reason": "Wrong dates", "resume": resume})


def by_command(world: World, resume: bool) -> None:
    reason = ["--reason", "Wrong dates", "--by", "Head of Specialist Projects"]
    assert daymark(["stop-sending", *reason, *(["--resume"] if resume else [])]) == 0


@pytest.fixture
def world(tmp_path: Path, prefect_api: str) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        yield world


@pytest.mark.parametrize("switch", [by_form, by_command])
def test_while_it_is_stopped_nothing_leaves_and_afterwards_it_is_said_once(world: World, switch: Switch) -> None:
    switch(world.at("Tue 27 Aug 2019 18:30"), False)
    world.at("Wed 28 Aug 2019 07:36").decide("plo-panel")
    assert world.waiting() == 1  # still written
    ran = world.at("Wed 28 Aug 2019 08:30").run("notify")
    assert ran.type == "COMPLETED"
    # Everybody at Prefect reads it: so neither who stopped it nor the reason they typed.
    since = "they are stopped since Tuesday 27 August 2019 at 18:30."
    assert ran.message == f"Medway Council: Mails do not leave at present: {since}"
    world.expect_no_mail()
    switch(world.at("Wed 28 Aug 2019 14:00"), True)
    world.run("notify")
    world.expect_mail(to="performance_lead", about="List of cases")
    world.at("Wed 28 Aug 2019 14:10").run("notify")
    world.expect_no_mail()


def test_what_was_already_a_message_stays_too(world: World) -> None:
    world.catcher.stop()
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    world.catcher.start()
    by_command(world.at("Wed 28 Aug 2019 08:32"), False)
    world.at("Wed 28 Aug 2019 09:00").deliver()
    world.expect_no_mail()
    by_command(world, True)
    world.deliver()
    world.expect_mail(to="performance_lead")


def test_several_days_of_silence_end_in_the_latest_word_alone(world: World) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    by_command(world.at("Wed 28 Aug 2019 18:30"), False)
    for day in ("Fri 30 Aug 2019", "Tue 3 Sep 2019", "Wed 4 Sep 2019"):
        world.live(f"{day} 08:30", "plo-panel")
        world.expect_no_mail()
    by_command(world.at("Wed 4 Sep 2019 10:00"), True)
    world.deliver()
    mail = world.expect_mail(to="performance_lead")
    assert mail.text.count("List of cases to the chair") == 1
    assert "Please tell us that it is done" in mail.text
    assert len(world.reasons("plo-panel/1/cases")) == 1  # why the word of the 3rd was not said


def test_who_stopped_it_and_why_stands_in_the_audit(world: World) -> None:
    by_form(world, False)
    by_command(world, True)
    events = [audit_event for audit_event in world.store.audit.events() if audit_event.what.startswith("sending ")]
    assert [audit_event.what for audit_event in events] == ["sending stopped", "sending resumed"]
    assert world.store.audit.verify() is None


def test_stopping_twice_and_resuming_once_resumes(world: World) -> None:
    by_command(world, False)
    by_form(world, False)
    by_command(world, True)
    assert world.store.outbox.stopped() is None
