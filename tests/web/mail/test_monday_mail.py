"""Test the look of the director's Monday mail: both parts say the same, and a telephone shows it without scrolling
aside.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from config.rendering.templates import render
from tests.web.looking import WCAG, faults, fits
from timeline.letters.mail_views import MailLine, MailLines

MAIL = MailLines(
    programme_name="Improvement programme",
    council_name="Medway Council",
    greeting="Director of People",
    intro="The week from Monday 11 November, by duty.",
    lines=(
        MailLine("For you to decide or sign", "Director signs off the action plan, due Thu 14 Nov; and 2 more."),
        MailLine("At risk", "Action plan to Ofsted: 2 tasks (1 red, 1 amber), the first due Tue 12 Nov."),
        MailLine("Moved", "PLO monitoring panel: Tue 12 Nov 2019 → Thu 14 Nov 2019."),
        MailLine("Met", "Improvement Board, held Wed 6 Nov 2019."),
        MailLine("On your own list", "1 draft for the lead member, to release or discard. Ask for your list here:"),
    ),
    list_url="https://daymark.council.example/mine",
    closing=("You can forward this mail as it is.",),
    shadow_for="Trial run until Friday 15 November 2019: this would have gone to the Director of People.",
    ref="abcdefgh23456789",
)


def text(mail: MailLines) -> str:
    return render("mail/lines.txt.jinja", mail=mail)


def html(mail: MailLines) -> str:
    return render("mail/lines.html.jinja", mail=mail)


def test_both_parts_say_the_same() -> None:
    plain, rich = " ".join(text(MAIL).split()), re.sub(r"<[^>]*>", "", html(MAIL))
    for line in MAIL.lines:
        for part in (plain, rich):
            assert f"{line.head}: {line.text}" in part
    for words in ("Dear Director of People,", MAIL.intro, *MAIL.closing, MAIL.shadow_for, MAIL.list_url, MAIL.ref):
        assert words in plain
        assert words in rich


def test_a_line_without_a_head_and_a_mail_without_an_address() -> None:
    quiet = replace(MAIL, lines=(MailLine("", "Nothing needs you this week."),), list_url="", shadow_for="")
    for part in (text(quiet), html(quiet)):
        assert "Nothing needs you this week." in part
        assert "http" not in part.replace("http://www.w3.org", "")
        assert ": Nothing" not in part


def test_no_line_of_the_text_is_too_long() -> None:
    assert max(len(line) for line in text(MAIL).splitlines()) <= 76


def test_what_is_typed_into_a_title_is_escaped() -> None:
    shown = replace(MAIL, lines=(MailLine("At risk", "<b>Panel</b>"),))
    assert "&lt;b&gt;Panel&lt;/b&gt;" in html(shown)
    assert "<b>Panel</b>" in text(shown)


@pytest.mark.requires("chromium")
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_it_is_accessible_and_fits(page: Page, width: int, tmp_path: Path) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(html(MAIL))
    assert faults(page, WCAG) == ""
    assert fits(page)
