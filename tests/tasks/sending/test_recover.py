"""Test what a killed process was sending leaves at the next start, under the same Message-ID, and only then."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.council.run import LEASE
from tasks.processes.claimant import this_process
from tasks.sending.recover import take_over
from tests.harness import World

LEAD = "performance_lead"
ELSEWHERE = "another-host/77/1234"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.at("Wed 28 Aug 2019 07:36").decide("plo-panel")
        yield world


def _dead() -> str:
    """Give the name of a process of this host that is gone."""
    host, _, began = this_process().rsplit("/", 2)
    return f"{host}/1/{int(began) + 1}"


def _killed_while_sending(world: World, by: str) -> None:
    world.catcher.stop()
    world.at("Wed 28 Aug 2019 17:40").deliver()
    world.catcher.start()
    (message,) = world.store.outbox.to_send(at=world.at("Wed 28 Aug 2019 17:50").now, lease=LEASE)
    assert world.store.outbox.claim(message.key, at=world.now, lease=LEASE, by=by)


def test_it_leaves_with_the_first_run_after_the_start_also_when_that_works_for_an_earlier_hour(world: World) -> None:
    _killed_while_sending(world, _dead())
    started = world.at("Wed 28 Aug 2019 17:52").now
    assert world.deliver().messages == ()  # its lease is not over
    assert take_over(world.settings, at=started) == 1
    world.deliver()
    world.expect_mail(to=LEAD, about="List of cases")
    assert take_over(world.settings, at=started) == 0


@pytest.mark.parametrize("claimant", [ELSEWHERE, this_process(), ""], ids=["elsewhere", "this process", "nobody"])
def test_what_a_living_process_or_another_host_is_sending_is_left_to_its_lease(world: World, claimant: str) -> None:
    _killed_while_sending(world, claimant)
    assert take_over(world.settings, at=world.now) == 0
    world.deliver()
    world.expect_no_mail()
