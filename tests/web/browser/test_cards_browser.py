"""Test cards as Microsoft's own renderer (npm adaptivecards) draws them in a real browser, with markdown
switched on.
"""

import json
import os
import shutil
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.support import browsing, parts
from tests.timeline.letters.cards import CORRECTION, HOSTILE, MAIL, SAM, several_tasks
from tests.timeline.letters.test_bot_cards import BOUND, OTHERS, VIEW, council_of
from tests.web.looking import fits
from timeline.answers.responses import State
from timeline.letters.bot_cards.answered import Shown, gone_card, task_card, tasks_card
from timeline.letters.card import acting_card, as_json, card, correction_card
from timeline.letters.page_views import DeadLink, Recorded

pytestmark = pytest.mark.requires("chromium")
PATIENCE = 600 if parts.everything_is_required() else 120
# Versions that these tests were looked at with.
PACKAGES = {"adaptivecards@3.0.6": "dist/adaptivecards.min.js", "markdown-it@14.1.0": "dist/markdown-it.min.js"}
# Long words are broken, as in Teams.
STYLE = "body { width: 27rem; font-family: sans-serif; overflow-wrap: anywhere }"
PAGE = f'<!doctype html><html lang="en"><title>Card</title><style>{STYLE}</style><main>'
# Colours of Teams' own: ground, words, quiet words, good and attention.
LIGHT = ("#ffffff", "#242424", "#616161", "#237b4b", "#c4314b")
DARK = ("#292929", "#ffffff", "#adadad", "#92c353", "#f9526b")
# What Teams does too: markdown of TextBlocks, and a font of its own. No host is told of a fault but through `faults`.
DRAW = """([given, [ground, words, quiet, good, attention]]) => {
    const read = new AdaptiveCards.AdaptiveCard(), context = new AdaptiveCards.SerializationContext();
    AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
        result.outputHtml = window.markdownit({html: true, linkify: true}).render(text);
        result.didProcess = true;
    };
    window.opened = [];
    read.onExecuteAction = action => window.opened.push([action.title, action.url]);
    read.hostConfig = new AdaptiveCards.HostConfig({
        fontFamily: "sans-serif", supportsInteractivity: true, spacing: {large: 24, padding: 12},
        fontSizes: {small: 12, default: 14, large: 18}, actions: {buttonSpacing: 8, actionsOrientation: "horizontal"},
        containerStyles: Object.fromEntries(["default", "emphasis"].map(style => [style, {
            backgroundColor: ground, foregroundColors: {
                default: {default: words, subtle: quiet}, good: {default: good}, attention: {default: attention}}}])),
    });
    document.body.style.background = ground;
    read.parse(given, context);
    // Its pattern for `lang` remembers where it ended, and would refuse every second card: a bare one takes that place.
    new AdaptiveCards.AdaptiveCard().parse(
        {type: "AdaptiveCard", version: "1.5", lang: "en"}, new AdaptiveCards.SerializationContext());
    document.querySelector("main").replaceChildren(read.render());
    const count = context.eventCount, faults = [];
    for (let n = 0; n < count; n++) faults.push(context.getEventAt(n).message);
    return faults;
}"""


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Give the two packages from the registry that npm is set up for; without npm or without it the tests are
    skipped.
    """
    npm, folder = shutil.which("npm"), tmp_path_factory.mktemp("npm")
    if npm is None:
        pytest.skip("npm is not on this machine: it fetches the package that draws cards")
    fetch = [npm, "pack", "--silent", "--ignore-scripts", "--cache", str(folder / "cache"), *PACKAGES]
    try:
        done = subprocess.run(fetch, cwd=folder, capture_output=True, timeout=PATIENCE, env=_quiet(folder), check=False)
    except subprocess.TimeoutExpired:
        pytest.skip("npm's registry did not answer in time: it has the package that draws cards")
    if done.returncode:
        pytest.skip("npm cannot reach its registry, which has the package that draws cards")
    return [_script(folder, name, path) for name, path in PACKAGES.items()]


def _quiet(folder: Path) -> dict[str, str]:
    # A build, which skips nothing, asks a registry that is slow for longer.
    again = "5" if parts.everything_is_required() else "1"
    return {**os.environ, "npm_config_update_notifier": "false", "npm_config_fetch_retries": again}


def _script(folder: Path, package: str, path: str) -> Path:
    name = package.replace("@", "-")
    with tarfile.open(folder / f"{name}.tgz") as tar:
        taken = tar.extractfile(f"package/{path}")
        assert taken
        (folder / f"{name}.js").write_bytes(taken.read())
    return folder / f"{name}.js"


@pytest.fixture
def page(browser: Browser, scripts: list[Path]) -> Page:
    page = browsing.window(browser, viewport={"width": 480, "height": 900}, offline=True)
    page.set_content(PAGE)
    for script in scripts:
        page.add_script_tag(path=script)
    return page


def draw(page: Page, card: dict[str, Any], name: str = "") -> str:
    """Draw the card in dark and then in light, and give what a person sees of it.

    Fail for anything the renderer finds wrong with it. Where DAYMARK_TEST_PICTURES names a folder, pictures by that
    `name` are kept to look at.
    """
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    folder, seen = os.environ.get("DAYMARK_TEST_PICTURES"), set()
    for theme, colours in (("dark", DARK), ("light", LIGHT)):
        # The renderer knows the cards of the published schema, not Teams' own key.
        assert page.evaluate(DRAW, [json.loads(as_json(card)), colours]) == []
        seen.add(str(page.inner_text("main")))
        if folder and name:
            page.screenshot(path=Path(folder) / f"{name}-{theme}.png", full_page=True)
    assert asked == []
    (words,) = seen
    return words


def test_the_card_shows_what_is_asked_and_both_buttons(page: Page) -> None:
    seen = draw(page, card(MAIL, several=False, teams=SAM), "one")
    for task in (MAIL.intro, MAIL.tasks[0].title, MAIL.tasks[0].asks, MAIL.tasks[0].why, "Thursday 14 November."):
        assert task in seen
    assert page.get_by_role("heading").inner_text() == "Improvement programme – Medway Council"
    assert page.get_by_role("link").all_inner_texts() == ["Acknowledge", "I need help"]


def test_a_button_opens_the_tasks_page_and_does_nothing_else(page: Page) -> None:
    draw(page, card(MAIL, several=False))
    page.get_by_role("link", name="I need help").click()
    assert page.evaluate("window.opened") == [["I need help", MAIL.tasks[0].url]]
    assert page.locator("input, form, a").count() == 0


def test_several_tasks_stand_apart_with_their_own_buttons(page: Page) -> None:
    seen = draw(page, card(several_tasks(3), several=False), "three")
    assert "2. Task number 2 of the list" in seen
    assert page.get_by_role("link", name="Acknowledge 3").count() == 1


def test_thirty_tasks_are_drawn_with_all_their_buttons(page: Page) -> None:
    draw(page, card(several_tasks(30), several=False), "thirty")
    assert page.get_by_role("link").count() == 60


def test_a_channel_sees_dates_and_no_button(page: Page) -> None:
    seen = draw(page, card(several_tasks(3), several=True), "channel")
    assert "Thursday 14 November" in seen
    assert page.get_by_role("link").count() == 0


def test_a_card_of_the_bot_shows_all_its_buttons_and_asks_for_the_evidence(page: Page) -> None:
    draw(page, acting_card(MAIL, others=OTHERS), "acting")
    buttons = ["I have this", "It is done", "I need help", "Not mine", "Somebody else"]
    assert page.get_by_role("button").all_inner_texts() == buttons
    assert fits(page)
    page.get_by_role("button", name="It is done").click()
    assert page.get_by_label("A link, or a reference, that shows it is done").is_visible()


def test_the_card_that_stands_there_afterwards_says_how_the_task_stands(page: Page) -> None:
    has_it = replace(VIEW, state=State.ACKNOWLEDGED, takes_back=True)
    told = Recorded("You have this", ("Recorded on Thursday 7 November 2019 at 09:12.", "We ask again on Thu 14 Nov."))
    seen = draw(page, task_card(has_it, BOUND, recorded=told, others=OTHERS), "answered")
    assert "You have this." in seen
    assert page.get_by_role("button", name="Undo").is_visible()
    council = council_of()
    seen = draw(page, gone_card(council, BOUND, DeadLink("moved")), "gone")
    assert "Nothing is asked here any more" in seen
    shown = [Shown(1, has_it, BOUND), Shown(2, DeadLink("closed"), BOUND), Shown(3, VIEW, BOUND)]
    draw(page, tasks_card(council, shown), "all")
    assert page.get_by_role("button", name="Answer otherwise 3").is_visible()
    assert fits(page)


def test_a_correction_is_drawn(page: Page) -> None:
    seen = draw(page, correction_card(CORRECTION, several=False), "correction")
    assert "Now due in 4 working days (6 calendar days), Wednesday 20 November." in seen


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("several", [False, True])
def test_hostile_words_are_shown_as_they_are_and_become_nothing(page: Page, value: str, several: bool) -> None:
    task = replace(MAIL.tasks[0], title=value, asks=value, why=value, obligation_title=value, ask_sentence=value)
    view = replace(MAIL, tasks=(task,), programme_name=value, council_name=value, greeting_name=value, shadow_for=value)
    seen = draw(page, card(view, several=several), "" if several else f"hostile-{list(HOSTILE.values()).index(value)}")
    assert page.locator("main").locator("a, img, b, strong, em, code, h2, li, blockquote, s").count() == 0
    assert fits(page)
    if value.startswith("**Bold**"):
        assert "**Bold** _it_ [press](https://evil.example) # h > q ~~s~~ `c`" in seen
    if value.startswith("{{{"):
        assert "2017-02-14T06:00:00Z" in seen
