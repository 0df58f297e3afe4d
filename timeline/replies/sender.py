"""Who a mail says that it is from, in the one form that cannot be read two ways."""

import re

from timeline.replies.mail import Mail

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ADDRESS = r"([^\s<>()\[\]\\,;:\"@]{1,64}@[\w.-]{1,255})"
_NAMED = re.compile(rf"(?:[^<>@,;:()]|\([^()<>@]*\))*<\s*{_ADDRESS}\s*>\s*")
# Some mail programs write the address as the name, and forget to quote it.
_TWICE = re.compile(rf"\s*{_ADDRESS}\s*<\s*\1\s*>\s*", re.IGNORECASE)
_BARE = re.compile(rf"\s*{_ADDRESS}\s*")


def sender(mail: Mail) -> str:
    """The one address of From, lower case; empty when there is none or several.

    Stricter than RFC 5322 on purpose: where two parsers may disagree about an address, a forger chooses which of
    them is believed.
    """
    named = mail.all("From")
    if len(named) != 1:
        return ""
    plain = _QUOTED.sub(" ", named[0])
    found = _NAMED.fullmatch(plain) or _BARE.fullmatch(plain) or _TWICE.fullmatch(plain)
    return found[1].lower().rstrip(".") if found else ""


def domain(address: str) -> str:
    return address.rpartition("@")[2]
