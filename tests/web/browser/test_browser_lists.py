"""Test passing on, the list of all tasks and the review list in a real browser: by keyboard, narrow, as axe judges
them.
"""

import pytest
from playwright.sync_api import Page, expect

from config.rendering.templates import render
from tests.web.fakes import MemoryDoor, MemoryReviews
from tests.web.looking import WCAG, arrives, faults, fits, focused, tab_to
from tests.web.views import HELD, MESSAGE, MINE, OPEN
from timeline.answers.responses import Answer
from timeline.letters.page_views import Reply

pytestmark = pytest.mark.requires("chromium")


def test_a_task_is_passed_on_by_keyboard_alone_without_scripts_at_320_px(plain: Page, door: MemoryDoor) -> None:
    plain.goto(f"/r/{OPEN}")
    tab_to(plain, "answer")
    plain.keyboard.press("Space")
    plain.keyboard.press("ArrowUp")  # from the first of a group of radios to its last
    plain.keyboard.press("Tab")
    assert focused(plain) == "delegate"
    plain.keyboard.type("lee.park@council.example")
    plain.keyboard.press("Tab")
    plain.keyboard.type("You chair it")
    plain.keyboard.press("Tab")
    plain.keyboard.press("Space")
    plain.keyboard.press("Tab")
    plain.keyboard.press("Enter")
    arrives(plain, ".govuk-panel--confirmation")
    assert door.told == [(OPEN, Reply(Answer.DELEGATED, text="You chair it", delegate="lee.park@council.example"))]


def test_whom_a_task_cannot_go_to_is_said_where_it_was_typed(page: Page, door: MemoryDoor) -> None:
    door.refusal = "Nobody on this timeline has that email address."
    page.goto(f"/r/{OPEN}")
    page.get_by_label("Somebody else will do this").check()
    page.fill("#delegate", "lee@elsewhere.example")
    page.locator("#who").check()
    page.click("text=Send answer")
    arrives(page, ".govuk-error-summary:focus")
    assert faults(page) == ""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    arrives(page, "#delegate:focus")
    assert page.input_value("#delegate") == "lee@elsewhere.example"


def test_the_list_of_all_tasks_is_asked_for_by_keyboard(plain: Page, door: MemoryDoor) -> None:
    plain.goto(f"/r/{MESSAGE}")
    tab_to(plain, "govuk-button")
    plain.keyboard.press("Enter")
    arrives(plain, "text=Check your mail")
    assert door.asked == [MESSAGE]
    assert fits(plain)


def test_the_page_after_asking_is_accessible(page: Page) -> None:
    page.goto(f"/r/{OPEN}")
    page.click("text=Send me the link")
    arrives(page, "text=Check your mail")
    assert faults(page) == ""


def test_a_task_is_opened_from_the_list(plain: Page) -> None:
    plain.goto(f"/mine/{MINE}")
    plain.get_by_role("link", name="Director’s sign-off of the action plan").click()
    plain.wait_for_url(f"**/r/{OPEN}")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_review_list_is_worked_off_by_keyboard(page: Page, reviews: MemoryReviews, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/")
    page.get_by_role("link", name="Answers to look through (2)").click()
    page.wait_for_url("**/review")
    for words in page.get_by_text("Show the words").all():
        words.click()
    assert page.get_by_text("943 476 5919").is_visible()
    assert faults(page) == ""
    page.locator("text=Delete the words").first.focus()
    page.keyboard.press("Enter")
    arrives(page, "text=It is off the list.")
    assert faults(page) == ""
    page.click("text=I have dealt with it")
    arrives(page, "text=There is nothing to look through.")
    assert faults(page) == ""
    assert [(id_, erased) for id_, _, erased in reviews.closed] == [(HELD[0].id, True), (HELD[1].id, False)]


def test_words_that_were_held_back_are_hidden_until_they_are_opened(plain: Page) -> None:
    plain.goto("/review")
    words = plain.get_by_text("943 476 5919")
    assert not words.is_visible()
    plain.get_by_text("Show the words that were held back").click()
    assert words.is_visible()


def test_another_page_cannot_work_off_the_review_list(page: Page, reviews: MemoryReviews, served: str) -> None:
    foreign = f"<form method=post action='{served}/review/{HELD[0].id}'><button name=do value=erase>x</button></form>"
    page.set_content(foreign)
    page.click("button")
    arrives(page, "text=We cannot take that")
    assert reviews.closed == []


def test_the_mail_with_the_link_to_the_list_is_accessible(page: Page) -> None:
    mail = {"council_name": "Medway Council", "programme_name": "Improvement programme", "greeting_name": "Sam Hart"}
    mail |= {"url": f"https://daymark.council.example/mine/{MINE}", "minutes": "30", "ref": MESSAGE}
    page.set_content(render("mail/confirm.html.jinja", mail=mail))
    assert faults(page, WCAG) == ""
    assert "30 minutes" in render("mail/confirm.txt.jinja", mail=mail)


@pytest.mark.parametrize("width", [320, 1280])
def test_who_has_no_link_asks_by_address_with_the_keyboard_alone(plain: Page, door: MemoryDoor, width: int) -> None:
    plain.set_viewport_size({"width": width, "height": 900})
    plain.goto("/mine")
    assert fits(plain)
    tab_to(plain, "address")
    plain.keyboard.press("Enter")
    arrives(plain, ".govuk-error-summary")
    plain.fill("#address", "sam.hart@council.example")
    plain.keyboard.press("Enter")
    arrives(plain, "text=Check your mail")
    assert door.addresses == ["sam.hart@council.example"]


def test_the_page_that_asks_for_an_address_is_accessible(page: Page) -> None:
    page.goto("/mine")
    assert faults(page) == ""
    page.click("text=Send me the link")
    arrives(page, ".govuk-error-summary:focus")
    assert faults(page) == ""


def test_days_away_are_ended_without_scripts_at_320_px(plain: Page, door: MemoryDoor) -> None:
    plain.goto(f"/mine/{MINE}")
    plain.get_by_label("Day", exact=True).fill("31")
    plain.get_by_label("Month").fill("2")
    plain.get_by_role("button", name="Save").click()
    arrives(plain, ".govuk-error-summary >> text=Enter the last day away")
    plain.get_by_role("button", name="Back today").click()
    expect(plain.locator(".govuk-inset-text")).to_have_text("It is recorded.")
    assert door.ended == [(MINE, "2019-11-22", None)]
