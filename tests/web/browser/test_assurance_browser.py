"""Test the page of assurance in a real browser: as axe judges it, and in a narrow window."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.applied import pages_port
from tests.support import browsing
from tests.web.administrators.test_assurance import VIEW, MemoryAssurances
from tests.web.conftest import Served
from tests.web.fakes import MemoryDoor, MemoryReviews
from tests.web.looking import arrives, faults, fits

pytestmark = pytest.mark.requires("chromium")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with Served(MemoryDoor(), MemoryReviews(), port=pages_port(), assurances=MemoryAssurances()) as address:
        yield browsing.window(browser, base_url=address)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_is_accessible_and_fits_its_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.emulate_media(color_scheme="dark" if width == 320 else "light")
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Assurance").click()
    arrives(page, f"text={VIEW.unexplained[0]}")
    assert faults(page) == ""
    assert fits(page)


def test_a_tablet_shows_every_figure_without_scrolling(page: Page) -> None:
    page.set_viewport_size({"width": 768, "height": 1024})
    page.goto("/assurance")
    assert fits(page, ".daymark-wide")
