"""Send posts over HTTPS, on sessions that are kept, under a wall-clock limit, and tell how far the post came.

Not httpx itself, which stands on the same httpcore: it logs each whole address, and ours hold a secret; its time-outs
begin anew with every byte that drips in; and it does not tell whether the body was sent.
"""

import os
import ssl
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import httpcore

from tasks import clock
from tasks.channels.smtp.timed_smtp import Deadline

_IDLE_SECONDS = 30
_MOST_LINES = 32
_LARGEST_ANSWER = 64 * 1024
_LARGEST_WRITE = 16 * 1024
_HANDED_OVER = "http11.send_request_body.complete"
_DIALLED = "connection.connect_tcp.started"
_LONGEST_WAIT = 24 * 3600.0


@dataclass(frozen=True)
class Answered:
    """Hold the answer of a server: status, headers (names in lower case) and the beginning of its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Unanswered(Exception):
    """Report that no answer came. `handed_over`: the whole body had been sent, so that it may have been taken."""

    def __init__(self, reason: str, *, handed_over: bool) -> None:
        super().__init__(reason)
        self.handed_over = handed_over


def post(
    url: str, content: bytes, headers: Mapping[str, str], *, verify: bool, deadline: Deadline, method: str = "POST"
) -> Answered:
    """Post (or PUT) once and give the answer; a redirect is an answer too. Raises Unanswered, without the address."""
    attempt = _Attempt(deadline, method)
    while True:
        try:
            return attempt.post(_pool(os.getpid(), verify), url, content, headers)
        except Exception as trouble:  # whatever a server provokes: "not sent" must never be a guess
            # A kept line had been closed meanwhile: nothing was handed over, and a new line is dialled next.
            if attempt.handed_over or attempt.dialled or deadline.passed or attempt.tries > _MOST_LINES:
                raise Unanswered(_reason(trouble, deadline), handed_over=attempt.handed_over) from None


def retry_after(answer: Answered) -> float | None:
    """Give the seconds to wait: the header holds them, or a date, counted from the server's own clock where it tells
    it.
    """
    asked = answer.headers.get("retry-after", "").strip()
    if asked.isdecimal() and asked.isascii():
        return min(float(asked[:9]), _LONGEST_WAIT)
    try:
        until_at = parsedate_to_datetime(asked)
        sent = answer.headers.get("date")
        now = parsedate_to_datetime(sent) if sent else clock.now()
        return min(max((until_at - now).total_seconds(), 0.0), _LONGEST_WAIT)
    except (ValueError, TypeError):
        return None


def close_sessions() -> None:
    """Close every idle line of this process; the next post opens a new line."""
    ours = [key for key in list(_pools) if key[0] == os.getpid()]
    for key in ours:
        _pools.pop(key).close()


class _Attempt:
    """Hold a post, and how far it came."""

    def __init__(self, deadline: Deadline, method: str) -> None:
        self._deadline, self._method = deadline, method
        self.handed_over = self.dialled = False
        self.tries = 0

    def post(self, pool: httpcore.ConnectionPool, url: str, content: bytes, headers: Mapping[str, str]) -> Answered:
        self.tries += 1
        _limits.deadline = self._deadline
        waits = {"timeout": {"pool": self._deadline.left()}, "trace": self._trace}
        given = list(headers.items())
        with pool.stream(self._method, url, headers=given, content=content, extensions=waits) as response:
            named = {name.decode("ascii").lower(): value.decode("latin-1") for name, value in response.headers}
            return Answered(response.status, named, _beginning(response))

    def _trace(self, event: str, _: Mapping[str, Any]) -> None:
        self.handed_over = self.handed_over or event == _HANDED_OVER
        self.dialled = self.dialled or event == _DIALLED


def _beginning(response: httpcore.Response) -> bytes:
    """Read what comes of the body in time: the status is known, and nothing in the body changes it."""
    body = b""
    try:
        for chunk in response.iter_stream():
            body += chunk
            if len(body) > _LARGEST_ANSWER:
                break
    except Exception:  # noqa: S110 (cut or dripping; see above)
        pass
    return body[:_LARGEST_ANSWER]


def _reason(trouble: Exception, deadline: Deadline) -> str:
    if deadline.passed or isinstance(trouble, TimeoutError | httpcore.TimeoutException):
        return f"no answer within {deadline.seconds:g} seconds"
    return str(trouble) or "the line was cut"


# The post that a line works for at present: httpcore works in the thread that asks.
_limits = threading.local()


def _left() -> float:
    left: float = _limits.deadline.left()
    return left


class _Line(httpcore.NetworkStream):
    """Hold a line that asks before each wait how much time is left."""

    def __init__(self, line: httpcore.NetworkStream) -> None:
        self._line = line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 (the deadline rules)
        return self._line.read(max_bytes, _left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        for start in range(0, len(buffer), _LARGEST_WRITE):
            self._line.write(buffer[start : start + _LARGEST_WRITE], _left())

    def close(self) -> None:
        self._line.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> "_Line":
        return _Line(self._line.start_tls(ssl_context, server_hostname, _left()))

    def get_extra_info(self, info: str) -> Any:
        return self._line.get_extra_info(info)


class _Network(httpcore.SyncBackend):
    """Hold a network that dials in another thread: a name look-up cannot be interrupted and may hang for minutes."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        beside = ThreadPoolExecutor(1)
        try:
            dial = super().connect_tcp
            dialled = beside.submit(dial, host, port, _left(), local_address, socket_options)
            return _Line(dialled.result(_left()))
        finally:
            beside.shutdown(wait=False)


# By process: after a fork, two writers on the same line would mix two people's cards.
_pools: dict[tuple[int, bool], httpcore.ConnectionPool] = {}
_opening = threading.Lock()
os.register_at_fork(after_in_child=_opening._at_fork_reinit)  # type: ignore[attr-defined]  # not in its stub


def _pool(process: int, verify: bool) -> httpcore.ConnectionPool:
    # Many lines begin at once, and to read the authorities takes a twentieth of a second.
    with _opening:
        if (process, verify) not in _pools:
            _pools[process, verify] = _new_pool(verify)
        return _pools[process, verify]


def _new_pool(verify: bool) -> httpcore.ConnectionPool:
    return httpcore.ConnectionPool(
        ssl_context=_context(verify),
        max_connections=_MOST_LINES,
        keepalive_expiry=_IDLE_SECONDS,
        network_backend=_Network(),
    )


def _context(verify: bool) -> ssl.SSLContext:
    # Not the mail's context: httpcore sets its own protocols on it.
    if verify:
        return ssl.create_default_context()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
