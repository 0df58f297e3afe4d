"""Read mail that no person wrote: automatic replies, lists and reactions. An answer to such a mail begins a loop."""

import re
from collections.abc import Callable

from timeline.replies.mail import ParsedMail
from timeline.replies.reading import ReplyMailbox

_SUBJECT = re.compile(
    r"\s*(?:\[[^\]]{1,40}\]\s*)?(?:auto(?:matic|mated)?[- ]?(?:reply|response|answer|acknowledge?ment)|auto:"
    r"|out of (?:the )?office|ooo:|abwesen|automatische antwort|r[ée]ponse automatique|respuesta autom"
    r"|ateb awtomatig|ymateb awtomatig|neges awtomatig|allan o'r swyddfa)",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|auto-?(?:reply|responder))(?:[+.-][\w.+-]*)?@",
    re.IGNORECASE,
)
_IN_BULK = frozenset(("bulk", "junk", "auto_reply", "auto-reply"))
# The name of a header tells enough, whatever it holds; there are many of them, and each year has new ones.
_MARK = re.compile(
    r"(?:x-)?(?:mail-|ms-|fc-)?(?:auto-?(?:repl(?:y|ied)|respon[ds]\w{0,4}|generated|answer\w{0,3}|ack\w{0,12})"
    r"|vacation|machine-?generated)(?:-(?:from|domain|by|to|id|loop|sender))?"
    r"|x-ms-exchange-(?:inbox-rules-loop|generated-message-source)|x-fc-machinegenerated|x-rt-loop-prevention"
    r"|x-(?:otrs|zendesk|freshdesk|servicenow|halo|topdesk|osticket|helpdesk|ticket|sfdc)-[\w-]{1,40}"
)
_MARKED_VALUE = re.compile(r"\bauto[-_ ]?(?:repl(?:y|ied)|respond\w{0,3}|response)\b|\bvacation\b", re.IGNORECASE)
_MAY_BE_MARKED = ("Delivered-To", "Preference", "X-Precedence", "X-POST-MessageClass", "X-Mailer", "X-Message-Class")
_REACTED = re.compile(r".{0,200}\breacted (?:to your (?:message|e-?mail)|via gmail)\b", re.IGNORECASE)

_TESTS: dict[str, Callable[[ParsedMail], bool]] = {
    "Auto-Submitted": lambda mail: any(_word(value) not in ("", "no") for value in mail.all("Auto-Submitted")),
    "X-Auto-Response-Suppress": lambda mail: any(
        _word(value) not in ("", "none") for value in mail.all("X-Auto-Response-Suppress")
    ),
    "Precedence": lambda mail: any(_word(value) in _IN_BULK for value in mail.all("Precedence")),
    "an empty Return-Path": lambda mail: mail.has_empty_sender,
    "its subject": lambda mail: bool(_SUBJECT.match(mail.subject)),
    "a mark of its mail program": lambda mail: (
        any(map(_MARK.fullmatch, mail.headers))
        or any(_MARKED_VALUE.search(value) for name in _MAY_BE_MARKED for value in mail.all(name))
    ),
}


def automatic_mark(mail: ParsedMail, sender: str, mailbox: ReplyMailbox) -> str:
    """Name the mark of an automatic mail; empty if a person may have written it."""
    if sender and sender == mailbox.address.lower():
        return "our own address as its sender"
    if _NO_PERSON.match(sender):
        return "a sender that is no person"
    return next((name for name, holds in _TESTS.items() if holds(mail)), "")


def came_through_a_list(mail: ParsedMail) -> bool:
    """Tell whether a mailing list handed it on: a machine's mail, as a rule, and sometimes a person's answer."""
    return bool(mail.all("List-Id")) or any(_word(value) == "list" for value in mail.all("Precedence"))


def is_reaction(mail: ParsedMail, written: str) -> bool:
    """Tell whether it is a thumb under a mail, as Outlook and Gmail send it: it is polite, and answers nothing."""
    marked = mail.of_type("text/vnd.google.email-reaction+json")
    return bool(marked or _REACTED.match(mail.subject) or _REACTED.match(written.replace("\n", " ")[:300]))


def _word(value: str) -> str:
    """Return the value without its parameters and comments."""
    return re.split(r"[;,(\s]", value.strip(), maxsplit=1)[0].lower()


HEADER = "X-Daymark-Probe"
_TOKEN = re.compile(r"[a-z2-9]{16}")
_MESSAGE_ID = re.compile(r"<p\.([a-z2-9]{16})@[^<>\s]{1,255}>", re.IGNORECASE)


def message_id(token: str, domain: str) -> str:
    """Return the Message-ID of the probe with this token: it survives a gateway that drops headers it does not know."""
    return f"<p.{token}@{domain}>"


def probe_token(mail: ParsedMail) -> str:
    """Return the token of a mail that claims to be our probe; empty for any other. The token proves the claim."""
    named = mail.first(HEADER).strip().lower()
    if _TOKEN.fullmatch(named):
        return named
    matched = _MESSAGE_ID.fullmatch(mail.first("Message-ID"))
    return matched[1].lower() if matched else ""
