"""Test the way from the caught mail to `daymark show`: a real browser follows the link, and somebody answers by
keyboard.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from cli.main import run as daymark
from tests.harness import World
from tests.support import browsing
from tests.support.served import served
from tests.web.looking import arrives, faults, follow, open_mail, tab_to

pytestmark = pytest.mark.requires("chromium")
DRAFT = "action-plan/1/draft"
WIDTHS = (320, 1280)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin before the programme lead has the first mail about the first draft."""
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        yield world


@pytest.fixture
def address(world: World) -> Iterator[str]:
    with served(world.settings) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Page:
    return browsing.window(browser, base_url=address)


def shown(capsys: pytest.CaptureFixture[str], ref: str = DRAFT) -> dict[str, object]:
    capsys.readouterr()
    assert daymark(["show", ref, "--json"]) == 0
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


def follow_the_mails_link(page: Page) -> None:
    open_mail(page, "draft the action plan")
    follow(page)


def test_a_mails_link_is_followed_and_answered_by_keyboard_and_show_has_it(
    world: World, page: Page, capsys: pytest.CaptureFixture[str], prefect_api: str
) -> None:
    world.at("Mon 23 Sep 2019 07:30").run("action-plan")
    world.at("Mon 23 Sep 2019 08:30").run("notify")
    assert shown(capsys)["state"] == "open"
    follow_the_mails_link(page)
    assert page.inner_text("h1") == "Draft the action plan"
    assert shown(capsys)["state"] == "open"  # following the link has answered nothing
    world.at("Mon 23 Sep 2019 10:05")
    tab_to(page, "answer")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "evidence")
    page.keyboard.type("Improvement Board, 20 September 2019, item 4")
    tab_to(page, "who")
    page.keyboard.press("Space")
    tab_to(page, "govuk-button")
    page.keyboard.press("Enter")
    arrives(page, ".govuk-panel--confirmation")
    told = shown(capsys)
    assert told["state"] == "unconfirmed"  # class A: a second person has yet to confirm it
    (answer,) = [each for each in _trail(told) if each["what"] == "done"]
    assert answer["at"] == "2019-09-23T10:05:00+01:00"
    assert (answer["who"], answer["via"]) == ("programme-lead", "page")
    assert "Improvement Board, 20 September 2019, item 4" in answer["why"]


def test_what_was_answered_is_not_asked_again(world: World, page: Page) -> None:
    world.live("Mon 23 Sep 2019 08:30", "action-plan")
    follow_the_mails_link(page)
    page.get_by_label("It is done").check()
    page.fill("#evidence", "Improvement Board, item 4")
    page.locator("#who").check()
    page.click(".govuk-button")
    arrives(page, ".govuk-panel--confirmation")
    for day in ("Thu 26 Sep 2019", "Mon 30 Sep 2019", "Thu 3 Oct 2019", "Fri 4 Oct 2019"):
        world.live(f"{day} 08:30", "action-plan")
        world.expect_no_mail(to="improvement_programme_lead", about="First draft")


def test_the_real_pages_have_no_fault_that_axe_knows(world: World, page: Page) -> None:
    world.live("Mon 23 Sep 2019 08:30", "action-plan")
    follow_the_mails_link(page)
    _expect_no_fault(page)
    page.get_by_label("It is done").check()
    page.click(".govuk-button")
    arrives(page, ".govuk-error-summary")
    _expect_no_fault(page)
    page.fill("#evidence", "Improvement Board, item 4")
    page.locator("#who").check()
    page.click(".govuk-button")
    arrives(page, ".govuk-panel--confirmation")
    _expect_no_fault(page)


def _expect_no_fault(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == "", width


def _trail(given: dict[str, object]) -> list[dict[str, str]]:
    trail = given["trail"]
    assert isinstance(trail, list)
    return trail
