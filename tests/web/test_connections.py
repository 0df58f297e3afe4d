"""Test that a client that sends half of a request keeps nobody else out, and fills no log."""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import httpx
import pytest
import uvicorn

from cli.run.parts import Pages
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from tests.web.views import OPEN
from web.app import create_app
from web.connections import BoundedProtocol, most_connections

HALF = f"POST /r/{OPEN} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx".encode()


@contextmanager
def served(protocol: type[BoundedProtocol]) -> Iterator[int]:
    app = create_app(MemoryDoor(), page_settings())
    server = uvicorn.Server(uvicorn.Config(app, http=protocol, port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def has_ended(client: socket.socket) -> bool:
    client.settimeout(10)
    with suppress(ConnectionResetError):
        while client.recv(10_000):
            pass
    return True


@pytest.mark.parametrize("half", [HALF, HALF[:20], b"", b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\nGET /hea"])
def test_a_request_that_does_not_end_ends_its_connection(half: bytes, caplog: pytest.LogCaptureFixture) -> None:
    class Hasty(BoundedProtocol):
        seconds = 0.02

    with served(Hasty) as port, closing(socket.create_connection(("127.0.0.1", port))) as client:
        client.sendall(half)
        assert has_ended(client)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_half_open_uploads_keep_nobody_out(caplog: pytest.LogCaptureFixture) -> None:
    class Small(BoundedProtocol):
        seconds = 600
        most = 4

    with served(Small) as port:
        uploads = [socket.create_connection(("127.0.0.1", port)) for _ in range(12)]
        for upload in uploads:
            upload.sendall(HALF)
        with httpx.Client(base_url=f"http://localhost:{port}") as client:
            assert [client.get("/health").status_code for _ in range(3)] == [200] * 3
        for upload in uploads:
            upload.close()
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_connections_that_are_idle_between_two_requests_keep_nobody_out() -> None:
    class Small(BoundedProtocol):
        most = 4

    with served(Small) as port:
        idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(4)]
        for each in idle:
            each.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert each.recv(10_000).startswith(b"HTTP/1.1 200")
        assert httpx.get(f"http://localhost:{port}/health").status_code == 200
        # Whoever was idle longest made room.
        assert has_ended(idle[0])
        for each in idle:
            each.close()


def test_a_client_that_goes_away_in_the_middle_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    with served(BoundedProtocol) as port:
        with closing(socket.create_connection(("127.0.0.1", port))) as client:
            client.sendall(HALF)
        assert httpx.get(f"http://localhost:{port}/health").status_code == 200
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_the_pages_of_daymark_up_are_bounded_so() -> None:
    config = Pages(create_app(MemoryDoor(), page_settings()), host="127.0.0.1", port=0).config()
    assert config.http is BoundedProtocol
    assert config.limit_concurrency == 2 * most_connections()
    assert config.backlog + most_connections() < 1024
