"""Hold two councils in one house, asked for the first time, on Wed 28 Aug 2019 at 08:30."""

from collections.abc import Iterator

import pytest

from tests.harness import World
from tests.houses.two import begun


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Begin both once for a file; a test that changes something says so."""
    with World(tmp_path_factory.mktemp("two")) as world:
        yield begun(world)
