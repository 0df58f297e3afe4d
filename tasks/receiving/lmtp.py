"""Take mails from a mail server (LMTP, RFC 2033, or SMTP), and say 250 only after the commit.

Whoever reaches this port can write any Authentication-Results. So it has a bind of its own, loopback unless stated
otherwise, and hears only the peers that the settings name: the council's own mail server.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from ipaddress import IPv6Address, ip_address
from threading import Thread
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax
from sqlalchemy.exc import InterfaceError, OperationalError

from config.houses.own import of_council
from config.settings import Settings, SettingsError
from config.values import peers_in
from tasks import clock
from tasks.council.ledger import stores
from tasks.processes.listening import Listener, bound
from tasks.receiving.receive import NOBODY, IntakeResult, NoCouncil, afterwards, handle
from timeline.replies.reading import ReplyMailbox

__all__ = ["Receiver", "addressed", "is_ours"]

_LARGEST_MAIL = 35 * 1024 * 1024  # octets, as Exchange Online takes; a mail above 25 MB is held for a person
_TRY_AGAIN = "451 4.3.0 The answer could not be recorded now; please try again"
_NOT_OURS = "550 5.1.1 There is no such mailbox here"

_log = logging.getLogger(__name__)


class Receiver:
    """Hold a server on LMTP_BIND at LMTP_PORT (`port` tells which, for 0 any free port); a part of `daymark up`."""

    name = "LMTP server"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.port = settings.lmtp_port
        self._listener: Listener | None = None

    def start(self) -> None:
        """Return when it is ready; raises PortTaken when the port is not to be had."""
        socket = bound(self._settings.lmtp_bind, self.port, part="LMTP server", setting="DAYMARK_LMTP_PORT")
        self.port = socket.getsockname()[1]
        self._listener = Listener(_Door(self._settings), socket, _Protocol, largest=_LARGEST_MAIL)
        self._listener.start()

    def stop(self) -> None:
        if self._listener is not None:
            self._listener.stop()
            self._listener = None

    def __enter__(self) -> "Receiver":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def is_ours(address: str, settings: Settings) -> bool:
    """Tell whether mail to this address answers us: our mailbox, with or without a token behind a plus."""
    local, _, domain = settings.mail_address.partition("@")
    return bool(re.fullmatch(rf"{re.escape(local)}(\+[a-z0-9]{{1,64}})?@{re.escape(domain)}", address, re.IGNORECASE))


def addressed(addresses: Collection[str], house: Settings) -> Settings | None:
    """Give the settings to whose mailbox any of these addresses belongs: the house's, or a council's own; else None."""
    if any(is_ours(address, house) for address in addresses):
        return house
    return next((own for own in _own(house) if any(is_ours(address, own) for address in addresses)), None)


def _own(house: Settings) -> Iterator[Settings]:
    for store in stores(house):
        with suppress(SettingsError):
            yield of_council(house, store.council)


class _Protocol(SMTP):
    """Hold both protocols: a mail server that speaks LMTP says LHLO and wants an answer for each recipient."""

    is_lmtp = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if not self.event_handler.hears(str(transport.get_extra_info("peername")[0])):
            _log.warning("A peer that DAYMARK_LMTP_PEERS does not name was refused.")
            # Before a word of it is read.
            cast("asyncio.WriteTransport", transport).abort()

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, hostname: str) -> None:  # noqa: N802
        self.is_lmtp = True
        await self.smtp_EHLO(hostname)


class _Door:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._peers = peers_in(settings.lmtp_peers)

    def hears(self, peer: str) -> bool:
        """Tell whether the settings name this peer."""
        address = ip_address(peer.partition("%")[0])
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return any((mapped or address) in network for network in self._peers)

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        try:
            if await asyncio.to_thread(addressed, [address], self._settings) is None:
                return _NOT_OURS
        except (OperationalError, InterfaceError):
            return _TRY_AGAIN
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        said = await asyncio.to_thread(self._take, envelope)
        lmtp = isinstance(server, _Protocol) and server.is_lmtp
        return "\r\n".join([said] * len(envelope.rcpt_tos)) if lmtp else said

    def _take(self, envelope: Envelope) -> str:
        raw = _as_delivered(envelope)
        # Never Exchange Online: without a server's name the results may come from anywhere.
        given = addressed(envelope.rcpt_tos, self._settings) or self._settings
        mailbox = ReplyMailbox(address=given.mail_address, authserv=self._settings.mail_authserv or NOBODY)
        return answered(self._settings, lambda: handle(self._settings, raw, at=clock.now(), mailbox=mailbox))


def answered(settings: Settings, taking: Callable[[], IntakeResult]) -> str:
    """Take in a mail and give the reply to whoever brought it; receipts leave when that reply is on its way."""
    try:
        result = taking()
    except (OperationalError, InterfaceError, NoCouncil):
        return _TRY_AGAIN
    except Exception as trouble:
        _log.error("A mail could not be taken (%s); it was not accepted.", type(trouble).__name__)
        return _TRY_AGAIN
    if result.new:
        Thread(target=_afterwards, args=(settings, result), daemon=True).start()
    return "250 2.0.0 Recorded"


def _afterwards(settings: Settings, result: IntakeResult) -> None:
    try:
        afterwards(settings, [result], at=clock.now())
    except Exception as trouble:
        _log.warning("A receipt could not be sent now (%s).", type(trouble).__name__)


def _as_delivered(envelope: Envelope) -> bytes:
    """Put the envelope on top, as the server of final delivery does (RFC 5321, 4.4).

    The sender tells what is automatic, the recipient carries the token.
    """
    content: Any = envelope.original_content or envelope.content or b""
    head = [
        f"Return-Path: <{envelope.mail_from or ''}>",
        *(f"Delivered-To: {rcpt_to}" for rcpt_to in envelope.rcpt_tos),
    ]
    return "".join(f"{line}\r\n" for line in head).encode("utf-8", "replace") + bytes(content)
