"""Test what is stopped or paused, first on every page: all of it for administrators, and to others that no mail
leaves.
"""

from dataclasses import dataclass, field
from datetime import datetime

import pytest
from starlette.testclient import TestClient

from tests.web.administrators.test_assurance import MemoryAssurances
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor, MemoryReviews
from tests.web.views import MOVED, OPEN
from web.app import create_app

EVERYTHING = "Action plan is paused since Monday by Programme lead."
BRIEF = "Mails do not leave at present."


@dataclass
class MemoryQuiets:
    asked: list[str] = field(default_factory=list)

    def sentences(self, *, at: datetime) -> tuple[str, ...]:
        self.asked.append("everything")
        return (EVERYTHING,)

    def brief(self, token: str) -> tuple[str, ...]:
        self.asked.append("brief")
        return (BRIEF,)


def browsing(quiets: MemoryQuiets, client: str = "127.0.0.1", *, stopped: tuple[str, ...] = ()) -> TestClient:
    settings = page_settings(base_url="http://127.0.0.1:8480")
    app = create_app(
        MemoryDoor(stopped=stopped), settings, MemoryReviews(), assurances=MemoryAssurances(), quiets=quiets
    )
    return TestClient(app, base_url="http://127.0.0.1:8480", client=(client, 50000))


@pytest.mark.parametrize("page", ["/", "/assurance", "/review"])
def test_an_administrator_reads_all_of_it_before_anything_else(page: str) -> None:
    text = browsing(MemoryQuiets()).get(page).text
    assert text.index(EVERYTHING) < text.index("<h1")
    assert "Stopped or paused" in text


@pytest.mark.parametrize(("page", "client"), [("/", "10.0.0.9"), ("/mine", "127.0.0.1"), ("/mine", "10.0.0.9")])
def test_others_and_officers_read_only_that_no_mail_leaves(page: str, client: str) -> None:
    text = browsing(MemoryQuiets(), client).get(page).text
    assert BRIEF in text
    assert EVERYTHING not in text


def test_machines_and_static_files_ask_nothing() -> None:
    quiets = MemoryQuiets()
    browsing(quiets).get("/health")
    browsing(quiets).get("/static/daymark.css")
    assert quiets.asked == []


def test_the_page_after_an_answer_tells_what_the_link_was_read_with_and_asks_nothing() -> None:
    quiets = MemoryQuiets()
    form = {"answer": "help", "help_text": "Two people short", "who": "self"}
    page = browsing(quiets, stopped=(BRIEF,)).post(f"/r/{OPEN}", data=form)
    assert (page.status_code, BRIEF in page.text, quiets.asked) == (200, True, [])


def test_the_page_of_a_dead_link_that_is_answered_tells_it_too() -> None:
    assert BRIEF in browsing(MemoryQuiets()).post(f"/r/{MOVED}").text


def test_a_look_that_failed_is_not_made_again_by_the_page_that_tells_of_it() -> None:
    class Broken(MemoryQuiets):
        def brief(self, token: str) -> tuple[str, ...]:
            super().brief(token)
            raise OSError("the database is gone")

    quiets = Broken()
    browser = browsing(quiets)
    page = TestClient(browser.app, base_url=str(browser.base_url), raise_server_exceptions=False).post(f"/r/{MOVED}")
    assert (page.status_code, quiets.asked) == (500, ["brief"])
    assert "<h1" in page.text
