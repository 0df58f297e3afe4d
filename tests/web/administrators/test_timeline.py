"""Test the page of the timeline: its filters, its list, its picture, its files, and who may see it."""

import csv
import io
import re

import pytest

from tests.web.administrators.steered import MemorySteering, browsing


@pytest.fixture(scope="module")
def steering() -> MemorySteering:
    return MemorySteering()


def test_it_shows_the_picture_and_what_needs_somebody_each_with_its_colour_as_a_word(steering: MemorySteering) -> None:
    page = browsing(steering).get("/timeline").text
    assert page.count("<svg ") == 2
    assert "what needs somebody, and what is due by Thu 2 Jan 2020." in page
    assert 'href="/task/action-plan/1/submitted">' in page
    assert "Red" in page.partition("<h2")[2]
    assert "more come later or have no date." in page


def test_a_filter_offers_what_the_timeline_knows_and_keeps_what_was_chosen(steering: MemorySteering) -> None:
    page = browsing(steering).get("/timeline?duty=plo-panel&until=6months&class=C").text
    assert '<option value="plo-panel" selected' in page
    assert '<option value="6months" selected' in page
    assert "action-plan/1/" not in page.partition("The list")[2]
    assert "plo-panel/" in page.partition("The list")[2]
    assert "action-plan" not in page.partition("<svg ")[2].partition("</svg>")[0]
    assert 'href="/timeline.csv?duty=plo-panel&amp;until=6months&amp;class=C"' in page


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("duty=plo-panle", "There is no duty “plo-panle”. Did you mean “plo-panel”?"),
        ("post=directr", "There is no post “directr”. Did you mean “director”?"),
        ("rag=purple", "There is no colour “purple”; expected red, amber, green or grey."),
        ("class=Q", "There is no class “Q”; expected A, B, C or D."),
        ("until=soon", "“soon” is no day; expected a day such as 2019-12-01"),
    ],
)
def test_a_wrong_filter_is_told_kindly_and_nothing_is_listed(steering: MemorySteering, query: str, fault: str) -> None:
    answer = browsing(steering).get(f"/timeline?{query}")
    assert (answer.status_code, fault in answer.text, "<table" in answer.text) == (422, True, False)
    assert browsing(steering).get(f"/timeline.csv?{query}").status_code == 422


def test_the_files_have_the_same_filters(steering: MemorySteering) -> None:
    browser = browsing(steering)
    answer = browser.get("/timeline.csv?duty=plo-panel&until=2019-12-31")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {row["ref"].partition("/")[0] for row in rows} == {"plo-panel"}
    assert answer.headers["content-disposition"] == 'attachment; filename="timeline-2019-11-21.csv"'
    drawn = browser.get("/timeline.svg?duty=plo-panel")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert "PLO" in drawn.text
    assert "Action plan" not in drawn.text


def test_a_long_list_has_pages_that_keep_the_filters_and_the_files_have_everything(
    steering: MemorySteering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.steering.timeline_sheet.ON_A_PAGE", 9)
    browser, query = browsing(steering), "duty=plo-panel&until=all"
    whole = [row["ref"] for row in csv.DictReader(io.StringIO(browser.get(f"/timeline.csv?{query}&page=2").text[1:]))]
    pages = [browser.get(f"/timeline?{query}&page={number}").text for number in range(1, -(-len(whole) // 9) + 1)]
    listed = [re.findall(r"<code>(.*?)</code>", page.partition('id="list"')[2]) for page in pages]
    assert [ref for refs in listed for ref in refs] == whole
    assert f"Showing 10 to 18 of {len(whole)} tasks." in pages[1]
    assert f"<title>Timeline (page 2 of {len(pages)}) – " in pages[1]
    for number, page in ((2, pages[0]), (1, pages[1]), (3, pages[1])):
        assert f'href="/timeline?duty=plo-panel&amp;until=all&amp;page={number}#list"' in page
    assert ["<svg xmlns" in page.partition('id="list"')[0] for page in pages] == [True] + [False] * (len(pages) - 1)


def test_a_page_that_is_not_there_is_told_and_leads_to_the_first(steering: MemorySteering) -> None:
    answer = browsing(steering).get("/timeline?duty=plo-panel&page=77")
    assert (answer.status_code, "<table" in answer.text) == (422, False)
    assert "There is no page “77” of this list; expected 1, because the list has a single page." in answer.text
    assert 'href="/timeline?duty=plo-panel#list"' in answer.text


def test_a_short_list_has_no_pages(steering: MemorySteering) -> None:
    page = browsing(steering).get("/timeline?duty=plo-panel").text
    assert "Showing" not in page
    assert "govuk-pagination" not in page


def test_to_anybody_else_there_is_no_such_page(steering: MemorySteering) -> None:
    outsider = browsing(steering, client="192.0.2.1")
    for path in ("/timeline", "/timeline.csv", "/timeline.svg"):
        page = outsider.get(path)
        assert (page.status_code, page.text) == (404, outsider.get("/nowhere").text)


def test_the_address_names_one_of_several_councils(steering: MemorySteering) -> None:
    browser = browsing(steering, councils=("anytown", "medway"))
    assert '<input type="hidden" name="council" value="medway">' in browser.get("/timeline?council=medway").text
    assert browser.get("/timeline?council=elsewhere").status_code == 404
