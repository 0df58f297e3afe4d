"""Test a picture as SVG and PNG: well-formed, escaped, readable, the same bytes each time."""

import re
from dataclasses import replace
from io import BytesIO
from itertools import product
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from config.rendering.picture_png import png
from config.rendering.picture_svg import FILL, INK, SIGN, svg
from tests.docs.picture_page import as_shown
from tests.timeline.literals import at
from tests.timeline.picture.pictured import shown
from timeline.picture.contents import Contents
from timeline.picture.items import Mark
from timeline.picture.layout import lay_out
from timeline.picture.paper import NARROW, PAGE

SVG = "{http://www.w3.org/2000/svg}"


def hostile() -> Contents:
    of = shown("Thu 21 Nov 2019 09:00")
    rows = tuple(row._replace(title=f"<b>{row.title}</b> & “more”") for row in of.rows)
    return replace(of, rows=rows, headline='<script>alert("x")</script> 2 red')


def test_it_is_well_formed_names_itself_and_says_its_words_as_text() -> None:
    drawn = svg(lay_out(hostile(), PAGE), key="page")
    root = ElementTree.fromstring(drawn)  # noqa: S314 (our own words)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "page-title page-desc")
    assert str(root.findtext(f"{SVG}title")).startswith('<script>alert("x")</script> 2 red')
    assert "The table of dates has the same values." in str(root.findtext(f"{SVG}desc"))
    words = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert any(word.startswith("<b>") for word in words)
    assert not list(root.iter(f"{SVG}script")) + list(root.iter(f"{SVG}b"))


def test_no_style_stands_in_a_tag_because_the_pages_allow_none() -> None:
    drawn = svg(lay_out(shown("Thu 21 Nov 2019 09:00"), PAGE))
    assert "style" not in drawn
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")


def test_two_pictures_on_a_page_share_no_id() -> None:
    of = shown("Thu 21 Nov 2019 09:00")
    ids = [re.findall(r' id="([^"]+)"', svg(lay_out(of, paper), key=paper.key)) for paper in (PAGE, NARROW)]
    assert len(ids[0]) == len(set(ids[0]))
    assert not set(ids[0]) & set(ids[1])


def test_each_mark_that_is_used_is_defined() -> None:
    drawn = svg(lay_out(shown("Thu 21 Nov 2019 09:00"), PAGE))
    used, defined = set(re.findall(r'href="#([^"]+)"', drawn)), set(re.findall(r'<g id="([^"]+)"', drawn))
    assert used <= defined


def luminance(colour: str) -> float:
    digits = colour.lstrip("#") if len(colour) == 7 else "".join(digit * 2 for digit in colour.lstrip("#"))
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(given: str, other: str) -> float:
    light, dark = sorted((luminance(given), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mark", list(Mark))
def test_the_letter_of_a_mark_and_its_line_can_be_read(mark: Mark) -> None:
    fill, line, letter = SIGN[mark]
    assert contrast(fill, letter) >= 4.5
    assert contrast("#ffffff", line) >= 3


def test_text_can_be_read_on_everything_it_may_stand_on() -> None:
    grounds = ["#ffffff", FILL["pre-election"], FILL["window"], FILL["holiday"], FILL["closure"]]
    for ink, ground in product(("ink", "muted", "group", "pre-election-ink"), grounds):
        assert contrast(INK[ink], ground) >= 4.5, (ink, ground)
    assert contrast(INK["on-today"], INK["today"]) >= 4.5
    assert contrast(FILL["window-line"], "#ffffff") >= 3


def test_a_png_is_twice_as_large_and_the_same_bytes_each_time() -> None:
    picture = lay_out(shown("Thu 21 Nov 2019 09:00"), NARROW)
    short = picture._replace(height=120)
    content = png(short)
    assert content == png(short)
    with Image.open(BytesIO(content)) as image:
        assert image.format == "PNG"
        assert image.size == (2 * NARROW.width, 240)
        # The headline is drawn: text needs fonts.
        assert min(image.convert("L").tobytes()) < 60


def test_with_few_colours_each_shade_and_each_mark_however_rare_stands_as_it_is() -> None:
    part = lay_out(as_shown(at("Mon 11 Nov 2019 08:25")), NARROW)
    whole, few = png(part, zoom=1), png(part, zoom=1, colours=48)
    assert len(few) < len(whole) / 2
    with Image.open(BytesIO(few)) as image:
        counted: list[Any] = image.convert("RGB").getcolors(1 << 16) or []
    seen = {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in counted}
    assert len(seen) <= 48
    marks = {SIGN[mark][0] for mark in (Mark.RED, Mark.AMBER, Mark.GREEN, Mark.DONE)}
    assert {"#ffffff", FILL["pre-election"], FILL["holiday"], FILL["window"], *marks} <= seen
