"""Hold a real HTTP server on loopback that speaks as GOV.UK Notify's documented API does, and misbehaves as it
is told.
"""

import json
import ssl
from dataclasses import dataclass
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid5

import jwt

from tasks.channels.receipt import Payload
from tests.support.side_server import SideServer

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"daymark_live-{SERVICE}-{SECRET}"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
SENDER = "8e222534-7f05-4972-86e3-17c5d9f894e2"
A_PARCEL = Payload(
    key="notify/sam-hart/2019-11-14T08:30+0000/7",
    to_name="Sam Hart",
    to_address="sean.o'brien@council.example",
    to_phone="+44 7700 900123",
    subject="Improvement programme: sign-off, due Thursday 14 November",
    text="Please tell us you have this: https://daymark.council.example/r/abcdefghjkmnpq23",
)


class Act(Enum):
    HANG = "says nothing"
    DRIP = "says a byte every 50 ms"
    CUT = "takes the message and cuts the line"
    NO_JSON = "answers 201 with a page"
    NO_ID = "answers 201 without an id"
    REDIRECT = "sends everybody to a page of its own"


@dataclass(frozen=True)
class Refusal:
    status: int
    error: str = ""
    message: str = ""


Answer = Refusal | Act | None


class NotifyServer(SideServer, ThreadingHTTPServer):
    """Answer `POST` and `GET` in turn as told, and then as usual. What it took is in `notifications` by id."""

    def __init__(
        self, post: list[Answer] | None = None, get: list[Answer] | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.told = {"POST": post or [], "GET": get or []}
        self.asked: list[str] = []
        self.bodies: list[dict[str, Any]] = []
        self.notifications: dict[str, dict[str, Any]] = {}

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def url(self, kind: str = "sms", options: str = "") -> str:
        return f"govuknotify://{kind}/{TEMPLATE}?host={self.host}{options}"


class _Talk(BaseHTTPRequestHandler):
    server: NotifyServer

    def do_GET(self) -> None:
        if self._misbehaves("GET"):
            return
        reference = parse_qs(urlsplit(self.path).query)["reference"]
        given = [
            notification
            for notification in self.server.notifications.values()
            if [notification["reference"]] == reference
        ]
        self._say(200, {"notifications": given, "links": {"current": self.path}})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        told = self.server.told["POST"]
        taken = not told or isinstance(told[0], Act)
        id_ = str(uuid5(UUID(SERVICE), f"{body.get('reference')} {len(self.server.bodies)}"))
        if taken:
            self.server.notifications[id_] = {"id": id_, "reference": body.get("reference"), "status": "sending"}
        if self._misbehaves("POST"):
            return
        words = body["personalisation"]
        content = {"body": words["message"], **({"subject": words["subject"]} if "subject" in words else {})}
        self._say(201, {"id": id_, "reference": body.get("reference"), "content": content})

    def _misbehaves(self, method: str) -> bool:
        self.server.asked.append(method)
        told = self.server.told[method]
        answer = (told.pop(0) if told else None) or self._no_entry()
        if isinstance(answer, Refusal):
            errors = [{"error": answer.error, "message": answer.message}] if answer.error else []
            self._say(answer.status, {"status_code": answer.status, "errors": errors} if errors else None)
        elif answer is Act.HANG:
            self.server.hangs(300)
        elif answer is Act.DRIP:
            self.wfile.write(b"HTTP/1.1 201 CREATED\r\nX-Slow: ")
            while not self.server.hangs(0.05):
                self.wfile.write(b"x")
        elif answer is Act.REDIRECT:
            self.send_response(302)
            self.send_header("Location", "/sign-in")
            self.end_headers()
        elif answer in (Act.NO_JSON, Act.NO_ID):
            self._say(201, None if answer is Act.NO_JSON else {})
        return answer is not None

    def _no_entry(self) -> Refusal | None:
        """Give a signed token of the service, made within 30 seconds: as Notify's documentation asks."""
        try:
            token = self.headers["Authorization"].removeprefix("Bearer ")
            claims = jwt.decode(token, SECRET, algorithms=["HS256"], leeway=30, options={"require": ["iat", "iss"]})
        except jwt.InvalidTokenError:
            return Refusal(403, "AuthError", "Invalid token: API key not found")
        return None if claims["iss"] == SERVICE else Refusal(403, "AuthError", "Invalid token: service not found")

    def _say(self, status: int, body: dict[str, Any] | None) -> None:
        content = b"<h1>A page</h1>" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass
