"""The token for Exchange Online, from a token endpoint of our own over TLS. That Microsoft's answers the same way, and
that Exchange Online takes the token (XOAUTH2), cannot be tried here.
"""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import requests
from pydantic import SecretStr

from config.settings import Settings
from tasks.receiving.mailbox_token import SCOPE, NoToken, access_token
from tests.tasks.smtp_servers import self_signed

TENANT = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
SECRET = "hunter2-of-the-app-registration"


class Endpoint:
    """A tenant that gives tokens: the first is "token 1"."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self.refuses = False
        context, self.certificate = self_signed(folder)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                base = f"{endpoint.url}/{TENANT}"
                self._say(
                    200,
                    {
                        "issuer": f"{base}/v2.0",
                        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                        "token_endpoint": f"{base}/oauth2/v2.0/token",
                    },
                )

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                endpoint.asked.append(parse_qs(body))
                if endpoint.refuses:
                    self._say(401, {"error": "invalid_client", "error_description": f"wrong: {SECRET}"})
                else:
                    token = f"token {len(endpoint.asked)}"
                    self._say(200, {"token_type": "Bearer", "expires_in": 3599, "access_token": token})

            def _say(self, status: int, what: dict[str, object]) -> None:
                content = json.dumps(what).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                return

        return Handler


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[Endpoint]:
    found = Endpoint(tmp_path)
    yield found
    found.stop()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    client = "11111111-2222-3333-4444-555555555555"
    return Settings.given(
        home=tmp_path / "home", imap_tenant=TENANT, imap_client_id=client, imap_client_secret=SecretStr(SECRET)
    )


def token(settings: Settings, endpoint: Endpoint) -> str:
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(endpoint.certificate)
        return access_token(settings, authority=endpoint.url, http_client=session)


def test_a_token_is_asked_for_once_and_kept_for_us_alone(settings: Settings, endpoint: Endpoint) -> None:
    assert [token(settings, endpoint) for _ in range(3)] == ["token 1"] * 3
    (asked,) = endpoint.asked
    assert (asked["grant_type"], asked["scope"]) == (["client_credentials"], [SCOPE])
    (kept,) = settings.home.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_broken_cache_costs_one_more_question(settings: Settings, endpoint: Endpoint) -> None:
    token(settings, endpoint)
    (kept,) = settings.home.iterdir()
    kept.write_text("{half")
    assert token(settings, endpoint) == "token 2"


def test_a_refusal_is_one_sentence_without_the_secret(settings: Settings, endpoint: Endpoint) -> None:
    endpoint.refuses = True
    with pytest.raises(NoToken) as told:
        token(settings, endpoint)
    assert str(told.value) == (
        "The mailbox's token was refused (invalid_client): look at DAYMARK_IMAP_TENANT, DAYMARK_IMAP_CLIENT_ID and "
        "DAYMARK_IMAP_CLIENT_SECRET."
    )
    assert not settings.home.exists() or not list(settings.home.iterdir())


def test_an_endpoint_that_is_away_is_one_sentence(settings: Settings) -> None:
    with pytest.raises(NoToken, match="No token for the mailbox could be asked for"):
        access_token(settings, authority="https://localhost:1")
