"""Each council by itself: one whose rows cannot be read takes no other with it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.run.first_start import first_run, pages
from flows.councils import each_council
from models.store import Store
from tasks.assurance.page import Assurances, silent_token
from tasks.council.each import CouncilsFailed, for_each, readable
from tasks.links.secure_link import Links
from tasks.receiving.review import Reviews
from tests.harness import World
from tests.support.stated import spoil, variant


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Two councils; the first of them cannot be read."""
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        other = {"key": "arden", "name": "Arden Council", "programme": "Improvement programme"}
        ours = world.store
        world.apply(variant(world.home, name="arden.yaml", council=other))
        spoil(world.store)
        world.store = ours
        yield world


def test_a_flow_serves_the_others_and_its_end_names_the_council(world: World) -> None:
    async def act(store: Store) -> str:
        return store.definitions.timeline(world.settings.working_hours).council.key

    done = asyncio.run(each_council(act))
    assert done.said == ["medway"]
    assert done.failed == ["arden could not be served (UnreadableRow); the log says more."]
    state = done.state("And more.")
    assert (state.type.value, state.message) == ("FAILED", f"{done.failed[0]} medway And more.")


def test_a_step_is_done_for_the_others_before_the_fault_is_told(world: World) -> None:
    served: list[str] = []

    def act(store: Store) -> None:
        store.definitions.timeline(world.settings.working_hours)
        served.append(store.council)

    with pytest.raises(CouncilsFailed, match=r"^arden could not be served \(UnreadableRow\): the log says more\.$"):
        for_each(world.settings, act)
    assert served == ["medway"]
    assert [store.council for store, _ in readable(world.settings)] == ["medway"]


def test_the_pages_of_the_others_stay(world: World) -> None:
    pages(world.settings)
    assert [view.council_name for view in Assurances(world.settings).views(at=world.now)] == ["Medway Council"]
    assert Reviews(world.settings).held() == ()
    world.at("Wed 28 Aug 2019 10:45")
    Links(world.settings).send_waiting(at=world.now)
    with pytest.raises(CouncilsFailed):
        Assurances(world.settings).tell_of_silence(silent_token(world.settings), at=world.now)
    world.expect_mail(to="improvement_programme_lead", about="Assurance has not run")


def test_a_first_run_that_fails_takes_no_other_with_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    async def fails() -> None:
        raise ValueError("a fault")

    async def works() -> None:
        ran.append("works")

    monkeypatch.setattr("cli.run.replay_runner.MORNING", ((None, fails), (None, works)))
    monkeypatch.setattr("flows.notify.notify", works)
    assert asyncio.run(first_run(world.now)) == (
        "The first run of a flow failed (ValueError); the next one goes on from there.",
    )
    assert ran == ["works", "works"]
