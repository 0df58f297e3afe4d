"""Take in a mail, whoever brought it: as an answer, an absence, a bounce, or a line of the review list.

It happens exactly once: the row of the mail is written in the transaction of whatever is recorded from it.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.council.each import for_each, readable
from tasks.council.ledger import stores
from tasks.links.chats_kept_true import keep_cards_true
from tasks.links.link_target import Target, find_answered, find_returned
from tasks.processes.wake_notify import wake_notify
from tasks.reading.bounded import read
from tasks.receiving.automatic_mail import take_absence, take_bounce, take_probe
from tasks.receiving.incoming import IncomingMail, IntakeResult
from tasks.receiving.mail_answers import take_answer, take_reaction
from tasks.sending.deliver import send_outbox
from timeline.answers.inbound import AlreadyReceived, InboundState, inbound_id
from timeline.replies.reading import MailReading, ReplyKind, ReplyMailbox

__all__ = ["NOBODY", "IntakeResult", "NoCouncil", "afterwards", "handle", "mailbox_of", "read_mail"]

NOBODY = "nobody.daymark.invalid"
"""A name that no mail server can have (RFC 2606), used where no server is named."""


class NoCouncil(Exception):
    """Report that no timeline was applied yet, so that no mail can be taken in: it stays where it is."""


def mailbox_of(settings: Settings) -> ReplyMailbox:
    """Give the council's mailbox, and the server that vouches for the senders of its mails.

    Results without a server's name are Exchange Online's own; from anywhere else they are a forger's. So where no
    setting names a server or a tenant, no server vouches.
    """
    exchange = settings.mail_tenant or settings.imap_client_id
    named = settings.mail_authserv or ("" if exchange else NOBODY)
    return ReplyMailbox(address=settings.mail_address, authserv=named, tenant=settings.mail_tenant)


def handle(
    settings: Settings,
    raw: bytes,
    *,
    at: datetime,
    mailbox: ReplyMailbox | None = None,
    cut: bool = False,
    reading: MailReading | None = None,
) -> IntakeResult:
    """Take in a mail, once; a mail that came in before changes nothing.

    `cut`: `raw` is the head of a mail that is too large. `reading`: what it says, where it was read already. Raises
    NoCouncil, ReaderNotStarted, or what the database raises; then nothing was written, and the mail may be brought
    again.
    """
    reading = reading or read_mail(settings, raw, mailbox=mailbox, cut=cut)
    target = _target(settings, reading) if reading.token else None
    store, claims = target or (_whose(settings, reading), None)
    mail = IncomingMail(settings=settings, store=store, reading=reading, id=_id(raw, reading), at=at, of=claims)
    try:
        return _already(mail) if store.inbound.was_received(mail.id) else _HANDLERS[reading.kind](mail)
    except AlreadyReceived:
        return _already(mail)


def read_mail(settings: Settings, raw: bytes, *, mailbox: ReplyMailbox | None = None, cut: bool = False) -> MailReading:
    """Read a mail, and look nothing up. Raises ReaderNotStarted."""
    return read(raw, mailbox=mailbox or mailbox_of(settings), cut=cut)


def _target(settings: Settings, reading: MailReading) -> Target | None:
    """Find what the mail is about. What mail systems write comes to the envelope sender: reports, and some absences."""
    if reading.kind in (ReplyKind.BOUNCE, ReplyKind.AUTO_REPLY, ReplyKind.OTHER):
        return find_returned(settings, reading.token) or find_answered(settings, reading.token)
    return find_answered(settings, reading.token)


def _id(raw: bytes, reading: MailReading) -> str:
    """Make the id of its Message-ID, and of the sender if trusted.

    A forged mail under the same Message-ID is another message: it must not make the true mail count as known.
    """
    name = reading.message_id or hashlib.sha256(raw).hexdigest()
    return inbound_id("mail", name, reading.sender if reading.trusted else "")


def _whose(settings: Settings, reading: MailReading) -> Store:
    """Choose the council for a mail without a token: the only council that knows its sender, else the first."""
    every = list(stores(settings))
    if not every:
        raise NoCouncil("No council's timeline has been applied yet.")
    if len(every) == 1:
        return every[0]
    knowing = [store for store, timeline in readable(settings) if timeline.directory.at_address(reading.sender)]
    return knowing[0] if len(knowing) == 1 else every[0]


def _ignored(mail: IncomingMail) -> IntakeResult:
    return mail.heard(InboundState.IGNORED, mail.reading.why)


def _already(mail: IncomingMail) -> IntakeResult:
    why = "It had come in before."
    return IntakeResult(kind=mail.reading.kind.value, state=InboundState.IGNORED, why=why, new=False)


_HANDLERS: Mapping[ReplyKind, Callable[[IncomingMail], IntakeResult]] = {
    ReplyKind.RESPONSE: take_answer,
    ReplyKind.CALENDAR: take_answer,
    ReplyKind.OTHER: take_reaction,
    ReplyKind.AUTO_REPLY: take_absence,
    ReplyKind.BOUNCE: take_bounce,
    ReplyKind.DELAYED: _ignored,
    ReplyKind.RECEIPT: _ignored,
    ReplyKind.PROBE: take_probe,
}


def afterwards(settings: Settings, taken: Iterable[IntakeResult], *, at: datetime) -> int:
    """Have a manager told of a call for help now, and send the receipts, at any hour; give how many mails it tried.

    Raises CouncilsFailed at the end.
    """
    taken = list(taken)
    if not any(result.new for result in taken):
        return 0
    if any(result.asks_for_help for result in taken):
        wake_notify(settings)
    tried = sum(for_each(settings, lambda store: len(send_outbox(store, settings, at=at))))
    for_each(settings, lambda store: keep_cards_true(store, settings, at=at))
    return tried
