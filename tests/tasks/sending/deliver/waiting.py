"""Give the tests of delivering the first notice of the first panel, written and not yet sent, and runs of notify."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import World

CASES = "plo-panel/1/cases"  # due Tue 3 Sep 2019; first notice on Wed 28 Aug to the performance lead


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give Medway, with the first notice of the first panel written and still in the ledger."""
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.at("Wed 28 Aug 2019 07:30").decide("plo-panel")
        yield world


def ticks(world: World, *texts: str) -> None:
    for text in texts:
        world.at(text).deliver()
