"""Listen for mail on a port of this machine, for the catcher and the LMTP server."""

import asyncio
import logging
import socket
from collections.abc import Awaitable

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class PortTaken(OSError):
    """Report that a port cannot be used; the message is a sentence for people."""


def bound(host: str, port: int, *, part: str, setting: str) -> socket.socket:
    """Open a socket that listens; here and now, because aiosmtpd takes five seconds to tell of a taken port."""
    # At INFO aiosmtpd logs every sender and recipient, and addresses stay out of logs.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    try:
        return listening(host, port)
    except OSError as trouble:
        reason = str(trouble.strerror).partition(" (while")[0]
        raise PortTaken(
            f"The {part} cannot listen on {host} port {port} ({reason}): "
            f"stop what uses that port, or set {setting} to a free one."
        ) from None


def listening(host: str, port: int) -> socket.socket:
    """Open a socket that listens and sends at once whatever is small.

    asyncio asks the system for that by itself, but not for sockets made like this: every answer on a connection
    that stays open would then wait 40 ms. Each connection takes that over from the socket that listens.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.create_server((host, port), family=family, backlog=128)
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened


class Listener(Controller):
    """Hold a server in a thread of its own on a socket that listens already."""

    def __init__(self, handler: object, listening: socket.socket, protocol: type[SMTP] = SMTP, *, largest: int) -> None:
        host, port = listening.getsockname()[:2]
        # Without a name aiosmtpd would ask DNS for a name at every connection.
        super().__init__(handler, host, port, server_hostname="localhost", data_size_limit=largest)
        self._listening, self._protocol = listening, protocol

    def factory(self) -> SMTP:
        return self._protocol(self.handler, **self.SMTP_kwargs)

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        server: Awaitable[asyncio.AbstractServer]
        server = self.loop.create_server(self._factory_invoker, sock=self._listening)
        return server
