"""Test the release page: GET shows a draft, one choice and one press settle it; as axe and a keyboard find it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from starlette.testclient import TestClient

from tests.web.fakes import MemoryDoor
from tests.web.looking import arrives, faults, fits, tab_to
from tests.web.views import DRAFT, MINE, RUN_OUT, UNKNOWN
from timeline.director.briefings import BriefingState

PATH = f"/mine/{MINE}/briefing/{DRAFT.ref}"


def test_looking_settles_nothing_and_shows_the_whole_draft(client: TestClient, door: MemoryDoor) -> None:
    page = client.get(PATH).text
    for line in DRAFT.lines:
        assert line.head in page
        assert line.text.replace("'", "&#39;") in page
    assert "has not seen this" in page
    assert client.head(PATH).status_code == 200
    assert door.settled == []


@pytest.mark.parametrize(
    ("choice", "expected"), [("release", BriefingState.RELEASED), ("discard", BriefingState.DISCARDED)]
)
def test_a_choice_and_a_press_settle_it(
    client: TestClient, door: MemoryDoor, choice: str, expected: BriefingState
) -> None:
    page = client.post(PATH, data={"choice": choice, "seen": DRAFT.seen})
    assert (page.status_code, expected.value.capitalize() in page.text) == (200, True)
    assert door.settled == [(DRAFT.ref, expected, DRAFT.seen)]


@pytest.mark.parametrize("choice", [{}, {"choice": ""}, {"choice": "withdrawn"}, {"release": "release"}])
def test_a_press_without_a_choice_settles_nothing(client: TestClient, door: MemoryDoor, choice: dict[str, str]) -> None:
    page = client.post(PATH, data={"seen": DRAFT.seen, **choice})
    assert (page.status_code, "Choose whether to release or to discard it" in page.text) == (422, True)
    assert door.settled == []


def test_a_refusal_is_said_on_the_page(client: TestClient, door: MemoryDoor) -> None:
    door.refusal = "The words have changed since you read them."
    page = client.post(PATH, data={"choice": "release", "seen": "other"})
    assert (page.status_code, door.refusal in page.text) == (422, True)


@pytest.mark.parametrize("token", [UNKNOWN, RUN_OUT])
def test_without_an_open_list_there_is_no_draft(client: TestClient, door: MemoryDoor, token: str) -> None:
    for method in ("GET", "POST"):
        page = client.request(method, f"/mine/{token}/briefing/{DRAFT.ref}", data={"choice": "release"})
        assert page.status_code == 410
        assert DRAFT.lines[0].text not in page.text
    assert door.settled == []


def test_a_draft_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get(f"/mine/{MINE}/briefing/action-plan/9/other").status_code == 404


@pytest.mark.requires("chromium")
def test_a_draft_is_released_from_the_list_by_keyboard_alone(plain: Page, door: MemoryDoor, tmp_path: Path) -> None:
    plain.goto(f"/mine/{MINE}")
    plain.get_by_role("link", name="Action plan submitted to Ofsted").focus()
    plain.keyboard.press("Enter")
    arrives(plain, "text=What do you want to do with it?")
    assert fits(plain)
    tab_to(plain, "choice")
    plain.keyboard.press("Space")
    plain.keyboard.press("Tab")
    plain.keyboard.press("Enter")
    arrives(plain, "text=Released")
    assert door.settled == [(DRAFT.ref, BriefingState.RELEASED, DRAFT.seen)]


@pytest.mark.requires("chromium")
@pytest.mark.parametrize("width", [320, 1280])
def test_the_list_and_the_draft_are_accessible(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/mine/{MINE}")
    assert faults(page) == ""
    page.goto(PATH)
    assert faults(page) == ""
    page.click("text=Save my decision")
    arrives(page, ".govuk-error-summary:focus")
    assert faults(page) == ""
    assert fits(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    arrives(page, "#choice:focus")
