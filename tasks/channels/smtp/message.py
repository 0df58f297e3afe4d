"""Build the bytes of a mail: the same mail always gives the same bytes, so that a resend is a true repetition."""

import hashlib
import re
from binascii import b2a_qp
from dataclasses import dataclass
from datetime import datetime
from email.charset import Charset
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime

from tasks.channels.smtp import headers
from tasks.channels.smtp.pictures import taken_out

_EXACT = Charset("utf-8")  # base64: calendar lines end in CRLF and are folded by octets
_POLICY = compat32.clone(linesep="\r\n")

_MESSAGE_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_METHOD = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE | re.IGNORECASE)
_OURS = re.compile(r"(?i)(from|to|b?cc|sender|reply-to|subject|date|message-id|return-path|mime-.*|content-.*)")
# Not "All": that would silence the out-of-office notes and non-delivery reports that we live on.
_DEFAULTS = (
    ("Auto-Submitted", "auto-generated"),
    ("X-Auto-Response-Suppress", "DR, RN, NRN, AutoReply"),
)


@dataclass(frozen=True, repr=False)
class OutgoingMail:
    """Hold a mail to a recipient. No repr: it holds addresses and tokens, which stay out of logs.

    `from_` and `reply_to` may be 'Name <a@b>'; an empty `reply_to` leaves the header out; `envelope_from` is a bare
    address. `message_id` is '<left@right>', derived from the message's key. `headers` adds to, and may replace,
    `Auto-Submitted` and `X-Auto-Response-Suppress`, which are always set. `calendar` is an iCalendar text and becomes a
    third alternative, an invitation (an attachment would not do). A picture that `html` holds becomes a part beside it.
    """

    to_address: str
    to_name: str
    from_: str
    reply_to: str
    envelope_from: str
    subject: str
    text: str
    html: str
    message_id: str
    date: datetime
    headers: tuple[tuple[str, str], ...] = ()
    calendar: str | None = None


def build(mail: OutgoingMail) -> bytes:
    """Return the mail as 7-bit lines ending in CRLF; raises ValueError with a sentence if it cannot be built."""
    lines = [f"{name}: {value}\r\n" for name, value in _head(mail)]
    return "".join(lines).encode("ascii") + _body(mail).as_bytes(policy=_POLICY)


def _head(mail: OutgoingMail) -> list[tuple[str, str]]:
    if mail.date.tzinfo is None:
        raise ValueError("the date of a mail must carry its time zone")
    if len(mail.message_id) > 250 or not _MESSAGE_ID.fullmatch(mail.message_id):
        raise ValueError("the message id is not of the form <left@right>")
    if mail.envelope_from:  # empty is the null sender of RFC 5321
        headers.address(mail.envelope_from)
    head = [
        ("From", headers.mailbox("From", mail.from_)),
        ("To", headers.named("To", mail.to_name, mail.to_address)),
        ("Subject", headers.text("Subject", mail.subject)),
        ("Date", format_datetime(mail.date)),
        ("Message-ID", mail.message_id),
    ]
    if mail.reply_to:
        head.append(("Reply-To", headers.mailbox("Reply-To", mail.reply_to)))
    return head + _further(mail.headers)


def _further(given: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    names = [name.lower() for name, _ in given]
    for name in names:
        if not _HEADER_NAME.fullmatch(name) or _OURS.fullmatch(name) or names.count(name) > 1:
            raise ValueError(f"the header {headers.clean(name)} is misspelt, given twice or ours to set")
    defaults = tuple(pair for pair in _DEFAULTS if pair[0].lower() not in names)
    return [(name, headers.text(name, value)) for name, value in defaults + given]


def _body(mail: OutgoingMail) -> MIMEMultipart:
    body = MIMEMultipart("alternative", boundary=_boundary(mail.message_id))
    body.attach(_readable("plain", mail.text))
    if mail.html:
        body.attach(_html(mail))
    if mail.calendar:
        body.attach(_invitation(_lines(mail.calendar, "\r\n")))
    return body


def _boundary(of: str) -> str:
    # "=_" cannot stand in quoted-printable or base64, so no text can contain the boundary.
    return "=_" + hashlib.sha256(of.encode()).hexdigest()[:32]


def _html(mail: OutgoingMail) -> MIMEBase:
    """Give the HTML, together with its pictures where it has any."""
    words, pictures = taken_out(mail.html, domain=mail.message_id.rpartition("@")[2].rstrip(">"))
    html = _readable("html", words)
    if not pictures:
        return html
    together = MIMEMultipart("related", boundary=_boundary(f"{mail.message_id} with its pictures"), type="text/html")
    for part in (html, *pictures):
        together.attach(part)
    return together


def _invitation(calendar: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", "calendar")
    part.set_payload(calendar, _EXACT)
    method = _METHOD.search(calendar)
    part.set_param("method", method[1].upper() if method else "REQUEST")
    return part


def _readable(kind: str, text: str) -> MIMENonMultipart:
    """Give a text as quoted-printable. By the C of `binascii`: the `email` package takes each character in turn."""
    part = MIMENonMultipart("text", kind, charset="utf-8")
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp(_lines(text, "\n").encode()).decode("ascii"))
    return part


def _lines(text: str, end: str) -> str:
    whole = text.encode("utf-8", "replace").decode()  # a lone surrogate cannot be sent
    return whole.replace("\r\n", "\n").replace("\r", "\n").replace("\n", end)
