"""Test that a client that sends half of a request keeps nobody else out, and fills no log."""

import logging
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from cli.run.parts import Pages
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor, MemoryReviews
from tests.web.views import OPEN
from web.app import create_app
from web.connections import BoundedProtocol, most_connections
from web.http import BODY_SECONDS
from web.machines.alarms import Alarms
from web.machines.notify_receipts import NotifyReceipts
from web.machines.teams_bot import Activities

WEB = Path(__file__).parents[2] / "web"
HALF = f"POST /r/{OPEN} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx".encode()


@contextmanager
def served(protocol: type[BoundedProtocol], app: Starlette | None = None) -> Iterator[int]:
    app = app or create_app(MemoryDoor(), page_settings())
    server = uvicorn.Server(uvicorn.Config(app, http=protocol, port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def said(client: socket.socket) -> bytes:
    """Give all that comes back until the connection ends."""
    client.settimeout(60)
    pieces: list[bytes] = []
    with suppress(ConnectionResetError):
        while piece := client.recv(10_000):
            pieces.append(piece)
    return b"".join(pieces)


def _is_well(port: int) -> bool:
    return httpx.get(f"http://localhost:{port}/health", timeout=60).status_code == 200


@pytest.mark.parametrize("half", [HALF, HALF[:20], b"", b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\nGET /hea"])
def test_a_request_that_does_not_end_ends_its_connection(half: bytes, caplog: pytest.LogCaptureFixture) -> None:
    class Hasty(BoundedProtocol):
        seconds = body_seconds = 0.02

    with served(Hasty) as port, closing(socket.create_connection(("127.0.0.1", port))) as client:
        client.sendall(half)
        said(client)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


DOORS = ("/r/" + OPEN, "/mine", "/review/1", "/changes/timeline", "/teams/messages", "/teams/bot", "/notify/receipts")
MORE_DOORS = (f"/mine/{OPEN}/absence", f"/mine/{OPEN}/briefing/draft/1", f"/prefect/crashed/{OPEN}")
OURS = "Sec-Fetch-Site: same-origin\r\nAuthorization: Bearer secret\r\nContent-Length: 1000\r\n"


def test_a_body_that_arrives_slowly_is_refused_in_a_sentence_at_every_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a body has no clock: one byte at a time held the connection until it was cut without a word."""
    monkeypatch.setattr("web.http.BODY_SECONDS", 0.4)
    stub: Any = object()
    machines = [Alarms(stub).route(), NotifyReceipts("secret", stub).route(), Activities(stub).route()]
    settings = page_settings(base_url="http://127.0.0.1")
    app = create_app(MemoryDoor(), settings, MemoryReviews(), stub, callbacks=machines, runs=stub)
    with served(BoundedProtocol, app) as port:
        slow = {door: socket.create_connection(("127.0.0.1", port)) for door in (*DOORS, *MORE_DOORS)}
        for door, client in slow.items():
            client.sendall(f"POST {door} HTTP/1.1\r\nHost: localhost\r\n{OURS}\r\nx".encode())
        assert _is_well(port)
        for client in slow.values():
            client.sendall(b"x")
        answers = {door: said(client) for door, client in slow.items()}
        for client in slow.values():
            client.close()
    assert [door for door, answer in answers.items() if not answer.startswith(b"HTTP/1.1 408")] == []
    assert [door for door, answer in answers.items() if b"so we kept nothing" not in answer] == []


def test_only_the_bounded_reader_reads_a_body() -> None:
    readers = [
        path.relative_to(WEB).as_posix()
        for path in sorted(WEB.rglob("*.py"))
        if re.search(r"request\.(?:stream|body|form|json)\(", path.read_text())
    ]
    assert readers == ["http.py"], "read a body through web.http.body_of, which has a clock and a bound"


def test_half_open_uploads_keep_nobody_out(caplog: pytest.LogCaptureFixture) -> None:
    class Small(BoundedProtocol):
        seconds = body_seconds = 600
        most = 4

    with served(Small) as port:
        uploads = [socket.create_connection(("127.0.0.1", port)) for _ in range(12)]
        for upload in uploads:
            upload.sendall(HALF)
        with httpx.Client(base_url=f"http://localhost:{port}", timeout=60) as client:
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
        assert _is_well(port)
        # Whoever was idle longest made room.
        said(idle[0])
        for each in idle:
            each.close()


def test_a_client_that_goes_away_in_the_middle_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    with served(BoundedProtocol) as port:
        with closing(socket.create_connection(("127.0.0.1", port))) as client:
            client.sendall(HALF)
        assert _is_well(port)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_the_pages_of_daymark_up_are_bounded_so() -> None:
    config = Pages(create_app(MemoryDoor(), page_settings()), host="127.0.0.1", port=0).config()
    assert config.http is BoundedProtocol
    assert BoundedProtocol.body_seconds > BODY_SECONDS, "the sentence must leave before the connection ends"
    assert config.limit_concurrency == 2 * most_connections()
    assert config.backlog + most_connections() < 1024
