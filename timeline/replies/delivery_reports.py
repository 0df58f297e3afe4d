"""Reports of mail systems about our own messages: not delivered, still waiting, or read (RFC 3464, RFC 8098)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

from timeline.replies.gone import is_gone
from timeline.replies.mail import ParsedMail, Part, headers_of, text_of
from timeline.replies.reading import ReplyKind

_BY_NAME = re.compile(r"(?:mailer-daemon|postmaster)@", re.IGNORECASE)
_FAILED = re.compile(
    r"undeliver|delivery (?:status notification|has )?\W*fail|returned mail|mail delivery failed", re.IGNORECASE
)
_LATE = re.compile(r"\bdelay(?:ed)?\b|still being retried", re.IGNORECASE)
_RETURNED = ("Message-ID", "Reply-To", "Original-Message-ID")
_KINDS = {"failed": ReplyKind.BOUNCE, "delayed": ReplyKind.DELAYED}


@dataclass(frozen=True, kw_only=True)
class _Report:
    kind: ReplyKind
    why: str
    bounced: str = ""
    gone: bool = False


def report(mail: ParsedMail) -> _Report | None:
    """Read the report of a mail system; None when the mail is no report."""
    if _is_report(mail, "message/delivery-status"):
        return _delivery(mail)
    if _is_report(mail, "message/disposition-notification"):
        return _Report(kind=ReplyKind.RECEIPT, why="It is a read receipt.")
    return _old_fashioned(mail)


def returned(mail: ParsedMail) -> str:
    """Return the headers of our own message that a report brings back, as text that may hold a token."""
    fields: list[str] = []
    for part in mail.of_type("message/rfc822", "message/disposition-notification", "text/rfc822-headers"):
        for block in _blocks(part):
            fields += [value for name in _RETURNED for value in block.get(name.lower(), ())]
    return " ".join(fields)


def _is_report(mail: ParsedMail, content_type: str) -> bool:
    """Tell whether a mail system sent the report as the mail itself: a person may attach a report that came in."""
    sent_by_a_system = mail.whole.get_content_type() in ("multipart/report", content_type)
    return bool(mail.of_type(content_type)) and (sent_by_a_system or mail.all("Return-Path") == ["<>"])


def _delivery(mail: ParsedMail) -> _Report:
    reports = [
        block for part in mail.of_type("message/delivery-status") for block in _blocks(part) if "action" in block
    ]
    actions = [block["action"][0].lower() for block in reports]
    for action, kind in _KINDS.items():
        if action in actions:
            why = "It could not be delivered" if kind is ReplyKind.BOUNCE else "It is delayed and still being tried"
            about = [block for block in reports if block["action"][0].lower() == action]
            to = {_recipient(block) for block in about}
            gone = all(_is_gone(block) for block in about)
            return _Report(kind=kind, why=f"{why}.", bounced=to.pop() if len(to) == 1 else "", gone=gone)
    return _Report(kind=ReplyKind.RECEIPT, why="A mail system says that it passed the message on.")


def _recipient(block: Mapping[str, Sequence[str]]) -> str:
    """Return the address of `rfc822; sean@borough.example` without its type, lower case."""
    value = next(iter(block.get("final-recipient", ())), "")
    return value.rpartition(";")[2].strip().strip("<>").lower()


def _is_gone(block: Mapping[str, Sequence[str]]) -> bool:
    status, said = (next(iter(block.get(name, ())), "") for name in ("status", "diagnostic-code"))
    return is_gone(status.partition(" ")[0].strip(), said)


def _old_fashioned(mail: ParsedMail) -> _Report | None:
    """Read the plain letter of an older mail system: Exim names the address, others only report it in the subject."""
    failed = mail.first("X-Failed-Recipients").lower()
    if failed:
        return _Report(kind=ReplyKind.BOUNCE, why="It could not be delivered.", bounced="" if "," in failed else failed)
    if mail.all("Return-Path") != ["<>"] or not _BY_NAME.search(mail.first("From")):
        return None
    if _LATE.search(mail.subject):
        return _Report(kind=ReplyKind.DELAYED, why="It is delayed and still being tried.")
    if _FAILED.search(mail.subject):
        return _Report(kind=ReplyKind.BOUNCE, why="It could not be delivered, and the report does not say to whom.")
    return None


def _blocks(part: Part) -> Iterator[Mapping[str, Sequence[str]]]:
    """Yield the groups of fields in a report's part, whether the parser split them or not."""
    inside = part.get_payload()
    for part_inside in inside if isinstance(inside, list) else []:
        if isinstance(part_inside, Message):
            yield headers_of(part_inside)
    if not isinstance(inside, list):
        for group in re.split(r"\r?\n\r?\n", text_of(part)[:20_000]):
            yield headers_of(HeaderParser().parsestr(group))
