"""Give the tests of links a council whose performance lead has had the first mail, and its pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tasks.links.secure_link import Links
from tests.harness import World
from web.app import create_app
from web.pages import PageSettings


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the performance lead has had the first mail about the first panel; it is Wed 28 Aug 2019 10:00."""
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.lived("Wed 28 Aug 2019 08:30", "plo-panel")
        yield world


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    names = {"council_name": "Medway Council", "programme_name": "Improvement programme"}
    pages = PageSettings(**names, base_url=world.settings.base_url, prefect_url="http://127.0.0.1:1", mail_folder=None)
    with TestClient(create_app(Links(world.settings), pages), base_url="http://localhost") as client:
        yield client
