"""Test done-when 4: from the caught mail to `daymark show`, in a real browser, on the real house."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page

from cli.main import run as daymark
from tests.harness import World, first_panel, snapshot
from tests.support import browsing
from tests.support.rotation import CROWD
from tests.support.served import served
from tests.web.looking import arrives, faults, fits, follow, open_mail
from timeline.answers.inbound import Inbound, InboundState, inbound_id
from timeline.answers.responses import Answer

pytestmark = pytest.mark.requires("chromium")
CASES = "plo-panel/1/cases"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the performance lead has had the first mail about the first panel; it is Wed 28 Aug 2019 08:30."""
    with first_panel(tmp_path) as world:
        yield world


@pytest.fixture
def address(world: World) -> Iterator[str]:
    with served(world.settings) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Page:
    """Give a narrow window in which no script of a page runs."""
    return browsing.window(browser, viewport=browsing.NARROW, java_script_enabled=False, base_url=address)


def links(world: World) -> list[str]:
    """Give every address in the caught mail to the performance lead."""
    mail = world.expect_mail(to="performance_lead")
    return sorted({word for word in mail.text.split() if word.startswith("http")})


def follow_the_mails_link(page: Page, subject: str = "send the chair the list") -> None:
    open_mail(page, subject)
    follow(page)


def shown(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert daymark(["show", CASES, "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_done_with_evidence_goes_from_the_caught_mail_to_show(
    world: World, page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    follow_the_mails_link(page)
    assert shown(capsys)["state"] == "open"
    page.get_by_label("It is done").check()
    page.fill("#evidence", "Minutes of 3 September, item 2")
    page.locator("#who").check()
    page.click("text=Send answer")
    arrives(page, ".govuk-panel--confirmation")
    told = shown(capsys)
    assert told["state"] == "done"
    (answer,) = [line for line in told["trail"] if line["what"] == "done"]
    assert (answer["who"], answer["via"]) == ("performance-lead", "page")
    assert "Minutes of 3 September, item 2" in answer["why"]


@pytest.mark.slow("many looks at each of several links")
def test_many_looks_at_every_link_of_the_mail_change_nothing(world: World, address: str) -> None:
    urls = links(world)
    assert urls
    before = snapshot(world.store)
    with httpx.Client(follow_redirects=True, timeout=60) as scanner:
        for link in urls:
            for _ in range(CROWD):
                assert scanner.get(link).status_code == 200
                assert scanner.head(link).status_code == 200
    assert snapshot(world.store) == before
    assert len(world.mails()) == 1


def test_a_form_without_a_choice_changes_nothing(world: World, page: Page) -> None:
    follow_the_mails_link(page)
    before = snapshot(world.store)
    page.click("text=Send answer")
    arrives(page, ".govuk-error-summary")
    assert "Select what you want to tell us" in page.inner_text(".govuk-error-summary")
    assert snapshot(world.store) == before


def test_answering_for_somebody_keeps_both_names(world: World, page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    follow_the_mails_link(page)
    page.get_by_label("I have this").check()
    page.get_by_label("I am answering for Performance Lead").check()
    page.fill("#answered_by", "Pat Assistant")
    page.click("text=Send answer")
    arrives(page, ".govuk-panel--confirmation")
    (answer,) = [line for line in shown(capsys)["trail"] if line["what"] == "acknowledged"]
    assert answer["who"] == "Pat Assistant for performance-lead"


@pytest.mark.slow("many threads answer at once")
def test_many_racing_answers_make_one_acknowledgement(world: World, address: str) -> None:
    (link, *_) = [each for each in links(world) if "/r/" in each]
    with httpx.Client() as browser, ThreadPoolExecutor(CROWD) as presses:
        told = {"answer": "acknowledged", "who": "self"}
        pages = list(presses.map(lambda _: browser.post(link, data=told, timeout=60), range(CROWD)))
    assert {response.status_code for response in pages} == {200}
    assert len(world.store.inbound.responses(refs={CASES})[CASES]) == 1
    assert [event.what for event in world.store.audit.events()].count("acknowledged") == 1
    assert world.store.audit.verify() is None


def test_a_task_is_passed_on_in_the_browser_and_show_has_both_people(
    world: World, page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    follow_the_mails_link(page)
    page.get_by_label("Somebody else will do this").check()
    page.fill("#delegate", "project.support@medway.example")
    page.locator("#who").check()
    page.click("text=Send answer")
    arrives(page, "text=Passed on")
    told = shown(capsys)
    assert told["state"] == "open"
    (answer,) = [line for line in told["trail"] if line["what"] == "delegated"]
    assert answer["who"] == "performance-lead"
    world.at("Wed 28 Aug 2019 11:00").deliver()
    world.expect_mail(to="project_support", about="List of cases")


def test_all_tasks_open_through_a_mail_of_their_own(world: World, page: Page) -> None:
    follow_the_mails_link(page)
    world.at("Wed 28 Aug 2019 10:00")
    page.click("text=Send me the link")
    arrives(page, "text=Check your mail")
    page.goto("/mail")
    while "the link to your tasks" not in page.content():  # it leaves once the page has gone out
        page.reload()
    open_mail(page, "the link to your tasks")
    follow(page, "See all my tasks", to="**/mine/*")
    assert page.inner_text("h1") == "Your tasks"
    page.get_by_role("link", name="Send the chair the list").first.click()
    page.wait_for_url("**/r/*")
    assert page.inner_text("h1") == "Send the chair the list"


@pytest.mark.parametrize("width", [320, 1280])
def test_the_real_list_and_review_list_have_no_fault_that_axe_knows(
    world: World, browser: Browser, address: str, width: int
) -> None:
    world.at("Wed 28 Aug 2019 10:00")
    hold(world)
    (link, *_) = [each for each in links_ever(world) if "/r/" in each]
    httpx.post(f"{link}/mine", timeout=60)
    page = browsing.window(browser, base_url=address)
    page.set_viewport_size({"width": width, "height": 900})
    while not world.mails(about="the link to your tasks"):
        page.goto("/mail")
    mail = world.expect_mail(to="performance_lead", about="the link to your tasks")
    for path in (next(word for word in mail.text.split() if "/mine/" in word), "/review", "/"):
        page.goto(path)
        assert faults(page) == ""
        assert fits(page)


def test_what_was_held_is_looked_through_and_its_words_are_erased(
    world: World, page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    hold(world)
    before = snapshot(world.store)
    page.goto("/")
    page.get_by_role("link", name="Answers to look through (1)").click()
    page.wait_for_url("**/review")
    page.get_by_text("Show the words").first.click()
    assert page.get_by_text("Dealt with, I think").is_visible()
    assert "Performance Lead" in page.content()
    assert f"daymark ack {CASES} --as ADDRESS --for performance.lead@medway.example" in page.content()
    assert snapshot(world.store) == before
    page.click("text=Delete the words")
    arrives(page, "text=It is off the list.")
    assert world.store.inbound.held() == ()
    assert not any("Dealt with, I think" in row for rows in snapshot(world.store).values() for row in rows)
    (event,) = [
        audit_event
        for audit_event in world.store.audit.events()
        if audit_event.what == "message reviewed and its words erased"
    ]
    assert (event.who, *event.texts) == ("", "who")
    assert shown(capsys)["state"] == "open"


def hold(world: World) -> None:
    """See that a mail came in that could not be taken for an answer by itself."""
    world.store.inbound.record(
        Inbound(
            id=inbound_id("mail", "<1@elsewhere.example>"),
            via="mail",
            received_at=world.now,
            kind="response",
            state=InboundState.HELD,
            why="The sender is not the person who was asked.",
            person=world.person("performance_lead"),
            milestone=CASES,
            asks=Answer.ACKNOWLEDGED,
            sender="stranger@elsewhere.example",
            text="Dealt with, I think",
        )
    )


def links_ever(world: World) -> list[str]:
    mails = world.mails(to="performance_lead", ever=True)
    return [word for mail in mails for word in mail.text.split() if word.startswith("http")]
