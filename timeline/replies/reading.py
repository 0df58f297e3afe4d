"""Hold the reading of a mail that came in."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from timeline.answers.responses import Answer


class ReplyKind(StrEnum):
    """Name the kind of a mail; only a response or a calendar reply can answer for a person."""

    RESPONSE = "response"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    DELAYED = "delayed"
    CALENDAR = "calendar"
    RECEIPT = "receipt"
    PROBE = "probe"  # our own, to ourselves
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class ReplyMailbox:
    """Hold the mailbox for replies, and the server that vouches for their senders.

    `authserv` is the name that our own mail server writes into Authentication-Results; empty means Exchange
    Online, which writes none. `tenant` is the id of our Exchange Online tenant.
    """

    address: str
    authserv: str = ""
    tenant: str = ""


@dataclass(frozen=True, kw_only=True)
class NumberedAnswer:
    """Hold the answer to the task with this number in our mail, with what MailReading holds for a single answer."""

    number: int
    answer: Answer
    evidence: str = ""
    text: str = ""
    is_done: bool = False


@dataclass(frozen=True, kw_only=True)
class MailReading:
    """Hold the verdict on a mail: its words, and whether its sender is proved. It never decides what to do.

    `response` is None when a person must read it, or when there is nothing to read. `token` is lower case; it is empty
    when the mail has none or two contradict each other. `trusted` is authentication alone. `from_asked` is None when
    the person asked is not known. `sender` is the only address of From, lower case, else empty. `text` is the words
    of a person above the quote; automatic mail leaves nothing but the dates of an absence. Daymark must never answer
    `automatic` mail. `bounced` is the only address that a delivery report says failed, `named` is every address in
    the report, `gone` says that its status code means that there is no such mailbox, and `said` are the server's words.

    `parts` are the answers by number of a reply that answers several tasks; `response` is then the answer that they
    share, or None. `of_all`: the answer is for every task of our mail, of which there are `count` where the reply says
    so. `is_done`: the words say that the task is done, which a confirmation may say too. `unread`: words stand below
    the lines that were read. `has_left`: the writer says that they left their post, or are away for so long that
    somebody else may hold it. `another_date`: the reply asks for another date, and is held for whoever decides
    about it. `written_at` is what its Date says, and `may_be_a_machines`: its words are those of a
    machine's receipt as well. `words` are all of a person's words above the quote.
    `unclear`: a calendar said something that cannot be recorded.
    """

    kind: ReplyKind
    response: Answer | None = None
    number: int | None = None
    token: str = ""
    trusted: bool = False
    from_asked: bool | None = None
    sender: str = ""
    absent_from: date | None = None
    absent_until: date | None = None
    why: str = ""
    text: str = ""
    evidence: str = ""
    message_id: str = ""
    automatic: bool = False
    bounced: str = ""
    named: tuple[str, ...] = ()
    gone: bool = False
    said: str = ""
    calendar_uid: str = ""
    parts: tuple[NumberedAnswer, ...] = ()
    of_all: bool = False
    count: int | None = None
    is_done: bool = False
    unread: bool = False
    has_left: bool = False
    another_date: bool = False
    written_at: datetime | None = None
    may_be_a_machines: bool = False
    unclear: bool = False
    words: str = ""
