"""Ask the page of reports: it offers every kind, gives the file that was chosen, and stores nothing."""

from collections.abc import Iterator
from io import BytesIO

import docx
import pytest
from starlette.testclient import TestClient

from cli.run.first_start import pages
from tests.harness import World, snapshot
from timeline.reports.kinds import KINDS


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("reports")) as world:
        world.apply()
        yield world.at("Wed 4 Sep 2019 10:00")


@pytest.fixture(scope="module")
def browser(house: World) -> TestClient:
    return TestClient(pages(house.settings), base_url=house.settings.base_url, client=("127.0.0.1", 50000))


def test_the_page_offers_every_report_and_every_area_and_leads_there_from_every_other(browser: TestClient) -> None:
    page = browser.get("/reports").text
    assert [key for key, kind in KINDS.items() if f'<option value="{key}">{kind.title}</option>' not in page] == []
    assert '<option value="early-help">' in page
    assert 'value="2019-09-04"' in page
    assert "No report was released yet." in page
    assert 'href="/reports"' in browser.get("/timeline").text


def test_a_chosen_report_is_downloaded_in_word_or_as_pdf_and_nothing_is_stored(
    house: World, browser: TestClient
) -> None:
    before = snapshot(house.store)
    answer = browser.get("/reports/file?kind=board&area=&as_at=2019-09-03&format=docx")
    assert answer.headers["content-disposition"] == 'attachment; filename="medway-board-2019-09-03.docx"'
    opened = docx.Document(BytesIO(answer.content))
    assert opened.sections[0].header.paragraphs[0].text == "Medway Council\t\tDRAFT"
    of_area = browser.get("/reports/file?kind=inspector&area=health&as_at=&format=pdf")
    assert of_area.headers["content-disposition"] == 'attachment; filename="medway-inspector-health-2019-09-04.pdf"'
    assert of_area.headers["content-type"] == "application/pdf"
    assert of_area.content.startswith(b"%PDF-")
    assert snapshot(house.store) == before


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("kind=bord&format=pdf", "There is no report “bord”; expected "),
        ("kind=inspector&format=pdf", "It is about one area; expected "),
        ("kind=board&format=odt", "There is no format “odt”; expected docx or pdf."),
        ("kind=board&format=pdf&as_at=2019-13-01", "2019-13-01"),
        ("kind=board&format=pdf&as_at=4.9.2019", "Did you mean 2019-09-04?"),
        ("kind=board&format=pdf&as_at=2019-09-05", "is to come; expected today, or an earlier day."),
        ("kind=board&format=pdf&as_at=2019-08-01", "so nothing of them may be told"),
    ],
)
def test_what_cannot_be_made_is_told_on_the_page_with_what_was_chosen(
    browser: TestClient, query: str, fault: str
) -> None:
    answer = browser.get(f"/reports/file?{query}")
    assert (answer.status_code, fault in answer.text) == (422, True)
    assert "content-disposition" not in answer.headers


def test_to_anybody_else_there_is_no_such_page(house: World) -> None:
    outsider = TestClient(pages(house.settings), base_url=house.settings.base_url, client=("192.0.2.1", 50000))
    for path in ("/reports", "/reports/file?kind=board&format=pdf"):
        assert (outsider.get(path).status_code, outsider.get(path).text) == (404, outsider.get("/nowhere").text)
