"""Look at the pages of the programme team, and of a board, in a real browser: narrow and wide, as axe judges them."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import browsing
from tests.timeline.literals import at as instant
from tests.timeline.picture.pictured import work
from tests.web.administrators.steered import MemorySteering
from tests.web.administrators.test_navigation import MemoryCouncils
from tests.web.conftest import Served
from tests.web.fakes import MemoryDoor, MemoryReviews
from tests.web.looking import faults, faults_in_dark, fits
from timeline.boards.page import BoardView, board_view
from timeline.letters.page_views import DeadLink

pytestmark = pytest.mark.requires("chromium")


class MemoryBoards:
    """Show the Improvement Board as it was on a day, with nobody's answers: much is red."""

    def open_board(self, _token: str, *, at: datetime) -> BoardView | DeadLink:
        moment = "Thu 21 Nov 2019 09:00"
        ends = (1204, "ab" * 32)
        return board_view(work(moment), "improvement-board", assurance=None, chain_end=ends, at=instant(moment))


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    steering, councils = MemorySteering(), MemoryCouncils("medway")
    door = MemoryDoor()
    with Served(door, MemoryReviews(), steering=steering, councils=councils, boards=MemoryBoards()) as address:
        yield address


@pytest.fixture
def front(browser: Browser, home: str) -> Page:
    return browsing.window(browser, base_url=home)


@pytest.mark.slow("loads the pages into a browser, first of this file")
def test_each_width_shows_its_own_picture_as_wide_as_the_page_and_the_table_opens(front: Page) -> None:
    for width, key in ((320, "narrow"), (1280, "page")):
        front.set_viewport_size({"width": width, "height": 900})
        front.goto("/")
        assert [each.is_visible() for each in front.locator(".daymark-picture").all()] == [
            key == "narrow",
            key == "page",
        ]
        assert fits(front)
        front.get_by_text("the same dates as a table").click()
        assert front.get_by_role("cell", name="Thu 28 Nov 2019").first.is_visible()
        assert fits(front)
    # A table of a thousand cells takes axe seconds, and is the same at each width.
    assert faults(front) == ""


def test_every_page_of_the_programme_team_fits_and_leads_on(front: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.steering.timeline_sheet.ON_A_PAGE", 40)
    front.set_viewport_size({"width": 320, "height": 900})
    for path in (
        "/timeline",
        "/timeline?until=all&page=3",
        "/task/action-plan/1/submitted",
        "/task/action-plan/1",
        "/people",
    ):
        front.goto(path)
        assert fits(front), path
        assert faults(front) == faults_in_dark(front) == "", path
    front.goto("/timeline?until=all&page=3")
    front.get_by_role("link", name="Next page").click()
    expect(front.get_by_text("Showing 121 to 160 of")).to_be_visible()
    front.goto("/")
    front.get_by_role("link", name="Timeline", exact=True).click()
    front.get_by_label("Duty").select_option("plo-panel")
    front.get_by_role("button", name="Show").click()
    front.wait_for_url("**/timeline?*plo-panel*")
    front.get_by_role("link", name="List of cases to the chair").first.click()
    expect(front.get_by_role("heading", level=1)).to_have_text("List of cases to the chair")


def test_a_boards_page_fits_each_width_and_leads_nowhere(front: Page) -> None:
    for width in (320, 1280):
        front.set_viewport_size({"width": width, "height": 900})
        front.goto("/board/abcdefghjkmnpq23")
        front.get_by_text("The same dates as a table").click()
        assert fits(front)
    assert faults(front) == ""
    assert [link.get_attribute("href") for link in front.locator("main a").all()] == []


def test_a_dark_screen_gets_dark_pages_on_which_the_picture_stays_light_and_paper_none(front: Page) -> None:
    front.goto("/")
    grounds = "[body => body, body => body.querySelector('svg')].map(of => getComputedStyle(of(body)).backgroundColor)"
    dark, white = "rgb(29, 33, 36)", "rgb(255, 255, 255)"
    front.emulate_media(color_scheme="dark")
    assert front.locator("body").evaluate(f"body => {grounds}") == [dark, white]
    front.emulate_media(color_scheme="dark", media="print")
    assert front.locator("body").evaluate(f"body => {grounds}")[0] == white
