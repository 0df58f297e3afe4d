"""Take mails from the mailbox some at a time: a single transaction for all, a savepoint for each.

All are read before the transaction begins: a mail that takes its reader two seconds holds up nobody who writes. A mail
that cannot be taken harms only itself. Who dies in the middle has written nothing of these mails, and they lie where
they lay.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, islice
from typing import NamedTuple

from sqlalchemy.exc import OperationalError

from config.settings import Settings
from models.store import OtherCouncil, together
from tasks.council.ledger import engine
from tasks.receiving.incoming import IntakeResult
from tasks.receiving.receive import handle, read_mail
from timeline.replies.reading import MailReading, ReplyKind

TOGETHER = 20
"""So many that their transaction is over before anybody who answers on a page has waited for long."""

_log = logging.getLogger(__name__)


class Brought(NamedTuple):
    """Hold a mail as the mailbox gave it; `cut` where it is the head alone."""

    uid: str
    raw: bytes
    cut: bool


class Taken(NamedTuple):
    """Hold a mail with what became of it: its result, or the fault for which it stays in the mailbox."""

    mail: Brought
    result: IntakeResult | Exception


class _Read(NamedTuple):
    mail: Brought
    reading: MailReading | Exception

    @property
    def is_reply(self) -> bool:
        return isinstance(self.reading, MailReading) and self.reading.kind is ReplyKind.RESPONSE


def take_all(settings: Settings, mails: Iterable[Brought], *, at: datetime) -> Iterator[Taken]:
    """Take in each mail once, in order, and give those whose outcome is committed. Raises OperationalError; what it has
    not given by then stays.

    Replies that follow each other share a transaction. What mail systems write may look into every council, and is
    taken alone.
    """
    each = iter(mails)
    while some := [_read(settings, mail) for mail in islice(each, TOGETHER)]:
        runs = ((is_reply, list(run)) for is_reply, run in groupby(some, key=lambda read: read.is_reply))
        for is_reply, run in runs:
            yield from _together(settings, run, at) if is_reply else (_alone(settings, read, at) for read in run)


def _read(settings: Settings, mail: Brought) -> _Read:
    try:
        return _Read(mail, read_mail(settings, mail.raw, cut=mail.cut))
    except Exception as trouble:
        return _Read(mail, trouble)


def _together(settings: Settings, replies: list[_Read], at: datetime) -> Iterator[Taken]:
    while len(replies) > 1:
        try:
            taken, others = _share(settings, replies, at)
        except OperationalError:
            raise
        except Exception as trouble:
            _log.error("Replies could not be taken together (%s): each is taken alone.", type(trouble).__name__)
            break
        if not taken:
            break
        yield from taken
        replies = others
    for read in replies:
        yield _alone(settings, read, at)


def _share(settings: Settings, replies: Iterable[_Read], at: datetime) -> tuple[list[Taken], list[_Read]]:
    """Take replies in a single transaction, and give them once it is committed, with those to another council."""
    taken: list[Taken] = []
    others: list[_Read] = []
    with together(engine(settings.database_url)) as shared:
        for read in replies:
            try:
                with shared.apart():
                    taken.append(Taken(read.mail, _handle(settings, read, at)))
            except OtherCouncil:
                others.append(read)
            except OperationalError:
                raise
            except Exception as trouble:
                taken.append(Taken(read.mail, trouble))
    return taken, others


def _alone(settings: Settings, read: _Read, at: datetime) -> Taken:
    try:
        return Taken(read.mail, _handle(settings, read, at))
    except OperationalError:
        raise
    except Exception as trouble:
        return Taken(read.mail, trouble)


def _handle(settings: Settings, read: _Read, at: datetime) -> IntakeResult:
    if isinstance(read.reading, Exception):
        raise read.reading
    return handle(settings, read.mail.raw, at=at, cut=read.mail.cut, reading=read.reading)
