"""Open the pages that change something as a programme lead does, in a council of which the test tells."""

from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tasks.council.each import Councils
from tasks.proposals.councils import CouncilRuns
from tasks.reports.offered import ReportsMade
from tasks.steering.records import ProgrammePages
from tests.harness import World
from tests.web.administrators.test_review import OURS
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from web.app import create_app

LOCAL = "http://127.0.0.1:8480"


class Sent(HTMLParser):
    """Read the fields of a page's form with what they would send, as a browser does."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "select":
            self._select = name
            self.fields[name] = ""
        elif tag == "option" and "selected" in given:
            self.fields[self._select] = value
        elif tag == "input" and name and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.fields[name] = value


class Lead:
    """Browse as a programme lead."""

    def __init__(self, world: World, client: str = "127.0.0.1", **settings: Any) -> None:
        self.world = world
        app = create_app(
            MemoryDoor(),
            page_settings(base_url=LOCAL, **settings),
            councils=Councils(world.settings),
            runs=CouncilRuns(world.settings),
            programmes=ProgrammePages(world.settings),
            reports=ReportsMade(world.settings),
        )
        self.browser = TestClient(app, base_url=LOCAL, client=(client, 50000), follow_redirects=False)
        self.page, self.before, self.status = "", "", 0

    def open(self, address: str) -> str:
        """Open a page; give its words."""
        return self._see(self.browser.get(address))

    def look(self, name: str, /, **answers: str) -> str:
        """Fill in the form of that name and ask what would change."""
        fields = Sent(str(self.browser.get(f"/changes/{name}").text)).fields
        return self.send(name, fields | {key.replace("_", "-"): value for key, value in answers.items()}, do="look")

    def confirm(self, name: str, /, **more: str) -> str:
        """Confirm what the page before has shown."""
        return self.send(name, Sent(self.page).fields | more, do="confirm", keep=False)

    def send(self, name: str, fields: dict[str, str], *, do: str, keep: bool = True) -> str:
        before = self.page
        words = self._see(self.browser.post(f"/changes/{name}", data=fields | {"do": do}, headers=OURS))
        if not keep:
            self.before = before
        return words

    def upload(self, name: str, fields: dict[str, str], files: dict[str, tuple[str, bytes]]) -> str:
        """Send a form that takes a file, as a browser does, to ask what would change."""
        sent = {key: value for key, value in fields.items() if key not in files} | {"do": "look"}
        return self._see(self.browser.post(f"/changes/{name}", data=sent, files=files, headers=OURS))

    def _see(self, response: Any) -> str:
        self.page, self.status = response.text, response.status_code
        return " ".join(unescape(self.page).split())


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.apply()
        yield world


@pytest.fixture(autouse=True)
def _no_year_is_lived_in_advance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out who would get too much mail with a new timeline: it takes two seconds, and is tested as a command."""
    monkeypatch.setattr("tasks.changes.record._more_mail", lambda *_, **__: ())


@pytest.fixture
def lead(world: World) -> Lead:
    return Lead(world)
