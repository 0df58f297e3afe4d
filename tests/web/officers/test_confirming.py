"""Test a second person at the pages in a real browser, and in Teams: a class A task confirmed, or sent back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from tests.harness import World
from tests.support import browsing
from tests.support.served import served
from tests.web.looking import arrives, faults, fits, follow, open_mail
from tests.web.teams_house import a_copy, app, say, unchanged
from timeline.answers.responses import Answer

DRAFT, SIGN_OFF = "action-plan/1/draft", "action-plan/1/sign-off"
OWNER, MANAGER = "improvement_programme_lead", "head_of_improvement"
LINK = "https://documents.medway.example/plan/draft-1"


# In a browser


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the draft was recorded as done, and the second person has the mail; it is Wed 25 Sep 2019 08:30."""
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.at("Tue 24 Sep 2019 10:00").answer(DRAFT, Answer.DONE, by=OWNER, evidence=LINK)
        world.live("Wed 25 Sep 2019 08:30", "action-plan")
        yield world


@pytest.fixture
def address(world: World) -> Iterator[str]:
    with served(world.settings) as address:
        yield address


@pytest.fixture
def task(browser: Browser, address: str) -> Page:
    """Give the page behind the caught mail's link, in a narrow window in which no script runs."""
    page = browsing.window(browser, viewport=browsing.NARROW, java_script_enabled=False, base_url=address)
    open_mail(page, "Please confirm")
    follow(page, "Open this task and confirm")
    return page


@pytest.mark.requires("chromium")
def test_a_second_person_sees_the_evidence_and_confirms(world: World, task: Page) -> None:
    assert task.get_by_role("link", name=LINK).get_attribute("href") == LINK
    assert task.get_by_label("I have this").count() == 0
    task.get_by_label("I confirm it").check()
    task.locator("#who").check()
    task.click("text=Send answer")
    arrives(task, ".govuk-panel--confirmation")
    assert "Confirmed as done" in task.inner_text("main")
    assert [response.answer for response in world.store.inbound.responses(refs={DRAFT})[DRAFT]] == [
        Answer.DONE,
        Answer.CONFIRMED,
    ]


@pytest.mark.requires("chromium")
def test_what_is_missing_must_be_said(world: World, task: Page) -> None:
    task.get_by_label("It is not done yet").check()
    task.locator("#who").check()
    task.click("text=Send answer")
    arrives(task, ".govuk-error-summary")
    assert "Enter what is missing" in task.inner_text(".govuk-error-summary")
    task.fill("#returned_text", "The annex is missing.")
    task.click("text=Send answer")
    arrives(task, ".govuk-panel--confirmation")
    assert world.store.inbound.responses(refs={DRAFT})[DRAFT][-1].text == "The annex is missing."


@pytest.mark.requires("chromium")
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_has_no_fault_that_axe_knows(browser: Browser, world: World, address: str, width: int) -> None:
    mail = world.expect_mail(to=MANAGER, about="Please confirm")
    link = next(word for word in mail.text.split() if "/r/" in word)
    page = browsing.window(browser, base_url=address)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(link)
    assert faults(page) == ""
    assert fits(page)


# In Teams


@pytest.fixture
def signed_off(teams_house: Path, tmp_path: Path) -> Iterator[World]:
    """Begin when the director has signed off the action plan: the deputy is the second person."""
    with a_copy(teams_house, tmp_path) as world:
        world.at("Wed 28 Aug 2019 09:00").answer(SIGN_OFF, Answer.DONE, by="director", evidence="Minutes, item 4")
        yield world.at("Wed 28 Aug 2019 10:00")
    shutil.rmtree(tmp_path / "house", ignore_errors=True)


@pytest.fixture
def client(signed_off: World) -> TestClient:
    return app(signed_off.settings)


def answers(world: World) -> list[Answer]:
    return [response.answer for response in world.store.inbound.responses(refs={SIGN_OFF})[SIGN_OFF]]


def test_confirmed_in_teams(client: TestClient, signed_off: World) -> None:
    said = say(client, signed_off, f"confirm {SIGN_OFF}", by="head-of-safeguarding")
    assert said == (
        f"{SIGN_OFF}: Confirmed as done. Recorded on Wednesday 28 August 2019 at 10:00. "
        "Nobody will be asked about this again."
    )
    assert answers(signed_off) == [Answer.DONE, Answer.CONFIRMED]


def test_sent_back_in_teams_with_words(client: TestClient, signed_off: World) -> None:
    assert "Please say what is missing" in unchanged(
        client, signed_off, f"return {SIGN_OFF}", by="head-of-safeguarding"
    )
    said = say(client, signed_off, f"return {SIGN_OFF} the annex is missing", by="head-of-safeguarding")
    assert said.startswith(f"{SIGN_OFF}: Recorded as not done yet.")
    assert signed_off.store.inbound.responses(refs={SIGN_OFF})[SIGN_OFF][-1].text == "the annex is missing"


def test_who_did_it_cannot_confirm_it_in_teams(client: TestClient, signed_off: World) -> None:
    said = unchanged(client, signed_off, f"confirm {SIGN_OFF}", by="director")
    assert (
        said
        == "Whoever did it, or recorded it, cannot confirm it. It waits for the Head of safeguarding to confirm it."
    )


def test_a_negation_in_teams_changes_nothing(client: TestClient, signed_off: World) -> None:
    said = unchanged(client, signed_off, f"confirm {SIGN_OFF} but the annex is missing", by="head-of-safeguarding")
    assert "nothing was recorded" in said


def test_the_list_in_teams_shows_what_waits_for_a_second_person(client: TestClient, signed_off: World) -> None:
    said = say(client, signed_off, "list", by="head-of-safeguarding")
    assert f"{SIGN_OFF} – " in said
    assert "done, please confirm" in said
    assert SIGN_OFF not in say(client, signed_off, "list", by="director")
