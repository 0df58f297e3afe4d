"""Hold Microsoft Entra, Microsoft Graph and the SMTP server of Exchange Online, on loopback: they speak the real
protocols as far as Microsoft documents them, and misbehave as they are told.
"""

import base64
import binascii
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.utils import parseaddr
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote

import pytest
from pydantic import SecretStr

from config.settings import Settings
from tasks.channels.exchange.access import Account, forget_tokens
from tasks.channels.exchange.registrations import for_sending
from tasks.channels.https import close_sessions
from tasks.channels.smtp.connection import close_connections
from tests.support.side_server import SideServer
from tests.tasks.exchange_refusals import (
    ACCESS_DENIED,
    CLIENT,
    MAILBOX,
    NO_MIME,
    OUTLOOK,
    SECRET,
    SEND_AS_DENIED,
    TENANT,
    WRONG_SECRET,
    Refusal,
)
from tests.tasks.https_servers import server_context
from tests.tasks.smtp_servers import Answer, SmtpServer, Talk


class Act(Enum):
    CUT = "takes what was sent and cuts the line"
    PAGE = "answers 200 with a page, as a proxy does"


@dataclass
class Tenant:
    """Hold the tokens that are good (a revoked one is not), and the mailboxes that the app may send from."""

    mailboxes: frozenset[str] = frozenset({MAILBOX})
    lifetime: int = 3599
    good: set[str] = field(default_factory=set)

    def revoke(self) -> None:
        self.good.clear()


class Cloud(SideServer, ThreadingHTTPServer):
    """Hold Entra and Graph on one host. `tokens` and `graph` are answered in turn as told, and then as usual."""

    def __init__(
        self, *, tokens: list[Refusal] | None = None, graph: list[Refusal | Act] | None = None, **tenant: Any
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        context, self.certificate = server_context()
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.server_address[1]}"
        self.tokens, self.graph = tokens or [], graph or []
        self.tenant = Tenant(**tenant)
        self.asked: list[dict[str, str]] = []
        self.posts = 0
        self.mails: list[bytes] = []

    @property
    def graph_url(self) -> str:
        return f"daymarkgraph://{self.url.removeprefix('https://')}/"

    def settings(self) -> dict[str, Any]:
        """Give the settings of a house that signs in here."""
        app = {"mail_tenant": TENANT, "mail_client_id": CLIENT, "mail_client_secret": SecretStr(SECRET)}
        return app | {"oauth_authority": self.url}


class _Talk(BaseHTTPRequestHandler):
    server: Cloud
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if self.path != f"/{TENANT}/v2.0/.well-known/openid-configuration":
            self._say(400, {"error": "invalid_tenant", "error_description": "AADSTS90002: Tenant not found."})
            return
        base = f"{self.server.url}/{TENANT}"
        endpoints = {"token_endpoint": f"{base}/oauth2/v2.0/token", "issuer": f"{base}/v2.0"}
        self._say(200, endpoints | {"authorization_endpoint": f"{base}/oauth2/v2.0/authorize"})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == f"/{TENANT}/oauth2/v2.0/token":
            self._token({name: values[0] for name, values in parse_qs(body.decode()).items()})
        elif self.path.startswith("/v1.0/users/") and self.path.endswith("/sendMail"):
            self.server.posts += 1
            self._send_mail(unquote(self.path.split("/")[3]), body)
        else:
            self._say(404, {"error": {"code": "BadRequest", "message": "Resource not found."}})

    def _token(self, asked: dict[str, str]) -> None:
        self.server.asked.append(asked)
        if self.server.tokens:
            no = self.server.tokens.pop(0)
            self._say(no.status, {"error": no.error, "error_description": no.said}, no.headers)
            return
        basic = f"Basic {base64.b64encode(f'{CLIENT}:{SECRET}'.encode()).decode()}"
        known = asked.get("client_secret") == SECRET or self.headers["Authorization"] == basic
        if not known or asked["client_id"] != CLIENT or asked["grant_type"] != "client_credentials":
            self._say(401, {"error": WRONG_SECRET.error, "error_description": WRONG_SECRET.said})
            return
        token = f"token-{len(self.server.asked)}-for-{asked['scope']}"
        self.server.tenant.good.add(token)
        lifetime = self.server.tenant.lifetime
        self._say(200, {"token_type": "Bearer", "expires_in": lifetime, "access_token": token})

    def _send_mail(self, mailbox: str, body: bytes) -> None:
        told = self.server.graph.pop(0) if self.server.graph else None
        if isinstance(told, Refusal):
            self._refuse(told)
        elif self._bearer() not in self.server.tenant.good or not self._bearer().endswith(
            f"{self.server.url}/.default"
        ):
            self._refuse(
                Refusal(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.")
            )
        elif mailbox not in self.server.tenant.mailboxes:
            self._refuse(ACCESS_DENIED)
        else:
            self._take(body, told)

    def _take(self, body: bytes, told: Act | None) -> None:
        try:
            mail = base64.b64decode(body, validate=self.headers["Content-Type"] == "text/plain")
        except binascii.Error:
            self._refuse(NO_MIME)
            return
        if parseaddr(str(message_from_bytes(mail)["From"]))[1] not in self.server.tenant.mailboxes:
            self._refuse(SEND_AS_DENIED)
            return
        self.server.mails.append(mail)
        if told is Act.CUT:
            self.close_connection = True
        else:
            self._say(200 if told is Act.PAGE else 202, None)

    def _bearer(self) -> str:
        return str(self.headers["Authorization"]).removeprefix("Bearer ")

    def _refuse(self, no: Refusal) -> None:
        self._say(no.status, {"error": {"code": no.error, "message": no.said}}, no.headers)

    def _say(self, status: int, what: object, headers: tuple[tuple[str, str], ...] = ()) -> None:
        content = b"" if what is None else json.dumps(what).encode()
        self.send_response(status)
        for name, value in (*headers, ("Content-Type", "application/json"), ("Content-Length", str(len(content)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        return


class ExchangeSmtp(SmtpServer):
    """Hold the SMTP server of the same tenant: it takes a good token for a mailbox that the app may send from."""

    def __init__(self, cloud: Cloud, **told: Answer | list[Answer]) -> None:
        super().__init__(server_context()[0], False, _ExchangeTalk, **told)
        self.tenant = cloud.tenant

    @property
    def url(self) -> str:
        return f"daymarkmail://127.0.0.1:{self.port}/?verify=no&auth=xoauth2"


class _ExchangeTalk(Talk):
    server: ExchangeSmtp
    mailbox = ""

    def do_AUTH(self, command: str) -> bool:  # noqa: N802
        told = self.server.told.get("AUTH", "")
        if told == "echo":
            return self._write(f"501 what is {command}?\r\n")
        if told:
            return self._say("AUTH", "")
        user, _, bearer = base64.b64decode(command.split()[2]).decode().removesuffix("\1\1").partition("\1auth=Bearer ")
        self.mailbox = user.removeprefix("user=")
        good = bearer in self.server.tenant.good and bearer.endswith(OUTLOOK)
        if good and self.mailbox in self.server.tenant.mailboxes:
            return self._write("235 2.7.0 Authentication successful\r\n")
        challenge = base64.b64encode(json.dumps({"status": "400", "schemes": "Bearer"}).encode()).decode()
        self._write(f"334 {challenge}\r\n")
        assert self.rfile.readline() == b"\r\n"
        return self._write("535 5.7.3 Authentication unsuccessful [LO4P123CA0001.GBRP123.PROD.OUTLOOK.COM]\r\n")

    def do_MAIL(self, command: str) -> bool:  # noqa: N802
        if command != f"MAIL FROM:<{self.mailbox}>":
            return self._write("550 5.7.60 SMTP; Client does not have permissions to send as this sender\r\n")
        return super().do_MAIL(command)

    def ended(self, content: bytes) -> str:
        sender = parseaddr(str(message_from_bytes(content)["From"]))[1]
        if sender == self.mailbox:
            return "250 2.0.0 OK"
        return f"554 5.2.252 SendAsDenied; {self.mailbox} not allowed to send as {sender}"


@contextmanager
def trusting(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this process trust the servers' certificate, and keep no line and no token of another test."""
    _, certificate = server_context()
    patch.setenv("REQUESTS_CA_BUNDLE", str(certificate))  # requests, for Entra
    patch.setenv("SSL_CERT_FILE", str(certificate))  # our own HTTPS, for Graph
    patch.setenv("NO_PROXY", "127.0.0.1")
    _forget()
    yield
    _forget()


def _forget() -> None:
    forget_tokens()
    close_sessions()
    close_connections()


def account_of(cloud: Cloud, **more: Any) -> Account | None:
    """Give the account with which a house sends, as its settings say."""
    return for_sending(Settings.given(**cloud.settings(), **more))
