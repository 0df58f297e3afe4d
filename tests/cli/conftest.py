"""Hold a house for commands: Medway in a store of the test's own, on a moved clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.house import Commands
from tests.harness import World


@pytest.fixture
def daymark(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[World]:
    """Begin when nothing was applied yet; it is Tue 27 Aug 2019 07:00."""
    with World(tmp_path) as world:
        yield world.at("Tue 27 Aug 2019 07:00")


@pytest.fixture
def house(empty: World) -> World:
    """Begin when Medway was applied without a shadow, and the first mails have left; it is Wed 28 Aug 2019 10:00."""
    empty.apply()
    empty.lived("Wed 28 Aug 2019 08:30")
    return empty.at("Wed 28 Aug 2019 10:00")
