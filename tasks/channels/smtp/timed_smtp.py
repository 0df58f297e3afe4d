"""Run smtplib under a wall-clock limit: each wait for the server, the name look-up too, asks what time is left."""

import io
import smtplib
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING

from tasks.channels.smtp.server_url import MailServer

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

_LONGEST_REPLY = 100_000  # octets: a server that never ends its answer must not fill the memory


class Deadline:
    """Hold a limit for a whole send. A socket's time-out starts again with every byte that drips in."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends = monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left, more than 0; raises TimeoutError when there are none."""
        left = self._ends - monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    @property
    def passed(self) -> bool:
        return monotonic() >= self._ends


class Wire(smtplib.SMTP):
    """Hold an SMTP client for a mail server, not yet connected, whose `deadline` may be set anew before each mail."""

    def __init__(self, route: MailServer) -> None:
        super().__init__(local_hostname="localhost")  # no host: does not connect; no name: would ask DNS
        self.route = route
        self.deadline = Deadline(0)
        self._host = route.host  # the name that smtplib verifies after STARTTLS
        self._heard = 0

    def hear(self, buffer: "WriteableBuffer") -> int:
        line = self._line()
        line.settimeout(self.deadline.left())
        octets = line.recv_into(buffer)
        self._heard += octets
        if self._heard > _LONGEST_REPLY:
            raise ConnectionAbortedError("the server's answer does not end")
        return octets

    def send(self, s: "ReadableBuffer | str") -> None:
        self._heard = 0
        self._line().settimeout(self.deadline.left())
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        """Return code and text; raises SMTPServerDisconnected for what is no SMTP reply."""
        if self.file is None:
            self.file = io.BufferedReader(_Replies(self))
        try:
            code, said = super().getreply()
        except smtplib.SMTPResponseException:  # smtplib's own code for a line too long, not the server's
            code, said = -1, b""
        if not 200 <= code <= 599:
            raise smtplib.SMTPServerDisconnected("the server's answer could not be understood")
        if not self.deadline.passed:
            self._line().settimeout(self.deadline.left())  # for a TLS handshake, which may come next
        return code, said

    def _line(self) -> socket.socket:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        return self.sock

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 (the deadline rules)
        line = _dial(_addresses(host, port, self.deadline), self.deadline)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.local_hostname = _own_name(line)
        line.settimeout(self.deadline.left())
        if self.route.implicit_tls:
            return tls_context(self.route.verify).wrap_socket(line, server_hostname=host)
        return line


class _Replies(io.RawIOBase):
    """Hold a file in which smtplib reads its lines through `Wire.hear`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        return self._wire.hear(buffer)


@lru_cache(maxsize=2)
def tls_context(verify: bool) -> ssl.SSLContext:
    """Give the context for all connections: making a context costs 40 ms, more than fifty mails."""
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _addresses(host: str, port: int, deadline: Deadline) -> list[tuple[str, int]]:
    # A name look-up cannot be interrupted and may hang for minutes: it is left behind in a thread of its own.
    with_own_thread = ThreadPoolExecutor(1)
    try:
        asked = with_own_thread.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        return [(str(info[4][0]), port) for info in asked.result(deadline.left())]
    finally:
        with_own_thread.shutdown(wait=False)


def _dial(addresses: list[tuple[str, int]], deadline: Deadline) -> socket.socket:
    # Each address has its share of the time, so that a dead first address (often IPv6) leaves some for the next.
    trouble: OSError = ConnectionError("the host has no address")
    for behind, address in enumerate(addresses):
        try:
            return socket.create_connection(address, deadline.left() / (len(addresses) - behind))
        except OSError as error:
            trouble = error
    raise trouble


def _own_name(line: socket.socket) -> str:
    """Give our name in EHLO: the host's full name, else its address in brackets (RFC 5321, 4.1.3)."""
    name = socket.gethostname()
    if "." in name:
        return name
    own = str(line.getsockname()[0])
    return f"[IPv6:{own}]" if ":" in own else f"[{own}]"
