"""Hold a council that has lived a day, and a backup of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.house import Commands
from tests.harness import World, first_panel


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with first_panel(tmp_path / "before") as world:
        yield world


@pytest.fixture
def folder(world: World, tmp_path: Path, daymark: Commands) -> Path:
    assert daymark("backup", tmp_path / "kept").code == 0
    return tmp_path / "kept"
