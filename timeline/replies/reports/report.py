"""Read reports of mail systems about our own messages: not delivered, still waiting, or read (RFC 3464, RFC 8098)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from timeline.replies.mail import ParsedMail
from timeline.replies.reading import ReplyKind, ReplyMailbox
from timeline.replies.reports.fields import recipients
from timeline.replies.reports.gone import is_gone
from timeline.replies.reports.letter import (
    by_letter,
    failed_recipients,
    named,
    only_address,
    text_of_letter,
    words_about,
)
from timeline.replies.reports.words import addresses, quotable

_ACTIONS = {
    **dict.fromkeys(("failed", "failure", "fail"), ReplyKind.BOUNCE),
    **dict.fromkeys(("delayed", "delay"), ReplyKind.DELAYED),
    **dict.fromkeys(("delivered", "relayed", "expanded"), ReplyKind.RECEIPT),
}
_WORD = re.compile(r"[\W_]{0,20}([a-z]+)")
_CLASS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_WHY = {
    ReplyKind.BOUNCE: "It could not be delivered.",
    ReplyKind.DELAYED: "It is delayed and still being tried.",
    ReplyKind.RECEIPT: "A mail system says that it passed the message on.",
    ReplyKind.OTHER: "It is a delivery report that says neither that our mail failed nor that it was passed on.",
}
_UNKNOWN = "It is the letter of a mail system about a mail of ours, and does not say plainly what became of it."
_COMPLAINT = "It is a report of a mail system, as about a mail that somebody took for junk: a person must look at it."

_Fields = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Report:
    """Hold a report. `bounced` is the address that it says failed, empty for none or several; `named` all in its words.

    `gone`: by its codes there is no such mailbox. `said` are the words of the server, fit to be quoted.
    """

    kind: ReplyKind
    why: str
    bounced: str = ""
    named: tuple[str, ...] = ()
    gone: bool = False
    said: str = ""


def report(mail: ParsedMail, mailbox: ReplyMailbox) -> Report | None:
    """Read the report of a mail system; None when the mail is no report."""
    if _is_report(mail, "message/delivery-status"):
        return _delivery(mail, mailbox)
    if _is_report(mail, "message/disposition-notification"):
        return Report(kind=ReplyKind.RECEIPT, why="It is a read receipt.")
    kind = by_letter(mail)
    if mail.whole.get_content_type() == "multipart/report" and kind in (None, ReplyKind.OTHER):
        return Report(kind=ReplyKind.OTHER, why=_COMPLAINT)
    return _told(mail, mailbox, kind) if kind else None


def _is_report(mail: ParsedMail, content_type: str) -> bool:
    """Tell whether a mail system sent the report as the mail itself: a person may attach a report that came in."""
    sent_by_a_system = mail.whole.get_content_type() in ("multipart/report", content_type)
    return bool(mail.of_type(content_type)) and (sent_by_a_system or mail.has_empty_sender)


def _delivery(mail: ParsedMail, mailbox: ReplyMailbox) -> Report:
    every = [block for part in mail.of_type("message/delivery-status") for block in recipients(part)]
    letter = by_letter(mail)
    verdicts = [_verdict(block, letter) for block in every]
    failed = [block for block, kind in zip(every, verdicts, strict=True) if kind is ReplyKind.BOUNCE]
    if failed:
        return _failed(mail, mailbox, failed)
    if ReplyKind.DELAYED in verdicts:
        late = (block for block, kind in zip(every, verdicts, strict=True) if kind is ReplyKind.DELAYED)
        return replace(_of(ReplyKind.DELAYED), bounced=_only({_recipient(block) for block in late}))
    if verdicts and set(verdicts) == {ReplyKind.RECEIPT}:
        return _of(ReplyKind.RECEIPT)
    # The fields say nothing: what is in the header, the subject and the words?
    plain = letter if letter is not ReplyKind.OTHER and not any(verdicts) else None
    return _told(mail, mailbox, plain) if plain else _of(ReplyKind.OTHER)


def _of(kind: ReplyKind) -> Report:
    return Report(kind=kind, why=_WHY[kind])


def _verdict(block: _Fields, letter: ReplyKind | None) -> ReplyKind | None:
    """Tell what became of our mail to a recipient; None when that is not certain.

    “Passed on” is only what says so: a reminder that is taken for read, and was not, is lost.
    """
    word, status = _WORD.match(block.get("action", "").lower()), _CLASS.search(block.get("status", ""))
    action, digit = _ACTIONS.get(word[1]) if word else None, status[1] if status else ""
    if action is ReplyKind.RECEIPT:
        return action if digit in ("", "2") else None
    if action:
        return action
    letter = None if letter is ReplyKind.OTHER else letter
    # 4.x.x is what a server says of a mail that still waits, and of a mail that it has given up.
    return {"5": ReplyKind.BOUNCE, "4": letter}.get(digit)


def _failed(mail: ParsedMail, mailbox: ReplyMailbox, failed: Sequence[_Fields]) -> Report:
    to = {_recipient(block) for block in failed} - {""}
    said = next((block["diagnostic-code"] for block in failed if block.get("diagnostic-code")), "")
    codes = next((block["status"] for block in failed if block.get("status")), "")
    told = _told(mail, mailbox, ReplyKind.BOUNCE)
    everybody = dict.fromkeys((*(address for block in failed for address in _addresses(block)), *told.named))
    return replace(
        told,
        bounced=_only(to) if to else told.bounced,
        named=tuple(everybody),
        gone=all(_is_gone(block) for block in failed),
        said=quotable(said.partition(";")[2].strip() or said or codes) or told.said,
    )


def _told(mail: ParsedMail, mailbox: ReplyMailbox, kind: ReplyKind) -> Report:
    """Read the header and the words of a report that has no fields; they never say that a mailbox is gone."""
    if kind is ReplyKind.OTHER:
        return Report(kind=kind, why=_UNKNOWN)
    if kind is not ReplyKind.BOUNCE:
        return _of(kind)
    headed = failed_recipients(mail)
    bounced = _only(set(headed)) if headed else only_address(mail, mailbox)
    said = words_about(bounced, text_of_letter(mail)) if bounced else ""
    return replace(_of(kind), bounced=bounced, named=tuple(named(mail)), said=quotable(said))


def _only(addresses: set[str]) -> str:
    return addresses.pop() if len(addresses) == 1 else ""


def _recipient(block: _Fields) -> str:
    """Return the address that we wrote to, or else the address to which it was passed on, lower case."""
    return next(iter(_addresses(block)), "")


def _addresses(block: _Fields) -> list[str]:
    """Return the addresses in `rfc822; sean@borough.example`; RFC 3461 writes + and = in the first as hexadecimals."""
    values = [block.get(name, "").rpartition(";")[2] for name in ("original-recipient", "final-recipient")]
    return addresses(" ".join((re.sub(r"\+([0-9A-F]{2})", lambda code: chr(int(code[1], 16)), values[0]), *values)))


def _is_gone(block: _Fields) -> bool:
    status = re.search(r"[245]\.\d{1,3}\.\d{1,3}", block.get("status", ""))
    return is_gone(status[0] if status else "", block.get("diagnostic-code", ""))
