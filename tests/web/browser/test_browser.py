"""Test the pages in a real browser: by keyboard alone, without scripts, on a narrow screen, and as axe judges them."""

import pytest
from playwright.sync_api import Page

from tests.web.conftest import Mails
from tests.web.fakes import MemoryDoor
from tests.web.looking import WCAG, arrives, faults, faults_in_dark, fits, focused, follow
from tests.web.mail.test_mail_templates import SEVERAL, html
from tests.web.views import DONE, MESSAGE, MINE, MOVED, NOTHING, OPEN, RUN_OUT
from timeline.answers.responses import Answer
from timeline.letters.page_views import Reply

pytestmark = pytest.mark.requires("chromium")
PATHS = ["/", f"/r/{OPEN}", f"/r/{DONE}", f"/r/{MESSAGE}", f"/r/{MOVED}", "/nowhere"]
PATHS += [f"/mine/{MINE}", f"/mine/{NOTHING}", f"/mine/{RUN_OUT}", "/review", "/absences"]


def test_done_is_answered_by_keyboard_alone_without_scripts_at_320_px(plain: Page, door: MemoryDoor) -> None:
    plain.goto(f"/r/{OPEN}")
    first = plain.locator("#answer").bounding_box()
    assert first
    assert first["y"] < 640  # the question stands on the first screen
    plain.keyboard.press("Tab")
    assert focused(plain) == "govuk-skip-link"
    plain.keyboard.press("Enter")
    arrives(plain, "#main-content:target")
    plain.keyboard.press("Tab")
    assert focused(plain) == "answer"
    plain.keyboard.press("Space")
    plain.keyboard.press("ArrowDown")
    plain.keyboard.press("Tab")
    assert focused(plain) == "evidence"
    plain.keyboard.type("Cabinet, 3 September 2019, item 6")
    plain.keyboard.press("Tab")
    assert focused(plain) == "who"
    plain.keyboard.press("Space")
    plain.keyboard.press("Tab")
    plain.keyboard.press("Enter")
    arrives(plain, ".govuk-panel--confirmation")
    assert plain.inner_text("h1") == "Thank you, we have your answer"
    assert door.told == [(OPEN, Reply(Answer.DONE, evidence="Cabinet, 3 September 2019, item 6"))]


def test_a_mistake_takes_the_focus_and_leads_to_its_field(plain: Page, door: MemoryDoor) -> None:
    plain.goto(f"/r/{OPEN}")
    plain.get_by_label("It is done").check()
    plain.get_by_label("I am answering for Sam Hart").check()
    plain.click("text=Send answer")
    # The browser moves the focus when it first paints, which on a busy machine is after it has loaded.
    arrives(plain, ".govuk-error-summary:focus")
    assert plain.title().startswith("Error: ")
    plain.keyboard.press("Tab")
    plain.keyboard.press("Enter")
    arrives(plain, "#evidence:focus")
    assert plain.get_by_label("It is done").is_checked()
    assert door.told == []


def test_a_question_shows_only_under_the_answer_it_belongs_to(plain: Page) -> None:
    plain.goto(f"/r/{OPEN}")
    fields = ["evidence", "help_text", "declined_text", "delegate", "delegated_text", "answered_by"]
    assert [field for field in fields if plain.is_visible(f"#{field}")] == []
    plain.get_by_label("I need help").check()
    plain.get_by_label("I am answering for Sam Hart").check()
    assert [field for field in fields if plain.is_visible(f"#{field}")] == ["help_text", "answered_by"]
    plain.get_by_label("Somebody else will do this").check()
    assert [field for field in fields if plain.is_visible(f"#{field}")] == ["delegate", "delegated_text", "answered_by"]


def test_words_of_several_lines_come_back_as_they_were(plain: Page) -> None:
    plain.goto(f"/r/{OPEN}")
    plain.get_by_label("I need help").check()
    plain.fill("#help_text", "One\n  two\n\nthree")
    plain.click("text=Send answer")
    arrives(plain, ".govuk-error-summary")
    assert plain.input_value("#help_text") == "One\n  two\n\nthree"


def test_no_page_is_wider_than_a_narrow_window(plain: Page, mails: Mails) -> None:
    mails.send("Improvement programme: " + "unbroken" * 12, html(SEVERAL))
    for path in (*PATHS, "/mail", "/mail/00000001"):
        plain.goto(path)
        assert fits(plain), path
    plain.goto("/review")
    for words in plain.get_by_text("Show the words").all():
        words.click()
    assert fits(plain)
    plain.goto(f"/r/{OPEN}")
    plain.get_by_label("Somebody else will do this").check()
    plain.get_by_label("I am answering for Sam Hart").check()
    assert fits(plain)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_are_accessible(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if width == 320 else "light")
    page.goto(path)
    assert faults(page) == ""
    assert page.locator("h1").count() == 1
    assert page.get_attribute("html", "lang") == "en"


def test_the_form_is_accessible_when_opened_when_wrong_and_when_sent(page: Page) -> None:
    page.goto(f"/r/{OPEN}")
    page.get_by_label("This is not mine").check()
    page.get_by_label("I am answering for Sam Hart").check()
    assert faults(page) == faults_in_dark(page) == ""
    page.click("text=Send answer")
    arrives(page, ".govuk-error-summary")
    assert faults(page) == faults_in_dark(page) == ""
    page.fill("#answered_by", "Lee Park")
    page.click("text=Send answer")
    arrives(page, ".govuk-panel--confirmation")
    assert faults(page) == faults_in_dark(page) == ""


def test_caught_mails_and_the_mail_itself_are_accessible(page: Page, mails: Mails) -> None:
    mails.send("Improvement programme: two things need you", html(SEVERAL))
    page.goto("/mail")
    assert faults(page) == ""
    page.click("text=two things need you")
    arrives(page, "iframe")
    page.click("text=Plain text")
    page.click("text=Headers")
    assert faults(page) == faults_in_dark(page) == ""
    page.goto("about:blank")  # our pages' policy would take the mail's styles away
    page.set_content(html(SEVERAL))
    assert faults(page, WCAG) == ""


def test_the_link_in_a_caught_mail_leads_out_of_its_frame_to_the_task(plain: Page, mails: Mails, served: str) -> None:
    body = html(SEVERAL).replace("https://daymark.council.example/r/abcdefgh23456789", f"{served}/r/{OPEN}")
    mails.send("Improvement programme: two things need you", body)
    plain.goto("/mail/00000001")
    follow(plain, "Open task 1 and answer", to=f"**/r/{OPEN}")
    assert plain.inner_text("h1") == "Director’s sign-off of the action plan"


def test_the_pages_break_no_rule_of_their_own_policy(page: Page, mails: Mails) -> None:
    mails.send("Improvement programme: two things need you", html(SEVERAL))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("/", f"/r/{OPEN}", f"/r/{MOVED}", f"/mine/{MINE}", "/review", "/mail", "/mail/00000001"):
        page.goto(path)
    assert [line for line in said if "410" not in line] == []


def test_the_checker_finds_a_fault_where_there_is_one(page: Page) -> None:
    page.set_content("<title>x</title><main><h1>x</h1><input></main>")
    assert "label" in faults(page)
