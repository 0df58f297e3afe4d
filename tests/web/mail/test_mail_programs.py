"""Test the HTML of the mails as far as rules can tell: caniemail's data for Outlook, Gmail and Apple Mail, by
doiuse-email; and in a real browser, light and dark, narrow and wide.
"""

import json
import re
import subprocess
from functools import cache

import pytest
from playwright.sync_api import Page

from tasks.channels.smtp.pictures import taken_out
from tests.docs.mails_kinds import kinds
from tests.docs.mails_told import Kind
from tests.support import parts
from tests.web.looking import WCAG, faults, fits

PROGRAMS = ("outlook.*", "gmail.*", "apple-mail.*")

# What a program leaves out, and why the mail is as good without it there.
AS_GOOD_WITHOUT = {
    "<body> element": "Replaced by an element that keeps the styles; the table inside has the same background.",
    "@media": "Programs that know no dark colours show the light ones, which stand in the elements.",
    "display:none": "The preheader is hidden by its size too, and Outlook reads mso-hide.",
    "overflow": "Of the preheader alone, which has no size.",
    "role attribute": "Windows Mail reads the tables aloud as tables; the words are in order.",
    "word-break": "A long address is wider than the window of Windows Mail; the button beside it is not.",
}


@cache
def shown() -> dict[str, Kind]:
    return {kind.name: kind for kind in kinds() if kind.html}


@pytest.mark.slow("every kind of mail, through the checker, a program in another language")
@pytest.mark.requires("mail-checker")
def test_mail_programs_show_what_matters() -> None:
    given = json.dumps({name: as_sent(kind) for name, kind in shown().items()})
    checker = str(parts.require("mail-checker"))
    ran = subprocess.run([checker, *PROGRAMS], input=given, capture_output=True, text=True, check=True, timeout=300)
    told = json.loads(ran.stdout)
    assert set(told) == set(shown())
    left_out = {error.partition("`")[2].partition("`")[0] for errors in told.values() for error in errors}
    assert left_out <= set(AS_GOOD_WITHOUT), "A mail program does not show it: say why it does no harm, or do without."


@pytest.mark.requires("mail-checker")
def test_the_checker_finds_a_fault_where_there_is_one() -> None:
    given = json.dumps({"flex": '<div style="display:flex">a</div>'})
    checker = str(parts.require("mail-checker"))
    ran = subprocess.run([checker, *PROGRAMS], input=given, capture_output=True, text=True, check=True, timeout=300)
    assert "outlook.windows" in ran.stdout


def as_sent(kind: Kind) -> str:
    return taken_out(kind.html, domain="council.example")[0]


def test_no_mail_fetches_a_picture_or_anything_else() -> None:
    """Test that the only picture comes with its mail, and has words for who does not see it."""
    pictured, named = [], r'<img src="cid:[0-9a-f]{32}@council\.example" width="\d+" height="\d+" alt="[^"]+"'
    for kind in shown().values():
        words, pictures = re.subn(named, "", as_sent(kind))
        pictured += [kind.name] * pictures
        assert not re.search(r"<img|<script|<link|<iframe|url\(|src=|@import|background=", words), kind.name
    assert pictured == ["monday"]


@pytest.mark.requires("chromium")
@pytest.mark.parametrize(("width", "colours"), [(320, "light"), (1280, "dark")])
def test_mails_fit_and_can_be_read_in_light_and_dark(page: Page, width: int, colours: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
    for name in ("several", "trial", "moved", "unclear", "monday"):
        page.set_content(shown()[name].html)
        assert fits(page), name
        assert faults(page, WCAG) == "", name
    background = page.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor")
    assert background == ("rgb(29, 33, 36)" if colours == "dark" else "rgb(255, 255, 255)")
