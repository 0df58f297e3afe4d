"""Read the token of the message that a mail answers, from the strongest carrier that has a token."""

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
    """Return the token, lower case, and whether the strongest carrier names two (then the token is empty).

    `returned` holds the headers of our own message where a report brings them back.
    """
    for tokens in _carriers(mail, mailbox, bodies, returned):
        if tokens:
            return (tokens.pop(), False) if len(tokens) == 1 else ("", True)
    return "", False


def _carriers(mail: ParsedMail, mailbox: ReplyMailbox, bodies: Iterable[str], returned: str) -> Iterator[set[str]]:
    ours = domain(mailbox.address.lower())
    yield _plus([value for name in _TO for value in mail.all(name)], ours)
    # What a report brings back is weaker than where it came to: the envelope has a token of its own.
    yield _plus([returned], ours)
    yield _tokens(_MESSAGE_ID, [value for name in _ANSWERED for value in mail.all(name)] + [returned])
    yield _tokens(_REFERENCE, [mail.subject])
    yield _tokens(_REFERENCE, bodies)


def _plus(values: Iterable[str], ours: str) -> set[str]:
    """Prefer the addresses of our own domain: a person in copy may have a plus address too."""
    pairs = {(matched[1].lower(), matched[2].lower()) for value in values for matched in _PLUS.finditer(value)}
    return {token for token, at in pairs if at == ours} or {token for token, _ in pairs}


def _tokens(pattern: re.Pattern[str], values: Iterable[str]) -> set[str]:
    return {matched[1].lower() for value in values for matched in pattern.finditer(value)}


def bodies(mail: ParsedMail) -> Iterator[str]:
    """Yield the texts of the mail, quote included, with HTML as it stands: a reference has no marks inside."""
    for part in mail.of_type("text/plain", "text/html"):
        yield text_of(part)
