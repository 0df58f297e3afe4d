"""The mail catcher: it stands in place of the council's mail server and keeps every mail in a Maildir.

It never deduplicates: a mail that was sent twice lies here twice, which is what tests and replays look for.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tasks.caught_mail import CaughtMail, NoSuchMail, OpenedMail, caught, kept_files, read

__all__ = ["Catcher", "CaughtMail", "NoSuchMail", "OpenedMail", "PortTaken", "caught", "read"]

_LARGEST_MAIL = 35 * 1024 * 1024  # octets, as Exchange Online takes


class PortTaken(OSError):
    """The catcher cannot listen where it was told to; the message is one sentence for people."""


class Catcher:
    """Listens on `host` and `port` (0: any free one; then `port` tells which) and fills the Maildir `folder`."""

    def __init__(self, folder: Path, host: str, port: int) -> None:
        self.folder, self.host, self.port = folder, host, port
        self._listener: _Listener | None = None

    def start(self) -> None:
        """Return when it is ready; raises PortTaken when the port is not to be had."""
        for part in ("tmp", "new", "cur"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        # At INFO aiosmtpd writes down every sender and recipient, and addresses stay out of logs.
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        bound = _bind(self.host, self.port)
        self.port = bound.getsockname()[1]
        self._listener = _Listener(_Keeper(self.folder), bound)
        self._listener.start()

    def stop(self) -> None:
        if self._listener is not None:
            self._listener.stop()
            self._listener = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _bind(host: str, port: int) -> socket.socket:
    # Here and now, because aiosmtpd takes five seconds to tell of a taken port.
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as trouble:
        reason = str(trouble.strerror).partition(" (while")[0]
        raise PortTaken(
            f"The mail catcher cannot listen on {host} port {port} ({reason}): "
            "stop what uses that port, or set DAYMARK_SMTP_PORT to a free one."
        ) from None


class _Listener(Controller):
    def __init__(self, keeper: "_Keeper", bound: socket.socket) -> None:
        host, port = bound.getsockname()[:2]
        # Without a name of its own aiosmtpd would ask DNS for one at every connection.
        super().__init__(keeper, host, port, server_hostname="localhost", data_size_limit=_LARGEST_MAIL)
        self._bound = bound

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        server: Awaitable[asyncio.AbstractServer]
        server = self.loop.create_server(self._factory_invoker, sock=self._bound)
        return server


class _Keeper:
    """Writes each mail to `tmp` under the next free number and moves it to `new` when it is on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last = max(kept_files(folder), default=0)
        self._lock = Lock()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        try:
            await asyncio.to_thread(self._keep, envelope)
        except OSError as trouble:
            return f"451 4.3.0 The mail could not be kept: {trouble.strerror}"
        return "250 2.0.0 Kept"

    def _keep(self, envelope: Envelope) -> None:
        sender = f"X-Envelope-From: {envelope.mail_from}\r\n"
        recipients = f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n"
        with self._claim() as file:
            unfinished = Path(file.name)
            try:
                file.write((sender + recipients).encode() + (envelope.original_content or b""))
                file.flush()
                os.fsync(file.fileno())
                unfinished.rename(self._folder / "new" / unfinished.name)
            except OSError:
                unfinished.unlink(missing_ok=True)
                raise
        _sync(self._folder / "new")

    def _claim(self) -> BinaryIO:
        # No clock in the name: a replay's would repeat itself. "x" and the second look keep two catchers on
        # one folder apart.
        while True:
            with self._lock:
                self._last += 1
                unfinished = self._folder / "tmp" / f"{self._last:08d}"
            try:
                file = unfinished.open("xb")
            except FileExistsError:
                continue
            if not (self._folder / "new" / unfinished.name).exists():
                return file
            file.close()
            unfinished.unlink()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
