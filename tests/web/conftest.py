"""Hold the pages over a door in memory, in this process and behind a real server; a real browser; caught mails."""

import smtplib
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from tasks.catcher.catcher import Catcher
from tests.applied import pages_port
from tests.support import browsing
from tests.web.fakes import MemoryAbsences, MemoryDoor, MemoryReviews
from web.app import create_app
from web.pages import PageSettings


def page_settings(mail_folder: Path | None = None, **changes: Any) -> PageSettings:
    usual: dict[str, Any] = {
        "council_name": "Medway Council",
        "programme_name": "Improvement programme",
        "base_url": "https://daymark.council.example",
        "prefect_url": "http://127.0.0.1:4200",
        "mail_folder": mail_folder,
    }
    return PageSettings(**usual | changes)


@pytest.fixture(autouse=True)
def _no_test_waits_for_a_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.officers.my_tasks.TICK_SECONDS", 0.0)


@pytest.fixture(scope="session")
def teams_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a council whose officers have Teams accounts, after its first day: to be copied, for every test of a run."""
    from tests.web.teams_house import a_house

    return a_house(tmp_path_factory.mktemp("house"))


@pytest.fixture
def door() -> MemoryDoor:
    return MemoryDoor()


@pytest.fixture
def reviews() -> MemoryReviews:
    return MemoryReviews()


@pytest.fixture
def client(door: MemoryDoor) -> TestClient:
    return TestClient(create_app(door, page_settings()), base_url="http://localhost", follow_redirects=False)


@pytest.fixture
def mails(tmp_path: Path) -> Iterator["Mails"]:
    """Give a catcher on loopback, and the pages that show what it caught."""
    with Catcher(tmp_path / "mail", "127.0.0.1", 0) as catcher:
        yield Mails(catcher)


class Mails:
    def __init__(self, catcher: Catcher) -> None:
        self.port, self.folder = catcher.port, catcher.folder

    def send(self, subject: str, html: str = "", text: str = "Dear Sam Hart,\n") -> None:
        mail = EmailMessage()
        mail["From"], mail["To"] = "Improvement programme <reminders@council.example>", "sam.hart@council.example"
        mail["Subject"], mail["Date"] = subject, "Thu, 14 Nov 2019 08:30:00 +0000"
        mail.set_content(text)
        if html:
            mail.add_alternative(html, subtype="html")
        with smtplib.SMTP("127.0.0.1", self.port) as server:
            server.send_message(mail)


class Served:
    """Hold the pages behind a real server on loopback."""

    def __init__(
        self, door: MemoryDoor, reviews: MemoryReviews, mail_folder: Path | None = None, *, port: int = 0, **more: Any
    ) -> None:
        app = create_app(door, page_settings(mail_folder, base_url="http://127.0.0.1"), reviews, **more)
        self._server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port))
        self._thread = threading.Thread(target=self._server.run)

    def __enter__(self) -> str:
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._thread.join(0.01)
        host, port = self._server.servers[0].sockets[0].getsockname()
        return f"http://{host}:{port}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()


@pytest.fixture
def served(door: MemoryDoor, reviews: MemoryReviews, mails: Mails) -> Iterator[str]:
    with Served(door, reviews, mails.folder, port=pages_port(), absences=MemoryAbsences()) as address:
        yield address


@pytest.fixture
def plain(browser: Browser, served: str) -> Page:
    """Give a narrow window in which no script runs."""
    return browsing.window(browser, viewport=browsing.NARROW, java_script_enabled=False, base_url=served)


@pytest.fixture
def page(browser: Browser, served: str) -> Page:
    return browsing.window(browser, base_url=served)
