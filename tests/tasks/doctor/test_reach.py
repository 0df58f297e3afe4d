"""Test that a mail server, a mailbox and an address of the pages that do not work are told, each with a remedy."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from config.settings import Settings
from tasks.doctor.reach import examine_reach
from tests.support.ports import free_port
from tests.support.side_server import SideServer
from tests.tasks.smtp_servers import SmtpServer
from tests.timeline.literals import at
from timeline.doctor.diagnosis import Diagnosis

WELL = json.dumps({"status": "ok"})


class HealthServer(SideServer, HTTPServer):
    """Answer every question with these words."""

    said = WELL


class _Answer(BaseHTTPRequestHandler):
    server: HealthServer

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.server.said.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing into the log of the tests."""


@contextmanager
def pages(said: str = WELL) -> Iterator[str]:
    with HealthServer(("127.0.0.1", 0), _Answer) as server:
        server.said = said
        yield f"http://127.0.0.1:{server.port}"


def examine(home: Path, **chosen: Any) -> dict[str, Diagnosis]:
    given = Settings.given(home=home, **chosen)
    return {each.part: each for each in examine_reach(given, at=at("Wed 28 Aug 2019 09:00"), has_memory=False)}


def trouble(diagnosis: Diagnosis) -> str:
    (only,) = diagnosis.troubles
    return f"{only.fault} {only.remedy}"


def test_a_mail_server_that_lets_us_in_is_well_and_gets_no_mail(tmp_path: Path) -> None:
    with SmtpServer() as server, pages() as url:
        diagnoses = examine(tmp_path, mail_url=server.url, base_url=url)
        assert {part: each.is_well for part, each in diagnoses.items()} == {"channels": True, "pages": True}
        assert server.mails == []


def test_a_mail_server_that_refuses_us_or_is_not_there_is_told_without_its_password(tmp_path: Path) -> None:
    with SmtpServer(connect="554 5.7.1 Not from you") as server:
        assert "(connect): " in trouble(examine(tmp_path, mail_url=server.url)["channels"])
    gone = f"daymarkmail://ada:quill@127.0.0.1:{free_port()}/"
    told = trouble(examine(tmp_path, mail_url=gone)["channels"])
    assert told.startswith("No mail can be handed over (connect): 127.0.0.1:")
    assert "quill" not in told


def test_a_channel_that_cannot_be_used_is_told_without_its_url(tmp_path: Path) -> None:
    told = trouble(examine(tmp_path, channels="teams=daymarkteams://secret")["channels"])
    assert told.startswith("DAYMARK_CHANNELS, “teams”: ")
    assert "secret" not in told


def test_a_mailbox_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    box = {"imap_host": "127.0.0.1", "imap_port": free_port(), "imap_user": "reader", "imap_tls": False}
    told = trouble(examine(tmp_path, **box)["mailbox"])
    assert told.startswith("The mailbox at 127.0.0.1 port ")
    assert told.endswith(" Look at the DAYMARK_IMAP_… settings.")


def test_pages_that_are_not_there_or_are_another_service_or_keep_no_answer_are_told(tmp_path: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    assert "cannot be reached (ConnectError)" in trouble(examine(tmp_path, base_url=nowhere)["pages"])
    with pages("<h1>Sign in</h1>") as url:
        assert "answers 200, and not as Daymark does." in trouble(examine(tmp_path, base_url=url)["pages"])
    with pages(json.dumps({"status": "disk full"})) as url:
        assert "an answer cannot be kept (disk full)" in trouble(examine(tmp_path, base_url=url)["pages"])
