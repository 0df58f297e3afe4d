"""Walk the pages that change something as a programme lead does, in a real browser and as axe judges them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tasks.council.each import Councils
from tasks.proposals.councils import CouncilRuns
from tasks.reports.offered import ReportsMade
from tasks.steering.records import ProgrammePages
from tests.harness import World
from tests.support import browsing
from tests.support.plan_books import two_hundred
from tests.support.stated import MEDWAY
from tests.web.conftest import Served
from tests.web.fakes import MemoryDoor, MemoryReviews
from tests.web.looking import faults, faults_in_dark, fits

pytestmark = [
    pytest.mark.requires("chromium"),
    pytest.mark.slow("walks ten changes of a whole council in Chromium, each page judged by axe"),
]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.apply()
        world.live("Wed 18 Sep 2019 08:30", "plo-panel")
        yield world.at("Wed 18 Sep 2019 10:00")


@pytest.fixture
def lead(browser: Browser, world: World) -> Iterator[Page]:
    given = world.settings
    pages: dict[str, Any] = {"councils": Councils(given), "programmes": ProgrammePages(given)}
    pages |= {"reports": ReportsMade(given), "runs": CouncilRuns(given)}
    with Served(MemoryDoor(), MemoryReviews(), **pages) as address:
        yield browsing.window(browser, viewport=browsing.NARROW, base_url=address)


def fill(page: Page, **answers: str) -> None:
    for name, value in answers.items():
        field = page.locator(f"#{name.replace('_', '-')}")
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def looked(page: Page, heading: str = "Check what would change") -> None:
    """Ask what would change, and judge the page that says so."""
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    assert fits(page)
    assert faults(page) == ""


def confirmed(page: Page) -> None:
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="It is done")).to_be_visible()


def day(name: str, on: int, month: int) -> dict[str, str]:
    return {name: f"{on}", f"{name}_month": f"{month}", f"{name}_year": "2019"}


def test_a_programme_lead_changes_what_a_council_has_without_a_shell(lead: Page, world: World, tmp_path: Path) -> None:
    lead.goto("/changes")
    assert faults(lead) == faults_in_dark(lead) == ""
    lead.get_by_role("link", name="Record a date").click()
    fill(lead, fact="visit_confirmed", ref="monitoring-visit/1", source="Ofsted's letter", **day("on", 1, 10))
    looked(lead)
    confirmed(lead)
    lead.goto("/changes/move?ref=plo-panel/1")
    looked(lead, "There is a problem")
    lead.get_by_label("It is moved to another day").check()
    fill(lead, source="The room is not free", **day("on", 1, 10))
    looked(lead)
    assert lead.get_by_text("Told the old date: Performance Lead").is_visible()
    confirmed(lead)
    world.deliver()
    world.expect_mail(to="performance_lead", about="The room is not free")
    lead.goto("/changes/away")
    fill(lead, person=world.address("performance_lead"), **day("from", 2, 12), **day("until", 6, 12))
    looked(lead)
    confirmed(lead)
    programme(lead, tmp_path)
    releases(lead, world)
    uploads(lead, tmp_path)
    assert world.timeline.council.name == "Medway Council (improving)"
    lead.goto("/changes")
    lead.get_by_role("link", name="Take back").click()
    looked(lead)
    confirmed(lead)
    assert world.timeline.council.name == "Medway Council"


def uploads(lead: Page, folder: Path) -> None:
    """Upload a timeline with a fault, and then without."""
    file = folder / "medway-2019.yaml"
    file.write_text("council:\n\t- broken\n")
    lead.goto("/changes/timeline")
    lead.locator("#file").set_input_files(file)
    looked(lead, "There is a problem")
    assert "Line 2" in lead.locator(".govuk-error-summary").inner_text()
    file.write_text(MEDWAY.read_text().replace("name: Medway Council", "name: Medway Council (improving)", 1))
    lead.locator("#file").set_input_files(file)
    looked(lead)
    confirmed(lead)


def programme(lead: Page, folder: Path) -> None:
    """Upload a plan with faults, and then without; say how one of its actions stands."""
    file = folder / "plan.xlsx"
    file.write_bytes(two_hundred())
    lead.goto("/changes/plan")
    lead.locator("#file").set_input_files(file)
    looked(lead, "There is a problem")
    assert "which names 2 owners" in lead.locator(".govuk-error-summary").inner_text()
    file.write_bytes(two_hundred(faulty=False))
    lead.locator("#file").set_input_files(file)
    looked(lead)
    wide(lead)
    confirmed(lead)
    lead.goto("/plan")
    assert fits(lead)
    lead.locator("table a").first.click()
    lead.get_by_role("link", name="Say how an action stands").first.click()
    lead.get_by_label("Slipping").check()
    fill(lead, why="The trainer is ill.")
    looked(lead)
    wide(lead)
    confirmed(lead)


def releases(lead: Page, world: World) -> None:
    """Release a report, for just the contents that were shown, with what it lacks."""
    lead.goto("/reports")
    fill(lead, kind="board")
    lead.get_by_role("button", name="Release a report").click()
    fill(lead, by=world.address("director"))
    looked(lead)
    wide(lead)
    lead.get_by_role("checkbox").check()
    confirmed(lead)
    lead.goto("/reports")
    assert lead.locator('a[href*="kind=board"][href*="format=pdf"]').is_visible()
    assert fits(lead)
    assert faults(lead) == ""
    wide(lead)


def wide(page: Page) -> None:
    """Judge the page in a usual window too."""
    page.set_viewport_size(browsing.USUAL)
    assert fits(page)
    assert faults(page) == ""
    page.set_viewport_size(browsing.NARROW)
