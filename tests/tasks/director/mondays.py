"""Live the mornings on which the director's Monday mail is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.catcher.mailbox import OpenedMail
from tests.harness import World
from tests.tasks.replying import replying

DIRECTOR = "director.of.people@medway.example"
WEEK = "the week from"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with replying(World(tmp_path)) as world:
        yield world.at("Tue 27 Aug 2019 07:00")


def morning(world: World, text: str) -> str:
    """Run the statutory flows, the Monday mail, then the run of notify at half past eight."""
    world.at(text)
    world.decide("action-plan", "plo-panel")
    said = world.monday()
    world.at(f"{text[:-5]}08:30")
    world.deliver()
    return said


def monday(world: World, to: str = "director") -> OpenedMail:
    return world.expect_mail(to=to, about=WEEK)


def words(mail: OpenedMail) -> str:
    return " ".join(mail.text.split())
