"""Tell whether our own mail server vouches for the sender. Anybody can write any header below the topmost."""

import re

import authres
from authres.core import AuthResError

from timeline.replies.mail import ParsedMail
from timeline.replies.reading import ReplyMailbox

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ADDRESS = r"([^\s<>()\[\]\\,;:\"@]{1,64}@[\w.-]{1,255})"
_NAMED = re.compile(rf"(?:[^<>@,;:()]|\([^()<>@]*\))*<\s*{_ADDRESS}\s*>\s*")
# Some mail programs write the address as the name, and forget to quote it.
_TWICE = re.compile(rf"\s*{_ADDRESS}\s*<\s*\1\s*>\s*", re.IGNORECASE)
_BARE = re.compile(rf"\s*{_ADDRESS}\s*")


def sender(mail: ParsedMail) -> str:
    """Return the only address of From, lower case; empty when there is none or several.

    This is stricter than RFC 5322 on purpose: where two parsers disagree about an address, a forger chooses which of
    them we believe.
    """
    named = mail.all("From")
    if len(named) != 1:
        return ""
    plain = _QUOTED.sub(" ", named[0])
    matched = _NAMED.fullmatch(plain) or _BARE.fullmatch(plain) or _TWICE.fullmatch(plain)
    return matched[1].lower().rstrip(".") if matched else ""


def domain(address: str) -> str:
    return address.rpartition("@")[2]


_RESULTS = "Authentication-Results"
_INTERNAL = "X-MS-Exchange-Organization-AuthAs"
_TENANT = "X-MS-Exchange-CrossTenant-Id"
# A header that begins with method=result has no server name in front.
_NAMELESS = re.compile(r"\s*[a-z][a-z0-9-]*\s*=", re.IGNORECASE)
# The library refuses a header without a server's name.
_PLACEHOLDER = "nameless.invalid"


def proof_of_sender(mail: ParsedMail, sender: str, mailbox: ReplyMailbox) -> tuple[bool, str]:
    """Tell whether the sender is proved, and the test that decided it, as the end of a sentence."""
    if not sender:
        return False, "it is not from one address"
    if not mailbox.authserv and _inside_the_tenant(mail, mailbox.tenant):
        return True, "it was sent inside our tenant"
    topmost = mail.first(_RESULTS)
    if not topmost:
        return False, "our mail server did not say who sent it"
    header = _named(topmost, mailbox.authserv)
    if not header:
        return False, "the topmost Authentication-Results is not our mail server's"
    return _passed(header, mailbox.authserv or _PLACEHOLDER, domain(sender))


def _inside_the_tenant(mail: ParsedMail, tenant: str) -> bool:
    """Tell whether it was sent inside our tenant.

    Exchange Online removes its own headers from mail that comes from outside, and writes each of them once.
    """
    internal = [value.lower() for value in mail.all(_INTERNAL)]
    tenants = {value.lower() for value in mail.all(_TENANT)}
    return bool(tenant) and internal == ["internal"] and tenants == {tenant.strip().lower()}


def _named(header: str, authserv: str) -> str:
    """Return the header with a server's name in front; empty when it cannot be our server's."""
    if authserv:
        return header
    return f"{_PLACEHOLDER}; {header}" if _NAMELESS.match(header) else ""


def _passed(header: str, server: str, sent_from: str) -> tuple[bool, str]:
    try:
        read = authres.all_features().parse_value(header)
    except (AuthResError, ValueError, RecursionError):
        return False, "the topmost Authentication-Results cannot be read"
    if read.authserv_id != server.strip().lower():
        return False, "the topmost Authentication-Results is not our mail server's"
    verdicts = [result for result in read.results if result.method == "dmarc"]
    # Two results in a header are an attempt to smuggle in the second.
    if len(verdicts) != 1 or verdicts[0].result != "pass":
        return False, "dmarc did not pass"
    proved = [str(property_.value).lower().rstrip(".") for property_ in verdicts[0].properties if _is_from(property_)]
    if proved != [sent_from]:
        return False, "dmarc passed for another domain"
    return True, "our mail server vouches for the sender"


def _is_from(result_property: authres.core.AuthenticationResultProperty) -> bool:
    return (result_property.type, result_property.name) == ("header", "from")
