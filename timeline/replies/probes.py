"""Probes: what we send to ourselves, to see whether a channel works. None is ever an answer, whatever stands in it."""

import re

from timeline.replies.mail import Mail

HEADER = "X-Daymark-Probe"
_TOKEN = re.compile(r"[a-z2-9]{16}")
_MESSAGE_ID = re.compile(r"<p\.([a-z2-9]{16})@[^<>\s]{1,255}>", re.IGNORECASE)


def message_id(token: str, domain: str) -> str:
    """The Message-ID of the probe of that token: it stands where a gateway drops headers that it does not know."""
    return f"<p.{token}@{domain}>"


def probe(mail: Mail) -> str:
    """The token of a mail that says it is a probe of ours; empty for every other. Whether it is, the token shows."""
    named = mail.first(HEADER).strip().lower()
    if _TOKEN.fullmatch(named):
        return named
    found = _MESSAGE_ID.fullmatch(mail.first("Message-ID"))
    return found[1].lower() if found else ""
