"""Test the page of reports: what it offers, the files behind it, and what it says of a report that cannot be made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tasks.council.each import Councils
from tasks.reports.offered import ReportsMade
from tests.harness import World
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from timeline.reports.kinds import KINDS
from web.app import create_app

HERE = "http://127.0.0.1:8480"


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    with World(tmp_path) as world:
        world.at("Wed 4 Sep 2019 10:00").apply()
        settings = page_settings(base_url=HERE)
        app = create_app(MemoryDoor(), settings, councils=Councils(world.settings), reports=ReportsMade(world.settings))
        yield TestClient(app, base_url=HERE, client=("127.0.0.1", 50000))


def test_the_page_offers_every_report_and_each_is_a_file(browser: TestClient) -> None:
    page = browser.get("/reports")
    assert page.status_code == 200
    assert all(f'value="{kind}"' in page.text for kind in KINDS)
    file = browser.get("/reports/file", params={"kind": "board", "as_at": "2019-09-04", "format": "docx"})
    assert (file.status_code, file.content[:2]) == (200, b"PK")
    assert file.headers["content-disposition"] == 'attachment; filename="medway-board-2019-09-04.docx"'


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "budget"}, "There is no report “budget”"),
        ({"kind": "board", "as_at": "4.9.2019"}, "Did you mean 2019-09-04?"),
        ({"kind": "board", "as_at": "2030-01-01"}, "is to come"),
        ({"kind": "board", "format": "odt"}, "There is no format “odt”; expected docx or pdf."),
    ],
)
def test_what_cannot_be_made_is_told_on_the_page(browser: TestClient, asked: dict[str, str], said: str) -> None:
    page = browser.get("/reports/file", params=asked)
    assert (page.status_code, said in page.text) == (422, True)
