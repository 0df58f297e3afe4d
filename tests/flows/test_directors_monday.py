"""Test `directors-monday` through Prefect's engine, with the schedule that runs it each weekday."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import World

pytestmark = pytest.mark.slow("runs at a real Prefect server")


@pytest.fixture
def world(tmp_path: Path, prefect_api: str) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Fri 23 Aug 2019 07:00").apply()
        yield world


def test_after_a_bank_holiday_its_run_writes_one_mail_and_notify_sends_it(world: World) -> None:
    ran = world.at("Mon 26 Aug 2019 08:25").run("directors-monday")
    assert (ran.type, ran.message) == ("COMPLETED", "Medway Council: Nothing is sent today: Summer bank holiday.")
    ran = world.at("Tue 27 Aug 2019 08:25").run("directors-monday")
    assert ran.message == "Medway Council: Monday mail written to the Director of People."
    ran = world.run("directors-monday")
    assert (ran.type, ran.message) == ("COMPLETED", "Medway Council: This week's Monday mail is written.")
    world.expect_no_mail()
    assert world.at("Tue 27 Aug 2019 08:30").run("notify").message == "Medway Council: Messages: 1 accepted."
    world.expect_mail(to="director", about="the week from Tuesday 27 August")


def test_before_anything_is_applied_a_run_says_so(tmp_path: Path, prefect_api: str) -> None:
    with World(tmp_path / "empty") as empty:
        assert empty.run("directors-monday").message == "No council's timeline has been applied yet."
