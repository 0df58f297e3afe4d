"""Stand in place of the council's mail server and keep every mail in a Maildir.

It never deduplicates: a mail that was sent twice lies here twice, which is what tests and replays look for.
"""

import asyncio
import os
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Protocol, Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from tasks.catcher.mailbox import CaughtMail, NoSuchMail, OpenedMail, caught, kept_files, pictured, read
from tasks.processes.listening import Listener, PortTaken, bound

__all__ = ["Catcher", "CaughtMail", "NoSuchMail", "OpenedMail", "PortTaken", "caught", "pictured", "read"]

_LARGEST_MAIL = 35 * 1024 * 1024  # octets, as Exchange Online takes


class Replies(Protocol):
    """Ask for a taker of mail that is sent to our own address."""

    def take(self, envelope: Envelope) -> str:
        """Give the reply to the sender; empty when the mail answers nothing of ours."""
        ...


class Catcher:
    """Run a server on `host` and `port` (0: any free port; then `port` tells which) that fills the Maildir `folder`."""

    def __init__(self, folder: Path, host: str, port: int, *, replies: Replies | None = None) -> None:
        self.folder, self.host, self.port, self.replies = folder, host, port, replies
        self._listener: Listener | None = None

    def start(self) -> None:
        """Return when it is ready; raises PortTaken when the port is not to be had."""
        for part in ("tmp", "new", "cur"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        listening = bound(self.host, self.port, part="mail catcher", setting="DAYMARK_SMTP_PORT")
        self.port = listening.getsockname()[1]
        self._listener = Listener(_Keeper(self.folder, self.replies), listening, largest=_LARGEST_MAIL)
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


class _Keeper:
    """Hold a writer: each mail goes to `tmp` under the next free number, and to `new` when it is on the disk."""

    def __init__(self, folder: Path, replies: Replies | None) -> None:
        self._folder, self._replies = folder, replies
        self._last = max(kept_files(folder), default=0)
        self._lock = Lock()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        return await asyncio.to_thread(self._accept, envelope)

    def _accept(self, envelope: Envelope) -> str:
        """Take a reply before keeping it: brought again, it is recorded once and would lie here twice."""
        said = self._replies.take(envelope) if self._replies else ""
        if said and not said.startswith("250"):
            return said
        try:
            self._keep(envelope)
        except OSError as trouble:
            return f"451 4.3.0 The mail could not be kept: {trouble.strerror}"
        return said or "250 2.0.0 Kept"

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
        # The name has no clock in it, because a replay's clock repeats itself. "x" and the second look keep apart
        # two catchers on the same folder.
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
