"""Begin with the first panel's first mail, where a test of this folder begins nowhere of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import World, first_panel


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with first_panel(tmp_path) as world:
        yield world
