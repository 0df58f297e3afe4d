"""Hold a real HTTPS server on loopback, which misbehaves as it is told."""

import ssl
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from tempfile import mkdtemp
from threading import Semaphore
from typing import Any

from tests.support.side_server import SideServer
from tests.tasks.smtp_servers import self_signed


class Act(Enum):
    HANG = "says nothing"
    CUT = "cuts the line"
    DRIP = "says the usual, a byte every 50 ms, for five minutes"
    DRIP_BODY = "202 at once, and then a body that drips"
    CUT_BODY = "202 at once, and half a body"
    BABBLE = "headers that never end"


Answer = str | Act


@dataclass(frozen=True)
class Posted:
    target: str
    headers: dict[str, str]
    content: bytes


@dataclass
class Told:
    """Tell what the server says: to the posts, one after the other, and 202 after them."""

    answers: list[Answer] = field(default_factory=list)
    before_tls: Act | None = None
    before_body: Act | None = None
    close_after: bool = False


class HttpsServer(SideServer, ThreadingTCPServer):
    """Take posts on kept connections. An answer is "202", "429 Retry-After: 7", "500 | words", or an act."""

    request_queue_size = 64

    def __init__(self, *answers: Answer, **told: Any) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.tls, self.certificate = server_context()
        self.told = Told(list(answers), **told)
        self.connections = 0
        self.posts: list[Posted] = []
        self.closed = Semaphore(0)


@cache
def server_context() -> tuple[ssl.SSLContext, Path]:
    return self_signed(Path(mkdtemp(prefix="daymark-tls-")))


class _Talk(StreamRequestHandler):
    server: HttpsServer
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.server.connections += 1
        if self.server.told.before_tls:
            self._act(self.server.told.before_tls)
            return
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.setup()
        while self._answered() and not self.server.told.close_after:
            pass

    def finish(self) -> None:
        """Close the line itself, so that whoever waits for `closed` finds it so."""
        super().finish()
        self.request.close()
        self.server.closed.release()

    def _answered(self) -> bool:
        line = self.rfile.readline().decode("ascii")
        if not line:
            return False
        lines = iter(lambda: self.rfile.readline().decode("latin-1").strip(), "")
        headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in lines)}
        if self.server.told.before_body:
            return self._act(self.server.told.before_body)
        content = self.rfile.read(int(headers["content-length"]))
        self.server.posts.append(Posted(line.split()[1], headers, content))
        answers = self.server.told.answers
        answer = answers.pop(0) if answers else "202"
        return self._act(answer) if isinstance(answer, Act) else self._say(answer)

    def _say(self, answer: str) -> bool:
        head, _, body = answer.partition(" | ")
        status, _, header = head.partition(" ")
        whole = [f"HTTP/1.1 {status} said", *header.split("; "), f"Content-Length: {len(body.encode())}"]
        return self._write("\r\n".join(filter(None, whole)) + f"\r\n\r\n{body}")

    def _act(self, act: Act) -> bool:
        if act is Act.HANG:
            self._waits(300)
        if act is Act.DRIP:
            going_on = all(
                not self._waits(0.05) and self._write("HTTP/1.1 202 x\r\nA: b"[n : n + 1] or "c") for n in range(6000)
            )
            return going_on and self._write("\r\nContent-Length: 0\r\n\r\n")
        if act in (Act.DRIP_BODY, Act.CUT_BODY):
            self._write("HTTP/1.1 202 said\r\nContent-Length: 1000\r\n\r\nso far")
            return act is Act.DRIP_BODY and all(not self._waits(0.05) and self._write("x") for _ in range(6000))
        if act is Act.BABBLE:
            return self._write("HTTP/1.1 202 said\r\n") and all(self._write("A: and so on\r\n") for _ in range(10**6))
        return False

    def _waits(self, seconds: float) -> bool:
        return self.server.hangs(seconds)

    def _write(self, text: str) -> bool:
        self.wfile.write(text.encode())
        return True
