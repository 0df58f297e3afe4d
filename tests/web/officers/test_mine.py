"""Test the list of all tasks without a browser: who asks gets a mail elsewhere, and only its link opens the list."""

import pytest
from starlette.testclient import TestClient

from tests.web.fakes import MemoryDoor
from tests.web.views import DONE, LISTS, MESSAGE, MINE, MOVED, NOTHING, OPEN, RUN_OUT, TASKS, UNKNOWN


@pytest.mark.parametrize("token", [OPEN, DONE, MESSAGE])
def test_only_a_press_asks_for_the_list(client: TestClient, door: MemoryDoor, token: str) -> None:
    page = client.get(f"/r/{token}").text
    assert f'action="/r/{token}/mine"' in page
    for method in ("GET", "HEAD"):
        assert client.request(method, f"/r/{token}/mine").status_code == 405
    assert (door.asked, door.sent) == ([], 0)
    assert client.post(f"/r/{token}/mine").status_code == 200
    assert (door.asked, door.sent) == ([token], 1)


def test_who_asks_sees_neither_an_address_nor_a_task(client: TestClient) -> None:
    page = client.post(f"/r/{OPEN}/mine").text
    assert "We have sent a mail to the address we hold for you." in page
    assert "@" not in page
    assert TASKS.now[0].title not in page


@pytest.mark.parametrize("token", [MOVED, UNKNOWN])
def test_a_dead_link_asks_for_nothing(client: TestClient, door: MemoryDoor, token: str) -> None:
    assert client.post(f"/r/{token}/mine").status_code == 410
    assert (door.asked, door.sent) == ([], 0)


@pytest.mark.parametrize("token", ["short", OPEN + "a"])
def test_a_malformed_link_is_not_found(client: TestClient, token: str) -> None:
    assert client.post(f"/r/{token}/mine").status_code == 404
    assert client.get(f"/mine/{token}").status_code == 404


def test_the_list_says_what_by_when_and_where_it_stands(client: TestClient) -> None:
    page = client.get(f"/mine/{MINE.upper()}").text
    for words in (TASKS.now[0].title, TASKS.later[0].title, "You have this", "Due in 8 working days", "until 10:30"):
        assert words in page
    assert f'href="/r/{OPEN}"' in page
    assert TASKS.calendar_url in page


def test_an_empty_list_says_so(client: TestClient) -> None:
    page = client.get(f"/mine/{NOTHING}").text
    assert "Nothing waits for you" in page
    assert "calendar" not in page


def test_after_its_time_the_page_says_how_to_get_a_new_link(client: TestClient) -> None:
    page = client.get(f"/mine/{RUN_OUT}")
    assert page.status_code == 410
    assert "open for 30 minutes only" in page.text
    assert "to get a new one" in page.text


@pytest.mark.parametrize("token", [OPEN, MESSAGE, UNKNOWN])
def test_no_other_link_opens_the_list(client: TestClient, token: str) -> None:
    assert token not in LISTS
    page = client.get(f"/mine/{token}")
    assert page.status_code == 410
    assert "Sam Hart" not in page.text


def test_the_list_takes_no_press(client: TestClient) -> None:
    assert client.post(f"/mine/{MINE}").status_code == 405


# Without a link


def test_whoever_has_no_link_asks_by_address_and_every_address_is_answered_alike(
    client: TestClient, door: MemoryDoor
) -> None:
    for method in ("GET", "HEAD"):
        assert client.request(method, "/mine").status_code == 200
    assert door.addresses == []
    told = {
        client.post("/mine", data={"address": literal}).text for literal in ("sam@council.example", "no@where.example")
    }
    assert len(told) == 1
    assert "If a person on this timeline has that address" in told.pop()
    assert door.addresses == ["sam@council.example", "no@where.example"]


@pytest.mark.parametrize("typed", ["", "sam", "a@b c", "@", "x" * 300 + "@council.example", "a@b\x00"])
def test_what_is_no_address_is_said_where_it_was_typed(client: TestClient, door: MemoryDoor, typed: str) -> None:
    page = client.post("/mine", data={"address": typed})
    assert page.status_code == 422
    assert "Enter an email address" in page.text
    assert door.addresses == []


def test_a_body_that_is_no_form_asks_for_nothing(client: TestClient, door: MemoryDoor) -> None:
    assert client.post("/mine", content=b"\xff" * 70_000).status_code == 422
    assert client.post("/mine", json={"address": "sam@council.example"}).status_code == 422
    assert door.addresses == []
