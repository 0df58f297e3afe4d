"""Run a council's own web hook, which answers as it is told."""

import json
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.side_server import SideServer


class Act(Enum):
    HANG = "says nothing"
    DRIP = "says a byte every 50 ms"
    CUT = "takes the message and cuts the line"


class Hook(SideServer, ThreadingHTTPServer):
    """Hold a council's own web hook; answers with a status, or as it is told."""

    def __init__(self, answer: int | Act = 200) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.answer = answer
        self.taken: list[tuple[str, dict[str, Any]]] = []

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.server_port}"


class _Talk(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, json.loads(body)))
        answer = self.server.answer
        if answer is Act.HANG:
            self.server.hangs(300)
        elif answer is Act.DRIP:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.server.hangs(0.05):
                self.wfile.write(b"x")
        elif isinstance(answer, int):
            self.send_response(answer)
            self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass
