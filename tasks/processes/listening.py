"""Listens for mail on a port of this machine, for the catcher and the LMTP server."""

import asyncio
import logging
import socket
from collections.abc import Awaitable

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class PortTaken(OSError):
    """A port cannot be used; the message is one sentence for people."""


def bound(host: str, port: int, *, part: str, setting: str) -> socket.socket:
    """Open a socket that listens; here and now, because aiosmtpd takes five seconds to tell of a taken port."""
    # At INFO aiosmtpd logs every sender and recipient, and addresses stay out of logs.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as trouble:
        reason = str(trouble.strerror).partition(" (while")[0]
        raise PortTaken(
            f"The {part} cannot listen on {host} port {port} ({reason}): "
            f"stop what uses that port, or set {setting} to a free one."
        ) from None


class Listener(Controller):
    """A server in a thread of its own on a socket that listens already."""

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
