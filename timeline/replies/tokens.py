"""Which of our messages a mail answers: the token, from the strongest carrier that has one."""

import re
from collections.abc import Iterable, Iterator

from timeline.replies.mail import ParsedMail, text_of
from timeline.replies.reading import ReplyMailbox
from timeline.replies.trust import domain

_TOKEN = r"([a-z2-9]{16})"  # noqa: S105 (a pattern, not a secret)
_PLUS = re.compile(rf"[\w.-]{{1,64}}\+{_TOKEN}@([\w.-]{{1,255}})", re.IGNORECASE)
_MESSAGE_ID = re.compile(rf"<r\.{_TOKEN}\.[^@<>\s]{{1,80}}@[^<>\s]{{1,255}}>", re.IGNORECASE)
_REFERENCE = re.compile(rf"\[\s*ref:\s*{_TOKEN}\s*\]", re.IGNORECASE)

_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_ANSWERED = ("In-Reply-To", "References")


def token(mail: ParsedMail, mailbox: ReplyMailbox, bodies: Iterable[str], returned: str = "") -> tuple[str, bool]:
    """The token, lower case, and whether the strongest carrier names two different ones (then it is empty).

    `returned` holds the headers of our own message where a report brings them back.
    """
    for found in _carriers(mail, mailbox, bodies, returned):
        if found:
            return (found.pop(), False) if len(found) == 1 else ("", True)
    return "", False


def _carriers(mail: ParsedMail, mailbox: ReplyMailbox, bodies: Iterable[str], returned: str) -> Iterator[set[str]]:
    yield _plus([value for name in _TO for value in mail.all(name)] + [returned], domain(mailbox.address.lower()))
    yield _found(_MESSAGE_ID, [value for name in _ANSWERED for value in mail.all(name)] + [returned])
    yield _found(_REFERENCE, [mail.subject])
    yield _found(_REFERENCE, bodies)


def _plus(values: Iterable[str], ours: str) -> set[str]:
    """Addresses of our own domain win: somebody in copy may have a plus address too."""
    found = {(one[1].lower(), one[2].lower()) for value in values for one in _PLUS.finditer(value)}
    return {token for token, at in found if at == ours} or {token for token, _ in found}


def _found(pattern: re.Pattern[str], values: Iterable[str]) -> set[str]:
    return {one[1].lower() for value in values for one in pattern.finditer(value)}


def bodies(mail: ParsedMail) -> Iterator[str]:
    """What is written in the mail, quote and all, without undoing its HTML: a reference has no marks inside."""
    for part in mail.of_type("text/plain", "text/html"):
        yield text_of(part)
