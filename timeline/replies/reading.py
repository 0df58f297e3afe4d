"""What a mail that came in is taken for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timeline.answers.responses import Answer


class ReplyKind(StrEnum):
    """What sort of mail it is; only a response or a calendar reply can answer for somebody."""

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
    """Where replies arrive, and who vouches for their senders.

    `authserv` is the name that our own mail server writes into Authentication-Results; empty means Exchange
    Online, which writes none. `tenant` is the id of our Exchange Online tenant.
    """

    address: str
    authserv: str = ""
    tenant: str = ""


@dataclass(frozen=True, kw_only=True)
class MailReading:
    """The verdict on one mail. It says what was written and whether its sender is proved, never what to do.

    `response` is None when a person must read it, or when there is nothing to read. `token` is lower case, empty
    when none was found or two contradict each other. `trusted` is authentication alone. `from_asked` is None when
    it is not known who was asked. `sender` is the one address of From, lower case, else empty. `text` is what a
    person wrote above the quote; of automatic mail nothing is kept but the dates of an absence. `automatic` mail
    must never be answered. `bounced` is the Final-Recipient of a delivery report.
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
    calendar_uid: str = ""
