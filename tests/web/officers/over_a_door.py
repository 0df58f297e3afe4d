"""Give the officers' pages over a door in memory."""

from starlette.testclient import TestClient

from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from web.app import create_app


def pages_over(door: MemoryDoor) -> TestClient:
    return TestClient(create_app(door, page_settings()), base_url="http://localhost")
