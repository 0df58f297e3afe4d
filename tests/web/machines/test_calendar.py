"""Test the feed over HTTP: the right headers, nothing fetched twice, nothing changed, and a kind word when it is
closed.
"""

from datetime import datetime

import pytest
from starlette.testclient import TestClient

from tasks.links.calendar_feed import Feed
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from timeline.letters.page_views import DeadLink
from web.app import create_app

TOKEN, CLOSED, UNKNOWN = "abcdefghjkmnpq23", "dddddddddddddddd", "zzzzzzzzzzzzzzzz"
CONTENT = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class MemoryFeeds:
    def open_feed(self, token: str, *, at: datetime) -> Feed | DeadLink:
        assert at.tzinfo is not None
        if token == TOKEN:
            return Feed(CONTENT, "0123456789abcdef")
        return DeadLink("closed" if token == CLOSED else "unknown")


@pytest.fixture
def client() -> TestClient:
    return TestClient(create_app(MemoryDoor(), page_settings(), feeds=MemoryFeeds()), base_url="http://localhost")


def test_the_feed_is_a_calendar_that_nobody_else_keeps(client: TestClient) -> None:
    response = client.get(f"/calendar/{TOKEN}.ics")
    assert (response.status_code, response.content) == (200, CONTENT)
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.headers["cache-control"] == "private, no-cache"
    assert response.headers["x-robots-tag"] == "noindex, nofollow"
    assert response.headers["etag"] == 'W/"0123456789abcdef"'


def test_a_head_has_the_same_headers_and_no_body(client: TestClient) -> None:
    got, head = client.get(f"/calendar/{TOKEN}.ics"), client.head(f"/calendar/{TOKEN}.ics")
    assert (head.status_code, head.content, head.headers) == (200, b"", got.headers)


@pytest.mark.parametrize(
    ("has", "status"),
    [
        ('W/"0123456789abcdef"', 304),
        ('"0123456789abcdef"', 304),
        ('"other", W/"0123456789abcdef"', 304),
        ("*", 304),
        ('W/"other"', 200),
        ("", 200),
        ("0123456789abcdef", 200),
    ],
)
def test_whoever_has_it_already_gets_no_second_copy(client: TestClient, has: str, status: int) -> None:
    response = client.get(f"/calendar/{TOKEN}.ics", headers={"If-None-Match": has})
    assert (response.status_code, response.content) == (status, CONTENT if status == 200 else b"")
    assert response.headers["etag"] == 'W/"0123456789abcdef"'


@pytest.mark.parametrize(
    "path", [f"/calendar/{UNKNOWN}.ics", "/calendar/short.ics", f"/calendar/{TOKEN}", "/calendar/"]
)
def test_what_nobody_was_given_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_closed_calendar_says_so_kindly(client: TestClient) -> None:
    response = client.get(f"/calendar/{CLOSED}.ics")
    assert (response.status_code, response.headers["content-type"]) == (410, "text/html; charset=utf-8")
    assert "This calendar is closed." in response.text


def test_nothing_can_be_sent_there(client: TestClient) -> None:
    assert client.post(f"/calendar/{TOKEN}.ics").status_code == 405


def test_some_gateways_change_the_case_of_an_address(client: TestClient) -> None:
    assert client.get(f"/calendar/{TOKEN.upper()}.ics").status_code == 200
