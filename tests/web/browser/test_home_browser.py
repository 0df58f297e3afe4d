"""Test the front page with the timeline in a real browser: narrow and wide, as axe judges it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.timeline.picture.pictured import shown
from tests.web.administrators.test_home import MemoryPictures
from tests.web.conftest import Served
from tests.web.fakes import MemoryDoor, MemoryReviews
from tests.web.looking import faults, fits

pytestmark = pytest.mark.requires("chromium")


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    pictures = MemoryPictures((shown("Thu 21 Nov 2019 09:00"),))
    with Served(MemoryDoor(), MemoryReviews(), pictures=pictures) as address:
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
