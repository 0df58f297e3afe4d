"""Give the tests of links a council whose performance lead has had the first mail, and its pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tasks.links.secure_link import Links
from tests.harness import World, first_panel
from tests.support.medway_pages import medway_pages
from web.app import create_app


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the performance lead has had the first mail about the first panel; it is Wed 28 Aug 2019 08:30."""
    with first_panel(tmp_path) as world:
        yield world


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    pages = medway_pages(world.settings.base_url)
    with TestClient(create_app(Links(world.settings), pages), base_url="http://localhost") as client:
        yield client
