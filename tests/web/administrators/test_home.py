"""Test the front page: the timeline's picture and its table for administrators, and nothing of it for anybody else."""

from dataclasses import dataclass, replace
from datetime import datetime

from starlette.testclient import TestClient

from tests.timeline.picture.pictured import shown
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from timeline.picture.contents import Contents
from web.app import create_app


@dataclass
class MemoryPictures:
    """Tell what the page asks for, in memory."""

    of: tuple[Contents, ...]

    def contents(self, *, at: datetime) -> tuple[Contents, ...]:
        return self.of


def front_page(*of: Contents, client: str = "127.0.0.1") -> str:
    settings = page_settings(base_url="http://127.0.0.1:8480")
    app = create_app(MemoryDoor(), settings, pictures=MemoryPictures(of))
    return str(TestClient(app, base_url="http://127.0.0.1:8480", client=(client, 50000)).get("/").text)


def test_an_administrator_sees_the_picture_and_the_same_dates_as_a_table() -> None:
    of = shown("Thu 21 Nov 2019 09:00")
    page = front_page(of)
    assert page.count("<svg ") == 2
    assert page.count(of.headline) >= 3
    assert "Thu 28 Nov 2019" in page.partition("<table")[2]
    assert "<code>action-plan/1</code>" in page


def test_nobody_else_sees_anything_of_it() -> None:
    page = front_page(shown("Thu 21 Nov 2019 09:00"), client="192.0.2.7")
    assert "<svg " not in page
    assert "action-plan" not in page


def test_two_councils_have_a_picture_each_without_a_common_id() -> None:
    of = shown("Thu 21 Nov 2019 09:00")
    page = front_page(of, replace(of, council_name="Anytown <Council>"))
    assert page.count("<svg ") == 4
    assert "Anytown &lt;Council&gt;: the timeline" in page
    ids = [part.partition('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
