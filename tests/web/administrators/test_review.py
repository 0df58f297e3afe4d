"""Test the review list without a browser: who may see it, what it shows, and what takes something off it."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor, MemoryReviews
from tests.web.views import HELD
from web.app import create_app

FIRST = HELD[0].id
OURS = {"sec-fetch-site": "same-origin"}
NOBODY = {"forwarded": "for=192.0.2.1", "via": "1.1 proxy", "x-real-ip": "192.0.2.1", "x-forwarded-for": "192.0.2.1"}
NOBODY |= {"X-Forwarded-Proto": "https", "x-forwarded-host": "daymark.council.example"}


def browsing(reviews: MemoryReviews, client: str = "127.0.0.1", **settings: Any) -> TestClient:
    chosen = page_settings(**{"base_url": "http://127.0.0.1:8480"} | settings)
    app = create_app(MemoryDoor(), chosen, reviews)
    return TestClient(app, base_url="http://127.0.0.1:8480", client=(client, 50000), follow_redirects=False)


# Who may see it


@pytest.mark.parametrize("client", ["127.0.0.1", "127.0.0.9", "::1"])
def test_whoever_sits_at_this_machine_sees_the_list(reviews: MemoryReviews, client: str) -> None:
    assert browsing(reviews, client).get("/review").status_code == 200
    assert 'href="/review">Answers to look through (2)</a>' in browsing(reviews, client).get("/").text


@pytest.mark.parametrize(
    ("client", "settings", "headers"),
    [
        ("192.0.2.1", {}, {}),
        ("testclient", {}, {}),
        ("127.0.0.1", {"bind": "0.0.0.0"}, {}),  # noqa: S104
        ("127.0.0.1", {"bind": "192.0.2.7"}, {}),
        # A proxy on this machine that adds no header of its own.
        ("127.0.0.1", {"base_url": "https://daymark.council.example"}, {}),
        *(("127.0.0.1", {}, {name: value}) for name, value in NOBODY.items()),
        # Where a proxy names people, being on this machine is not enough.
        ("127.0.0.1", {"identity_header": "X-Remote-User"}, {}),
        ("127.0.0.1", {"identity_header": "X-Remote-User"}, {"x-remote-user": "  "}),
        ("127.0.0.1", {"identity_header": "X-Remote-User"}, {"x-other-user": "sam"}),
    ],
)
def test_to_anybody_else_there_is_no_list(
    reviews: MemoryReviews, client: str, settings: dict[str, Any], headers: dict[str, str]
) -> None:
    theirs = browsing(reviews, client, **settings)
    page, unknown = theirs.get("/review", headers=headers), theirs.get("/nowhere", headers=headers)
    assert (page.status_code, page.text) == (404, unknown.text)
    assert theirs.post(f"/review/{FIRST}", data={"do": "close"}, headers=headers | OURS).status_code == 404
    assert "look through" not in theirs.get("/", headers=headers).text
    assert reviews.closed == []


def test_a_second_name_beside_the_proxys_opens_nothing(reviews: MemoryReviews) -> None:
    theirs = browsing(reviews, identity_header="X-Remote-User")
    given, two = ("x-remote-user", "thief"), ("X-Remote-User", "kim.cole")
    assert theirs.get("/review", headers=[two]).status_code == 200
    assert theirs.get("/review", headers=[given, two]).status_code == 404


def test_whom_a_proxy_names_sees_the_list_and_is_kept_with_what_they_did(reviews: MemoryReviews) -> None:
    theirs = browsing(reviews, "192.0.2.1", identity_header="X-Remote-User", base_url="https://daymark.council.example")
    headers = {"x-remote-user": "kim.cole", "x-forwarded-for": "198.51.100.4"} | OURS
    assert theirs.get("/review", headers=headers).status_code == 200
    assert "look through (2)" in theirs.get("/", headers=headers).text
    assert theirs.post(f"/review/{FIRST}", data={"do": "close"}, headers=headers).status_code == 303
    assert reviews.closed == [(FIRST, "kim.cole", False)]


# What it shows


def test_each_item_says_when_for_whom_about_what_and_why(reviews: MemoryReviews) -> None:
    page = browsing(reviews).get("/review").text
    for words in ("Mail, Thu 14 Nov 2019, 09:12", "Sam Hart, Director of People", "(action-plan/1/sign-off)"):
        assert words in page
    for words in ("“It is done”", "No clear answer", HELD[0].why, HELD[0].command, "Lee Park &lt;lee.park@"):
        assert words in page
    assert "Teams, Thu 14 Nov 2019, 09:20" in page


def test_words_are_folded_and_never_markup(reviews: MemoryReviews) -> None:
    page = browsing(reviews).get("/review").text
    assert page.count('<details class="govuk-details">') == 2
    assert "minutes.\n\n  &lt;script&gt;alert(1)&lt;/script&gt;</pre>" in page
    assert "<script" not in page


def test_what_was_held_back_says_what_it_looks_like(reviews: MemoryReviews) -> None:
    page = browsing(reviews).get("/review").text
    assert page.count("Take out what looks like an NHS number") == 1
    assert "Show the words that were held back" in page


def test_words_that_are_gone_offer_no_button(reviews: MemoryReviews) -> None:
    reviews.items = [review_item for review_item in reviews.items if not review_item.text] + [
        HELD[0].__class__(**vars(HELD[1]) | {"text": ""})
    ]
    page = browsing(reviews).get("/review").text
    assert "No words were kept." in page
    assert "Delete the words" not in page


def test_an_empty_list_says_so() -> None:
    assert "There is nothing to look through." in browsing(MemoryReviews([])).get("/review").text


# What takes something off it


@pytest.mark.parametrize(("do", "erase"), [("close", False), ("erase", True)])
def test_a_press_takes_it_off_the_list_once(reviews: MemoryReviews, do: str, erase: bool) -> None:
    mine = browsing(reviews)
    first = mine.post(f"/review/{FIRST}", data={"do": do}, headers=OURS)
    assert (first.status_code, first.headers["location"]) == (303, "/review?dealt=yes")
    again = mine.post(f"/review/{FIRST}", data={"do": do}, headers=OURS)
    assert again.headers["location"] == "/review?dealt=no"
    assert reviews.closed == [(FIRST, "an administrator at this machine", erase)]
    assert "It is off the list." in mine.get("/review?dealt=yes").text
    assert "Another person has dealt with it already" in mine.get("/review?dealt=no").text


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_changes_nothing(reviews: MemoryReviews, method: str) -> None:
    mine = browsing(reviews)
    assert mine.request(method, "/review").status_code == 200
    assert mine.request(method, f"/review/{FIRST}?do=close", headers=OURS).status_code == 405
    assert reviews.closed == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8480"},
        {"origin": "null"},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
    ],
)
def test_no_other_page_can_press_for_the_administrator(reviews: MemoryReviews, headers: dict[str, str]) -> None:
    page = browsing(reviews).post(f"/review/{FIRST}", data={"do": "erase"}, headers=headers)
    assert page.status_code == 403
    assert reviews.closed == []


@pytest.mark.parametrize("headers", [OURS, {"origin": "http://127.0.0.1:8480"}])
def test_our_own_page_can(reviews: MemoryReviews, headers: dict[str, str]) -> None:
    assert browsing(reviews).post(f"/review/{FIRST}", data={"do": "close"}, headers=headers).status_code == 303


@pytest.mark.parametrize("data", [{}, {"do": ""}, {"do": "answer"}])
def test_a_form_without_a_choice_changes_nothing(reviews: MemoryReviews, data: dict[str, str]) -> None:
    assert browsing(reviews).post(f"/review/{FIRST}", data=data, headers=OURS).status_code == 422
    assert reviews.closed == []


def test_forms_lead_to_addresses_made_of_digits_alone(reviews: MemoryReviews) -> None:
    assert set(re.findall(r'action="([^"]*)"', browsing(reviews).get("/review").text)) == {
        f"/review/{review_item.id}" for review_item in HELD
    }


def test_under_a_legal_hold_words_are_not_deleted_and_it_is_said(reviews: MemoryReviews) -> None:
    reviews.on_hold = "A legal hold stands."
    page = browsing(reviews).post(f"/review/{FIRST}", data={"do": "erase"}, headers=OURS)
    assert page.status_code == 409
    assert "The words are kept for now" in page.text
    assert "A legal hold stands." in page.text
    assert reviews.closed == []
