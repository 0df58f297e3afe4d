"""Give tests in a browser what they look at and do: what axe finds, where the focus is, which link of a mail is
followed.
"""

from collections.abc import Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# A mail is read inside a page of its reader's, so what axe advises of landmarks is not for it.
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def faults(page: Page, rules: Sequence[str] = (*WCAG, "best-practice")) -> str:
    """Describe each fault that axe finds on the page once its style has come; nothing when there is none."""
    page.wait_for_load_state("load")
    # What passes is not looked at, and would be described element by element.
    asked = {"runOnly": {"type": "tag", "values": rules}, "resultTypes": ["violations"]}
    axe_results = Axe().run(page, options=asked)
    return "" if not axe_results.violations_count else str(axe_results.generate_report())


def faults_in_dark(page: Page) -> str:
    """Judge the colours of the page as whoever has asked for a dark screen sees them."""
    page.emulate_media(color_scheme="dark")
    in_dark = faults(page, ("wcag2aa",))
    page.emulate_media(color_scheme="light")
    return in_dark


def arrives(page: Page, what: str) -> None:
    """Wait until what the selector names stands on the page, and all of the page has come."""
    page.wait_for_selector(what)
    page.wait_for_load_state("load")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.className"))


def tab_to(page: Page, where: str) -> None:
    """Press Tab until the element of that id, or class, has the focus; a page has no more than thirty stops."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if where in focused(page).split():
            return
    pytest.fail(f"Tab never reached {where}")


def fits(page: Page, where: str = "html") -> bool:
    """Tell whether nothing of the page, or of the element that the selector names, must be scrolled to sideways.

    The text of a page is there before its style: after a click, the page is judged only once all of it has come.
    """
    page.wait_for_load_state("load")
    return bool(page.locator(where).evaluate("element => element.scrollWidth <= element.clientWidth"))


def follow(page: Page, link: str = "", *, to: str = "**/r/*") -> None:
    """Follow a link (the first one unless its words are given) out of the frame of the mail that is open."""
    inside = page.frame_locator("iframe")
    locator = inside.get_by_role("link", name=link) if link else inside.get_by_role("link").first
    locator.click()
    page.wait_for_url(to)


def open_mail(page: Page, subject: str) -> None:
    """Open the newest caught mail with these words in its subject."""
    page.goto("/mail")
    page.locator("a", has_text=subject).first.click()
    arrives(page, "iframe")
