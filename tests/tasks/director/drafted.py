"""Give the tests of drafts a council two working days before the action plan is due."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.director.briefings import keep_drafts
from tests.harness import World
from tests.support.stated import people, variant
from tests.tasks.replying import replying

REF = "action-plan/1/submitted"
MEMBER = {"name": "Ada Quill", "address": "portfolio.holder@medway.example", "holds": "lead_member"}
ABOUT = "briefing, Action plan submitted"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin two working days before the action plan is due, which nobody has submitted."""
    with replying(World(tmp_path)) as world:
        world.at("Mon 4 Nov 2019 07:00").apply(variant(tmp_path, people=people(portfolio_holder=MEMBER)))
        yield near(world)


def near(world: World) -> World:
    world.at("Tue 26 Nov 2019 08:25")
    kept(world)
    return world


def kept(world: World) -> tuple[list[str], list[str]]:
    done = keep_drafts(world.store, world.settings, at=world.now)
    return [briefing.milestone for briefing in done.made], [why for _, why in done.withdrawn]


def state(world: World) -> list[str]:
    return [briefing.state.value for briefing in world.store.inbound.briefings()]
