"""Test the page of absences without a browser: who may see it, what it shows, and where it leads."""

from html import unescape

import pytest
from starlette.testclient import TestClient

from tests.web.administrators.test_review import OURS
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryAbsences, MemoryDoor
from web.app import create_app


@pytest.fixture
def absences() -> MemoryAbsences:
    return MemoryAbsences()


def browsing(absences: MemoryAbsences, client: str = "127.0.0.1") -> TestClient:
    settings = page_settings(base_url="http://127.0.0.1:8480")
    app = create_app(MemoryDoor(), settings, absences=absences)
    return TestClient(app, base_url="http://127.0.0.1:8480", client=(client, 50000), follow_redirects=False)


def test_it_shows_each_absence_and_who_has_the_tasks(absences: MemoryAbsences) -> None:
    page = browsing(absences).get("/absences").text
    assert "the tasks go to the Assistant Director until Friday 22 November 2019." in page
    assert "does not count until somebody confirms it" in page
    assert 'href="/changes/back?absence=sam-hart%2F2019-11-22"' in page
    day = "when=later&last-day=31&last-month=3&last-year=2020"
    assert f'href="/changes/back?absence=kim-cole%2F2020-03-31&{day}"' in unescape(page)
    home = browsing(absences).get("/").text
    assert 'href="/absences">Days away (2)</a>' in home
    assert "1 by a note wait to be confirmed" in home


def test_to_anybody_else_there_is_no_such_page(absences: MemoryAbsences) -> None:
    outsider = browsing(absences, "192.0.2.1")
    page, unknown = outsider.get("/absences"), outsider.get("/nowhere")
    assert (page.status_code, page.text) == (404, unknown.text)
    assert browsing(absences).post("/absences", headers=OURS).status_code == 405
    assert "Days away" not in outsider.get("/").text
