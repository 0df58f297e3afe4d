"""Test that a client of Prefect asks again where its server failed for once."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from prefect.client.orchestration import get_client

from tasks.processes.prefect_address import PrefectAddress
from tasks.processes.speaking import speaking_to

FAILED = 500


class _FailsOnce(BaseHTTPRequestHandler):
    answered: list[int]

    def do_GET(self) -> None:
        status = 200 if self.answered else FAILED
        self.answered.append(status)
        self.send_response(status)
        self.send_header("Retry-After", "0")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing on the screen."""


@pytest.fixture
def failing() -> Iterator[HTTPServer]:
    _FailsOnce.answered = []
    with HTTPServer(("127.0.0.1", 0), _FailsOnce) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


async def test_a_request_that_the_server_failed_at_is_made_again(failing: HTTPServer, tmp_path: Path) -> None:
    address = PrefectAddress(f"http://127.0.0.1:{failing.server_port}/api", "name:password", tmp_path)
    with speaking_to(address):
        async with get_client() as client:
            response = await client.hello()
    assert response.status_code == 200
    assert _FailsOnce.answered == [FAILED, 200]


def test_a_child_of_ours_asks_again_too(tmp_path: Path) -> None:
    address = PrefectAddress("http://127.0.0.1:4200/api", "", tmp_path)
    assert address.client_environment["PREFECT_CLIENT_RETRY_EXTRA_CODES"] == str(FAILED)
