"""Test what every answer carries, whoever is asking."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import Mails, page_settings
from tests.web.fakes import MemoryDoor
from tests.web.views import MESSAGE, MOVED, OPEN
from timeline.letters.page_views import DeadLink
from web.app import create_app

PATHS = ["/", "/health", f"/r/{OPEN}", f"/r/{MESSAGE}", f"/r/{MOVED}", "/r/x", "/nowhere", "/static/daymark.css"]


class Broken(MemoryDoor):
    def open_link(self, *_: Any, **__: Any) -> DeadLink:
        raise OSError(f"the database is away ({OPEN})")


def _is_shielded(headers: Any) -> bool:
    policy = headers["Content-Security-Policy"]
    return (
        headers["Cache-Control"] == "no-store"
        and headers["Referrer-Policy"] == "no-referrer"
        and headers["X-Content-Type-Options"] == "nosniff"
        and "noindex" in headers["X-Robots-Tag"]
        and "default-src 'none'" in policy
        and "script-src" not in policy
        and "frame-ancestors 'none'" in policy
    )


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_shielded(client: TestClient, path: str, method: str) -> None:
    assert _is_shielded(client.request(method, path).headers)


def test_a_crash_is_shielded_and_says_nothing_of_its_cause() -> None:
    app = create_app(Broken(), page_settings())
    page = TestClient(app, base_url="http://localhost", raise_server_exceptions=False).get(f"/r/{OPEN}")
    assert page.status_code == 500
    assert _is_shielded(page.headers)
    assert "Sorry, something went wrong" in page.text
    assert "database" not in page.text


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("daymark.council.example", 200),
        ("DAYMARK.council.example:8443", 200),
        ("localhost:4201", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("evil.example", 400),
        ("daymark.council.example.evil.example", 400),
        ("", 400),
    ],
)
def test_only_our_own_hosts_are_answered(client: TestClient, host: str, status: int) -> None:
    page = client.get("/health", headers={"host": host})
    assert page.status_code == status
    assert _is_shielded(page.headers)


def test_no_page_holds_a_script_or_anything_from_elsewhere(client: TestClient) -> None:
    for path in ("/", f"/r/{OPEN}", f"/r/{MESSAGE}", f"/r/{MOVED}", "/nowhere"):
        page = client.get(path).text
        assert "<script" not in page
        assert "//" not in page.replace("http://www.w3.org/", "")


def test_only_a_caught_mail_may_be_framed_and_only_by_us(mails: Mails) -> None:
    mails.send("Framed", "<html><head></head><body>Dear Sam</body></html>")
    app = create_app(MemoryDoor(), page_settings(mails.folder, base_url="http://localhost"))
    client = TestClient(app, base_url="http://localhost", client=("127.0.0.1", 1))
    framed = client.get("/mail/00000001/html").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in framed
    assert "sandbox allow-top-navigation-by-user-activation" in framed
    assert "default-src 'none'" in framed
    assert all(_is_shielded(client.get(path).headers) for path in ("/mail", "/mail/00000001", "/mail/00000001/raw"))


def test_health_answers_in_json(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}
