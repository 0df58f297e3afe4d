"""Test the page of absences without a browser: who may see it, what it shows, and what it takes."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.web.administrators.test_review import OURS
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryAbsences, MemoryDoor
from web.app import create_app

NAMED = {"council": "medway", "person": "sam-hart", "named": "2019-11-22"}
DAY = {"day": "20", "month": "11", "year": "2019"}


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
    assert "Confirm this day" in page
    home = browsing(absences).get("/").text
    assert 'href="/absences">Days away (2)</a>' in home
    assert "1 by a note wait to be confirmed" in home


def test_to_anybody_else_there_is_no_such_page(absences: MemoryAbsences) -> None:
    outsider = browsing(absences, "192.0.2.1")
    page, unknown = outsider.get("/absences"), outsider.get("/nowhere")
    assert (page.status_code, page.text) == (404, unknown.text)
    assert outsider.post("/absences", data=NAMED | DAY | {"do": "until"}, headers=OURS).status_code == 404
    assert "Days away" not in outsider.get("/").text
    assert absences.ended == []


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_no_other_page_may_send_the_form(absences: MemoryAbsences, headers: dict[str, str]) -> None:
    page = browsing(absences).post("/absences", data=NAMED | DAY | {"do": "until"}, headers=headers)
    assert (page.status_code, absences.ended) == (403, [])


@pytest.mark.parametrize(("do", "last_on"), [("until", date(2019, 11, 20)), ("back", None)])
def test_a_day_is_taken_with_who_said_it_and_a_reload_sends_nothing(
    absences: MemoryAbsences, do: str, last_on: date | None
) -> None:
    browser = browsing(absences)
    page = browser.post("/absences", data=NAMED | DAY | {"do": do}, headers=OURS)
    assert (page.status_code, page.headers["location"]) == (303, "/absences?said=yes")
    who = "an administrator at this machine"
    assert absences.ended == [("medway", "sam-hart", "2019-11-22", last_on, who)]
    assert "It is recorded." in browser.get("/absences?said=yes").text


@pytest.mark.parametrize(
    "day",
    [
        {},
        {"day": "", "month": "", "year": ""},
        {"day": "31", "month": "2", "year": "2019"},
        {"day": "²", "month": "1", "year": "2019"},
        {"day": "1", "month": "1", "year": "99999"},
        {"day": "<b>", "month": "1", "year": "2019"},
    ],
)
def test_what_is_no_day_is_asked_for_again_and_nothing_is_kept(absences: MemoryAbsences, day: dict[str, str]) -> None:
    page = browsing(absences).post("/absences", data=NAMED | day | {"do": "until"}, headers=OURS)
    assert page.status_code == 422
    assert "Enter the last day away as day, month and year" in page.text
    assert "<b>" not in page.text
    assert absences.ended == []


def test_a_day_that_cannot_be_is_refused_with_its_sentence(absences: MemoryAbsences) -> None:
    absences.refusal = "Monday 1 July 2019 has passed: expected the last day away, from yesterday on."
    page = browsing(absences).post("/absences", data=NAMED | DAY | {"do": "until"}, headers=OURS)
    assert (page.status_code, page.text.count(absences.refusal)) == (422, 2)
