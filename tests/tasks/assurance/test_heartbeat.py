"""Test the heartbeat: one request of a real little server after each assurance."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from config.settings import Settings
from tasks.assurance.heartbeat import send_heartbeat


class Watch(ThreadingHTTPServer):
    """Note what it is asked for, and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Noted)
        self.heard: list[str] = []
        self.bodies: list[bytes] = []
        self.status = 200
        self.takes_post = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/ping/abc"


class _Noted(BaseHTTPRequestHandler):
    server: Watch

    def do_GET(self) -> None:
        self.server.heard.append(f"{self.command} {self.path}")
        if self.command == "POST":
            self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        taken = self.command == "GET" or self.server.takes_post
        self.send_response(self.server.status if taken else 405)
        self.end_headers()

    do_POST = do_GET  # noqa: N815 (the library's name)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def watch() -> Iterator[Watch]:
    with Watch() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_good_run_and_a_red_one_are_told_apart(watch: Watch) -> None:
    settings = Settings.given(heartbeat_url=watch.url)
    assert send_heartbeat(settings, good=True) == "The heartbeat was sent."
    send_heartbeat(settings, good=False)
    assert watch.heard == ["GET /ping/abc", "GET /ping/abc/fail"]


def test_a_watch_that_refuses_or_is_away_stops_nothing_and_its_address_is_not_told(watch: Watch) -> None:
    watch.status = 404
    assert send_heartbeat(Settings.given(heartbeat_url=watch.url), good=True) == "The heartbeat was refused (404)."
    nobody = Settings.given(heartbeat_url="http://127.0.0.1:9/ping/abc")
    assert send_heartbeat(nobody, good=True) == "The heartbeat could not be sent (ConnectError)."


def test_the_last_hash_of_the_chain_leaves_the_house_with_it(watch: Watch) -> None:
    assert (
        send_heartbeat(Settings.given(heartbeat_url=watch.url), good=True, proof="medway 7 abc")
        == "The heartbeat was sent."
    )
    assert (watch.heard, watch.bodies) == (["POST /ping/abc"], [b"medway 7 abc"])


def test_a_watch_that_takes_no_body_is_asked_without(watch: Watch) -> None:
    watch.takes_post = False
    assert (
        send_heartbeat(Settings.given(heartbeat_url=watch.url), good=True, proof="medway 7 abc")
        == "The heartbeat was sent."
    )
    assert watch.heard == ["POST /ping/abc", "GET /ping/abc"]


def test_without_an_address_nothing_is_asked() -> None:
    assert send_heartbeat(Settings.given(), good=True) == ""
