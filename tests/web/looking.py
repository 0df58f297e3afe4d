"""What tests in a browser look at: what axe finds, where the focus is, whether a page fits its window."""

from collections.abc import Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# A mail is read inside a page of its reader's, so what axe advises of landmarks is not for it.
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def faults(page: Page, rules: Sequence[str] = (*WCAG, "best-practice")) -> str:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": rules}})
    return "" if not found.violations_count else str(found.generate_report())


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.className"))


def tab_to(page: Page, where: str) -> None:
    """Presses Tab until the element of that id, or class, has the focus; a page has no more than thirty stops."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if where in focused(page).split():
            return
    pytest.fail(f"Tab never reached {where}")


def fits(page: Page, where: str = "html") -> bool:
    """Whether nothing of the page, or of the element that the selector names, must be scrolled to sideways."""
    return bool(page.locator(where).evaluate("element => element.scrollWidth <= element.clientWidth"))
