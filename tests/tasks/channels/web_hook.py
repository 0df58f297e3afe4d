"""Run a council's own web hook, which answers as it is told."""

import json
import threading
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class Act(Enum):
    HANG = "says nothing"
    DRIP = "says a byte every 50 ms"
    CUT = "takes the message and cuts the line"


class Hook(ThreadingHTTPServer):
    """Hold a council's own web hook; answers with a status, or as it is told."""

    daemon_threads = True

    def __init__(self, answer: int | Act = 200) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.answer = answer
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent: a client that hangs up in the middle is what some of the tests are about."""


class _Talk(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, json.loads(body)))
        answer = self.server.answer
        if answer is Act.HANG:
            self.server.closing.wait(30)
        elif answer is Act.DRIP:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.server.closing.wait(0.05):
                self.wfile.write(b"x")
        elif isinstance(answer, int):
            self.send_response(answer)
            self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass
