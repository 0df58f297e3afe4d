"""Share one browser among the tests of a worker, and a window among those that open it alike.

A start of Chromium takes 1.5 s of processor time, a window a third of a second: a new process draws it.
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, Playwright, ViewportSize, expect, sync_playwright

_QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", *_QUIET]

USUAL: ViewportSize = {"width": 1280, "height": 720}
NARROW: ViewportSize = {"width": 320, "height": 640}

PATIENCE = 120_000
"""The milliseconds after which a browser has waited in vain, whatever else the machine has to do."""
_running: list[tuple[Playwright, Browser]] = []
_windows: dict[str, Page] = {}


def browser_of(chromium: Path) -> Browser:
    """Give the browser of this process, started at the first call."""
    if not _running:
        expect.set_options(timeout=PATIENCE)
        playwright = sync_playwright().start()
        _running.append((playwright, playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)))
    return _running[0][1]


def window(browser: Browser, *, viewport: ViewportSize = USUAL, **how: Any) -> Page:
    """Give an empty window that was opened so, with nothing of the test before: no cookie, and the size it had."""
    key = repr((viewport, sorted(how.items())))
    if key not in _windows or _has_crashed(_windows[key]):
        _windows[key] = browser.new_context(viewport=viewport, **how).new_page()
        _windows[key].set_default_timeout(PATIENCE)
        return _windows[key]
    page = _windows[key]
    page.context.clear_cookies()
    page.emulate_media(media="null", color_scheme=how.get("color_scheme", "null"))
    page.set_viewport_size(viewport)
    return page


def _has_crashed(page: Page) -> bool:
    """Empty the page, and tell whether it cannot be: one that has crashed fails its own test, and no other."""
    try:
        page.goto("about:blank")
    except Error:
        return True
    return False


def end() -> None:
    """End the browser: while it lives Playwright holds an event loop, in which no async test could start."""
    _windows.clear()
    for playwright, browser in _running:
        browser.close()
        playwright.stop()
    _running.clear()
