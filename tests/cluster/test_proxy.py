"""Test the proxy's file in the real proxy: who is let through, and that nobody names himself."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from tasks.processes.child import Child
from tests.cluster.units import CLUSTER
from tests.support.parts import require
from tests.support.ports import free_port
from tests.support.side_server import SideServer
from tests.support.soon import soon

PERSON, LOGGED_IN = "X-Daymark-Person", {"Cookie": "logged-in"}
FORGED = {PERSON: "somebody@else.example"}


class Behind(SideServer, HTTPServer):
    """Stand behind the proxy: as the pages, as Prefect, and as the sign-on."""


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/oauth2/auth":
            self.send_response(202 if "Cookie" in self.headers else 401)
            self.send_header("X-Auth-Request-Email", "officer@council.example")
        else:
            self.send_response(200)
            self.send_header("Seen", self.headers.get(PERSON, "nobody"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing into the log of the tests."""


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Give the three addresses of a proxy: of the pages, of Prefect, and of Prefect for the parts inside."""
    home = tmp_path_factory.mktemp("proxy")
    sites = {name: f"http://127.0.0.1:{free_port()}" for name in ("PAGES_SITE", "PREFECT_SITE", "PREFECT_INSIDE")}
    with ExitStack() as opened:
        servers = [opened.enter_context(Behind(("127.0.0.1", 0), _Answer)) for _ in range(3)]
        pages, prefect, sign_on = (f"127.0.0.1:{server.port}" for server in servers)
        behind = {"PAGES_SERVERS": pages, "PAGES_HOST": "127.0.0.1", "PREFECT_SERVERS": prefect, "SIGN_ON": sign_on}
        opened.enter_context(_started(home, sites | behind))
        assert soon(lambda: all(map(_answers, sites.values())))
        yield sites


def _started(home: Path, variables: dict[str, str]) -> Child:
    command = [str(require("caddy")), "run", "--config", str(CLUSTER / "Caddyfile"), "--adapter", "caddyfile"]
    env = {"HOME": str(home), "PATH": os.environ["PATH"], **variables}
    return Child(command, log=home / "log", env=env, cwd=home, grace=2)


def _answers(url: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"{url}/health", trust_env=False, timeout=60).status_code < 500
    return False


def get(url: str, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.get(url, headers=headers, trust_env=False, timeout=60)


def test_a_link_opens_without_a_login_and_nobody_names_himself(proxy: dict[str, str]) -> None:
    for path in ("/r/abcdefghijklmnop", "/board/x", "/health", "/static/daymark.css"):
        answer = get(f"{proxy['PAGES_SITE']}{path}", FORGED)
        assert (answer.status_code, answer.headers["Seen"]) == (200, "nobody")


@pytest.mark.parametrize("site", ["PAGES_SITE", "PREFECT_SITE"])
def test_whoever_has_not_logged_in_is_sent_to_the_sign_on(proxy: dict[str, str], site: str) -> None:
    for path in ("/", "/timeline", "/api/flows"):
        answer = get(f"{proxy[site]}{path}", FORGED)
        assert (answer.status_code, "/oauth2/start?rd=" in answer.headers["Location"]) == (302, True)


def test_an_administrator_is_named_by_the_sign_on_alone(proxy: dict[str, str]) -> None:
    answer = get(f"{proxy['PAGES_SITE']}/timeline", {**FORGED, **LOGGED_IN})
    assert (answer.status_code, answer.headers["Seen"]) == (200, "officer@council.example")
    assert get(f"{proxy['PREFECT_SITE']}/api/flows", LOGGED_IN).status_code == 200


def test_the_parts_inside_reach_prefect_without_a_sign_on(proxy: dict[str, str]) -> None:
    assert get(f"{proxy['PREFECT_INSIDE']}/api/ready").status_code == 200
