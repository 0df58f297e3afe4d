"""Read the plain letter of an older mail system, which no program was meant to read: its subject, and who
stands in it.
"""

import re

from timeline.replies.html import visible_text
from timeline.replies.mail import ParsedMail
from timeline.replies.reading import ReplyKind, ReplyMailbox
from timeline.replies.reports.fields import lines
from timeline.replies.reports.words import MOST_LETTERS, addresses

_BY_NAME = re.compile(r"\b(?:mailer-daemon|postmaster|mail delivery (?:sub)?system)\b", re.IGNORECASE)
_FAILED = re.compile(
    r"undeliver|non-?deliver|returned mail|failure notice|returned to sender|user unknown|mail system error"
    r"|(?:delivery|message|mail)\W{1,3}(?:status notification |has |was |is |could )?\W{0,3}"
    r"(?:fail|not (?:be )?delivered)"
    r"|delivery (?:problem|error)|fail(?:ed|ure) (?:of )?delivery"
    r"|status notification: error|error sending (?:your )?mail",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"\bdelay(?:ed)?\b|still being (?:re)?tried|could not send (?:mail|message) for (?:the )?past", re.IGNORECASE
)
_SAYS_LATE = re.compile(
    r"\bhas been delayed\b|\bwarning message only\b|\bwill (?:be retried|keep trying|continue to (?:be )?tr)"
    r"|not yet been delivered|do not need to resend",
    re.IGNORECASE,
)
_SAYS_FAILED = re.compile(
    r"error has occurred while attempting to deliver|did not reach"
    r"|(?:could|can|was|were)(?: ?not|n't) (?:be |able to )?deliver|permanent (?:fatal )?error"
    r"|undeliverable|delivery (?:has )?failed|i have given up|no such (?:user|mailbox|recipient)",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"^[\W_]{0,20}(?:below this line is|original message|unsent message|copy of (?:the|your) message"
    r"|message headers?|received:|return-path:|message-id:)",
    re.IGNORECASE | re.MULTILINE,
)
_SYSTEMS = re.compile(r"(?:mailer-daemon|postmaster|abuse)(?:[+.-][\w.+-]*)?@")


def text_of_letter(mail: ParsedMail) -> str:
    """Return the words for people in a report, without what it brings back of our mail as a part of its own."""
    plain = "\n".join(mail.texts("text/plain"))[:MOST_LETTERS]
    return plain if plain.strip() else "\n".join(map(visible_text, mail.texts("text/html")))[:MOST_LETTERS]


def by_letter(mail: ParsedMail) -> ReplyKind | None:
    """Tell what the letter of a mail system says of our mail; None for any other mail.

    OTHER is a letter that nobody could read here: it may say that our mail was lost.
    """
    if failed_recipients(mail):
        return ReplyKind.BOUNCE
    by_name = bool(_BY_NAME.search(mail.first("From")))
    if not (by_name or mail.has_empty_sender):
        return None
    if _LATE.search(mail.subject):
        return ReplyKind.DELAYED
    if _FAILED.search(mail.subject):
        return ReplyKind.BOUNCE
    read = _by_its_text(text_of_letter(mail)) if by_name else None
    return read or (ReplyKind.OTHER if by_name and mail.has_empty_sender else None)


def _by_its_text(text: str) -> ReplyKind | None:
    if _SAYS_LATE.search(text):
        return ReplyKind.DELAYED
    return ReplyKind.BOUNCE if _SAYS_FAILED.search(text) else None


def failed_recipients(mail: ParsedMail) -> list[str]:
    """Return the addresses that Exim names in a header."""
    return addresses(" ".join(mail.all("X-Failed-Recipients")))


def named(mail: ParsedMail) -> list[str]:
    """Return every address that the report names, in its header, its fields and its words."""
    fields = (line for part in mail.of_type("message/delivery-status") for line in lines(part))
    return list(dict.fromkeys((*failed_recipients(mail), *addresses("\n".join((*fields, text_of_letter(mail)))))))


def only_address(mail: ParsedMail, mailbox: ReplyMailbox) -> str:
    """Return the only address in the letter that may be our reader's; empty when there are several."""
    local, _, domain = mailbox.address.lower().partition("@")
    above = _COPY.split(text_of_letter(mail), maxsplit=1)[0]
    reporters = set(addresses(mail.first("From")))

    def may_be_a_readers(address: str) -> bool:
        name, _, at = address.partition("@")
        ours = at == domain and (name.partition("+")[0] == local or name.startswith(("r.", "p.")))
        return not ours and address not in reporters and not _SYSTEMS.match(address)

    remaining = [address for address in addresses(above) if may_be_a_readers(address)]
    return remaining[0] if len(remaining) == 1 else ""


def words_about(address: str, text: str) -> str:
    """Return the words below the line that names the address, where such letters say why."""
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    place = next((place for place, row in enumerate(rows) if address in row.lower()), None)
    return rows[place + 1] if place is not None and place + 1 < len(rows) else ""
