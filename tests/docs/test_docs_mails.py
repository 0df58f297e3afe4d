"""Test docs/mails.md shows each kind of mail as it is made today, in words and as a picture."""

import json
import re

import pytest

from tests.docs.mails_kinds import kinds
from tests.docs.mails_page import DRAWN, PAGE, PICTURES, digests, page
from tests.docs.mails_told import Kind
from timeline.letters.asking.subject import LONGEST

KINDS = tuple(kinds())
# Words of the rules, of the commands and of the code, which no colleague would write to another.
MACHINE = re.compile(
    r"daymark (?!council)|working date|legal date|\(local|\(verified|\(secondary|inferred|Number \d+:|_|--"
    r"|\b(?:milestone|rung|prompt|ledger|occurrence|obligation|token)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
)


def test_the_page_says_what_the_mails_say() -> None:
    assert PAGE.read_text() == page(), "Make it anew: make docs"


def test_each_picture_was_drawn_from_the_mail_as_it_is() -> None:
    assert json.loads(DRAWN.read_text()) == digests(), "Draw them anew, on a machine with Chromium: make docs"
    assert {picture.stem for picture in PICTURES.glob("*.png")} == set(digests())
    assert sum(picture.stat().st_size for picture in PICTURES.iterdir()) < 1_600_000


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_no_mail_speaks_the_words_of_the_machine(kind: Kind) -> None:
    words = re.sub(r"^-{20,}$|https?://\S+", "", f"{kind.subject}\n{kind.text}", flags=re.MULTILINE)
    assert MACHINE.findall(words) == []


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_no_subject_is_too_long(kind: Kind) -> None:
    assert len(kind.subject.partition(" [ref:")[0]) <= LONGEST


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.html], ids=[kind.name for kind in KINDS if kind.html])
def test_both_parts_of_each_mail_say_the_same(kind: Kind) -> None:
    button = {"or", "to", "answer", "press", "the", "button", "if", "does", "not", "work"}
    assert said(kind.html) - said(kind.text) <= button | said(peek(kind))
    assert said(kind.text) - said(kind.html) <= {"use", "this", "link"}


def said(text: str) -> set[str]:
    """Give the words of a part, whatever their order, without the labels of its buttons."""
    label = r"<a [^>]*font-weight:bold[^>]*>[^<]*</a>"
    hidden = r"<style>.*?</style>|<title>.*?</title>|<!--.*?-->"
    shown = re.sub(rf"{label}|{hidden}|<[^>]*>", " ", text, flags=re.DOTALL)
    return set(re.findall(r"[a-z0-9]+", re.sub(r"&#?\w+;", " ", shown).lower()))


def peek(kind: Kind) -> str:
    given = re.search(r"mso-hide:all;\">(.*?)</div>", kind.html, re.DOTALL)
    return given[1] if given else ""
