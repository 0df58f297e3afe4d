"""Look at the pages of the programme team in a real browser: narrow and wide, as axe judges them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.administrators.steered import MemorySteering
from tests.web.administrators.test_navigation import MemoryCouncils
from tests.web.conftest import Served
from tests.web.fakes import MemoryDoor, MemoryReviews
from tests.web.looking import faults, fits

pytestmark = pytest.mark.requires("chromium")


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    with Served(MemoryDoor(), MemoryReviews(), steering=MemorySteering(), councils=MemoryCouncils("medway")) as address:
        yield address


@pytest.fixture
def front(browser: Browser, home: str) -> Iterator[Page]:
    context = browser.new_context(base_url=home)
    yield context.new_page()
    context.close()


def test_each_width_shows_its_own_picture_as_wide_as_the_page_and_the_table_opens(front: Page) -> None:
    for width, key in ((320, "narrow"), (1280, "page")):
        front.set_viewport_size({"width": width, "height": 900})
        front.goto("/")
        assert [one.is_visible() for one in front.locator(".daymark-picture").all()] == [key == "narrow", key == "page"]
        assert fits(front)
        front.get_by_text("the same dates as a table").click()
        assert front.get_by_role("cell", name="Thu 28 Nov 2019").first.is_visible()
        assert fits(front)
        assert faults(front) == ""


def test_every_page_of_the_programme_team_fits_and_leads_on(front: Page) -> None:
    front.set_viewport_size({"width": 320, "height": 900})
    for path in ("/timeline", "/task/action-plan/1/submitted", "/task/action-plan/1", "/people"):
        front.goto(path)
        assert fits(front), path
        assert faults(front) == "", path
    front.goto("/")
    front.get_by_role("link", name="Timeline", exact=True).click()
    front.get_by_label("Duty").select_option("plo-panel")
    front.get_by_role("button", name="Show").click()
    front.get_by_role("link", name="List of cases to the chair").first.click()
    assert front.get_by_role("heading", level=1).inner_text() == "List of cases to the chair"
