"""Test docs/timeline.svg is what the code draws, small enough for a page, and seen where people look first."""

from config.settings import ROOT
from tests.docs import picture_page


def test_it_is_what_the_code_draws() -> None:
    stands = picture_page.PICTURE.read_text()
    assert stands == picture_page.page(), "Make it anew: make docs"
    assert len(stands) < 80_000


def test_the_readme_and_the_page_on_pictures_show_it() -> None:
    assert "(docs/timeline.svg)" in (ROOT / "README.md").read_text()
    assert "(timeline.svg)" in (ROOT / "docs/pictures.md").read_text()
