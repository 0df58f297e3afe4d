"""Test that we are not on gov.uk: nothing of its typeface or arms is served."""

import re
from importlib.metadata import metadata

from web.stylesheet import STATIC, neutral


def test_the_committed_stylesheet_loads_nothing() -> None:
    css = (STATIC / "govuk-frontend.min.css").read_text()
    assert not re.search(r"url\(|@font-face|@import|sourceMappingURL|crest", css)
    assert "GDS Transport" not in css.replace("the GDS Transport typeface", "")
    assert css.startswith('@charset "UTF-8";/*! govuk-frontend, MIT licence')
    assert neutral(css) == css


def test_it_is_of_the_version_the_macros_were_written_for() -> None:
    readme = metadata("govuk-frontend-jinja").json["description"]
    macros = re.search(r"GOV\.UK%20Frontend-v([\d.]+)-", str(readme))
    css = re.search(r'--govuk-frontend-version:"([\d.]+)"', (STATIC / "govuk-frontend.min.css").read_text())
    assert macros
    assert css
    assert macros[1] == css[1]


def test_each_colour_of_a_dark_screen_is_one_that_the_stylesheet_asks_for() -> None:
    given, asked = ((STATIC / name).read_text() for name in ("dark.css", "govuk-frontend.min.css"))
    colours = set(re.findall(r"(--govuk-[\w-]+):", given))
    assert colours
    assert colours <= set(re.findall(r"var\((--govuk-[\w-]+),", asked))


def test_only_text_is_served_and_its_licence_beside_it() -> None:
    assert {file.suffix for file in STATIC.iterdir()} == {".css", ".md", ".svg", ".txt"}
    assert "Permission is hereby granted" in (STATIC / "LICENCE-govuk-frontend.txt").read_text()


def test_every_rule_but_those_that_load_something_is_kept() -> None:
    css = (
        '@charset "UTF-8";/*! font */@font-face{font-family:GDS Transport;src:url(/a.woff2) format("woff2")}'
        ".a{color:red;background-image:url(/crest.svg);margin:0}.b{font-family:GDS Transport,arial,sans-serif}"
        "/*# sourceMappingURL=x.map */"
    )
    assert neutral(css).endswith("*/.a{color:red;margin:0}.b{font-family:Arial,Helvetica,sans-serif}\n")
