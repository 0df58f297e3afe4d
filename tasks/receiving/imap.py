"""Read the mailbox that answers reach: each mail is taken, committed, and only then moved out of the way.

If the reader dies between the two, the mail stays where it was; taken again it changes nothing, and is moved.
"""

import imaplib
import logging
import re
import ssl
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxUnencrypted
from sqlalchemy.exc import OperationalError

from config.settings import Settings
from models.store.inbound.locks import exclusive
from tasks.channels.exchange.access import NoToken, access_token
from tasks.channels.exchange.registrations import for_reading
from tasks.council.ledger import engine, stores
from tasks.reading.bounded import LARGEST_MAIL
from tasks.receiving.batches import Brought, take_all
from tasks.receiving.incoming import IntakeResult

_LONGEST_ANSWER_SECONDS = 60
_LOCK = "mailbox"
# As many at once as a server sends without a pause, and as a crash may make us fetch again.
_MOST_MAILS = 100
_MOST_OCTETS = 8 * 1024 * 1024
_SIZE = re.compile(rb"UID (\d+).*RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+).*UID (\d+)")
_UID = re.compile(rb"UID (\d+)")

_log = logging.getLogger(__name__)


class MailboxUnreachable(Exception):
    """Report that the mailbox could not be read; a sentence, without a secret."""


@dataclass
class MailboxRead:
    """Hold the result of reading the mailbox.

    `taken` are the results in order, `left` mails that could not be taken, `unmoved` mails that were taken and lie
    where they were. `busy`: another process is reading it.
    """

    taken: list[IntakeResult] = field(default_factory=list)
    left: int = 0
    unmoved: int = 0
    busy: bool = False

    def add(self, other: "MailboxRead") -> None:
        """Add what was read of another mailbox."""
        self.taken += other.taken
        self.left, self.unmoved = self.left + other.left, self.unmoved + other.unmoved
        self.busy = self.busy or other.busy

    def numbers(self) -> Mapping[str, int]:
        """Count the mails in each state, for administrators."""
        counter = Counter(result.state.value if result.new else "seen before" for result in self.taken)
        lying = {"left in the mailbox": self.left, "taken but not moved": self.unmoved}
        return dict(sorted(counter.items())) | {name: number for name, number in lying.items() if number}


def read_mailbox(settings: Settings, *, at: datetime) -> MailboxRead:
    """Take every mail in the folder, whether or not anybody has seen it, and move each to the folder of what was read.

    Raises MailboxUnreachable, or what the database raises; mails taken by then stay taken.
    """
    done = MailboxRead()
    if next(stores(settings), None) is None:
        return done  # nothing was applied yet: the mails wait
    with exclusive(engine(settings.database_url), _LOCK) as mine:
        if not mine:
            done.busy = True
            return done
        with _told(settings), _opened(settings) as box:
            for sizes in _chunks(_sizes(box)):
                _take(box, settings, sizes, done, at)
    return done


def look_in(settings: Settings) -> int:
    """Count the mails that wait in the folder, and take none. Raises MailboxUnreachable."""
    with _told(settings), _opened(settings) as box:
        return len(_sizes(box))


@contextmanager
def _told(settings: Settings) -> Iterator[None]:
    """Tell whatever keeps us from the mailbox as MailboxUnreachable."""
    try:
        yield
    except (ImapToolsError, imaplib.IMAP4.error, OSError) as trouble:
        raise MailboxUnreachable(_sentence(settings, trouble)) from None
    except NoToken as trouble:
        raise MailboxUnreachable(f"{trouble}.") from None


def _take(box: BaseMailBox, settings: Settings, sizes: Mapping[str, int], done: MailboxRead, at: datetime) -> None:
    taken: list[str] = []
    try:
        for mail, result in take_all(settings, (Brought(*each) for each in _contents(box, sizes)), at=at):
            if isinstance(result, IntakeResult):
                done.taken.append(result)
                taken.append(mail.uid)
            else:
                done.left += 1
                _log.error("A mail could not be taken (%s); it stays in the mailbox.", type(result).__name__)
    except OperationalError:
        _move(box, settings, taken, done)
        raise
    _move(box, settings, taken, done)


def _move(box: BaseMailBox, settings: Settings, uids: Sequence[str], done: MailboxRead) -> None:
    """Move the mails that were taken; a mail that cannot be moved (another reader, a full folder) counts as seen next
    time.
    """
    try:
        if uids:
            box.move(list(uids), settings.imap_done_folder)
    except ImapToolsError:
        done.unmoved += len(uids)


@contextmanager
def _opened(settings: Settings) -> Iterator[BaseMailBox]:
    kind = MailBox if settings.imap_tls else MailBoxUnencrypted
    given = {"ssl_context": ssl.create_default_context()} if settings.imap_tls else {}
    box = kind(settings.imap_host, settings.imap_port, timeout=_LONGEST_ANSWER_SECONDS, **given)
    try:
        _log_in(box, settings)
        # imaplib asks before the login, when a server may not yet tell that it can move mails.
        _, said = box.client.capability()
        box.client.capabilities = tuple(said[-1].decode("ascii", "replace").upper().split())
        _make_folder(box, settings.imap_done_folder)
        box.folder.set(settings.imap_folder)
        yield box
    finally:
        try:
            box.logout()
        except (ImapToolsError, imaplib.IMAP4.error, OSError):
            _log.debug("The mailbox had hung up already.")


def _log_in(box: BaseMailBox, settings: Settings) -> None:
    if settings.imap_client_id:
        app = for_reading(settings)
        box.xoauth2(settings.imap_user, access_token(app, app.mail_scope), initial_folder=None)
        return
    password = settings.imap_password.get_secret_value() if settings.imap_password else ""
    box.login(settings.imap_user, password, initial_folder=None)


def _make_folder(box: BaseMailBox, name: str) -> None:
    if not box.folder.exists(name):
        try:
            box.folder.create(name)
        except ImapToolsError:
            if not box.folder.exists(name):  # else another reader was faster
                raise


def _sizes(box: BaseMailBox) -> dict[str, int]:
    """Give the octets of each mail by UID, the oldest first, whether or not anybody has looked at it."""
    uids = box.uids("UNDELETED")
    if not uids:
        return {}
    status, said = box.client.uid("FETCH", ",".join(uids), "(UID RFC822.SIZE)")
    if status != "OK":
        raise imaplib.IMAP4.error("the sizes were refused")
    sizes = {}
    for line in said:
        if isinstance(line, bytes) and (matched := _SIZE.search(line)):
            sizes[(matched[1] or matched[4]).decode()] = int(matched[2] or matched[3])
    return sizes


def _chunks(sizes: Mapping[str, int]) -> Iterator[dict[str, int]]:
    chunk: dict[str, int] = {}
    for uid, octets in sizes.items():
        if chunk and (len(chunk) >= _MOST_MAILS or sum(chunk.values()) + octets > _MOST_OCTETS):
            yield chunk
            chunk = {}
        chunk[uid] = octets
    if chunk:
        yield chunk


def _contents(box: BaseMailBox, sizes: Mapping[str, int]) -> Iterator[tuple[str, bytes, bool]]:
    """Yield UID, octets, and whether these are the head alone, without the mails that were moved away meanwhile."""
    large = [uid for uid, octets in sizes.items() if octets > LARGEST_MAIL]
    for uids, part in (([uid for uid in sizes if uid not in large], "BODY.PEEK[]"), (large, "BODY.PEEK[HEADER]")):
        if not uids:
            continue
        status, said = box.client.uid("FETCH", ",".join(uids), f"(UID {part})")
        if status != "OK":
            raise imaplib.IMAP4.error("the mails were refused")
        for place, item in enumerate(said):
            # The UID stands before the mail or, with some servers, after it.
            if isinstance(item, tuple):
                after = said[place + 1] if place + 1 < len(said) else b""
                uid = _UID.search(item[0]) or _UID.search(after if isinstance(after, bytes) else b"")
                if uid:
                    yield uid[1].decode(), item[1], uids is large


def _sentence(settings: Settings, trouble: Exception) -> str:
    where = f"{settings.imap_host} port {settings.imap_port}"
    return f"The mailbox at {where} could not be read ({_kind_of(trouble)}): look at the DAYMARK_IMAP_… settings."


def _kind_of(trouble: Exception) -> str:
    """Name the kind of trouble only, because a server's own words may repeat an address."""
    if isinstance(trouble, OSError) and trouble.strerror:
        return trouble.strerror
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(trouble).__name__).lower()
