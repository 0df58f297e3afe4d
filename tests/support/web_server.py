"""Serve addresses of all kinds over HTTP, and remember what was asked of them."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.side_server import SideServer

_CUT, _HANG = 0, -1


class WebServer(SideServer, ThreadingHTTPServer):
    """Answer an address by its path: "/404" with that status, "/to/ADDRESS" with a redirect, "/cut" and "/hang" not.

    "/only-get/STATUS" refuses HEAD with that status. Each answer gives a cookie, and a body of many MB that nobody
    should read.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.asked: list[tuple[str, str]] = []
        self.headers: list[str] = []
        self.written = 0

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


class _Talk(BaseHTTPRequestHandler):
    server: WebServer

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        if self._answer() < 300:
            block = b"x" * 65_536
            while True:
                self.wfile.write(block)
                self.server.written += len(block)

    def _answer(self) -> int:
        self.server.asked.append((self.command, self.path))
        self.server.headers += [name.casefold() for name in self.headers]
        status, to = self._status()
        if status in (_CUT, _HANG):
            self.server.closing.wait(300 if status == _HANG else 0)
            self.close_connection = True
            return 500
        self.send_response(status)
        self.send_header("Set-Cookie", "seen=yes")
        self.send_header("Content-Length", "0" if status >= 300 else str(10**9))
        if to:
            self.send_header("Location", to)
        self.end_headers()
        return status

    def _status(self) -> tuple[int, str]:
        kind, _, rest = self.path.removeprefix("/").partition("/")
        if kind == "to":
            return 302, rest
        if kind == "only-get":
            return (int(rest) if self.command == "HEAD" else 200), ""
        return {"cut": (_CUT, ""), "hang": (_HANG, "")}.get(kind) or (int(kind) if kind.isdecimal() else 200, "")

    def log_message(self, *_: Any) -> None:
        """Stay silent."""
