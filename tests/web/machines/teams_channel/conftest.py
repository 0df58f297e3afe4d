"""Hold a council in a Teams channel, copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.harness import World
from tests.web.teams_house import a_copy, app


@pytest.fixture
def world(teams_house: Path, tmp_path: Path) -> Iterator[World]:
    with a_copy(teams_house, tmp_path) as world:
        yield world


@pytest.fixture
def client(world: World) -> TestClient:
    return app(world.settings)
