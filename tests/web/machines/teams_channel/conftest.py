"""Hold a council in a Teams channel: made once for this folder, and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.harness import World
from tests.web.teams_house import a_copy, a_house, app


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_house(tmp_path_factory.mktemp("house"))


@pytest.fixture
def world(house: Path, tmp_path: Path) -> Iterator[World]:
    with a_copy(house, tmp_path) as world:
        yield world


@pytest.fixture
def client(world: World) -> TestClient:
    return app(world.settings)
