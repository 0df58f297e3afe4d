"""List the status codes of mail systems that say that a mailbox does not exist (any more).

A full mailbox (5.2.2), a time-out (4.4.7, 5.4.7), a refused sender or content (5.7.1) say nothing of the kind: the next
mail may arrive.
"""

import re

_GONE = {
    # RFC 3463, 3.2: "address status".
    "5.1.0": "other address status, as older servers say of an unknown user",
    "5.1.1": "bad destination mailbox address: there is no such mailbox",
    "5.1.6": "the mailbox has moved and left no forwarding address",
    # RFC 7505 (null MX); Exchange Online says it of a recipient that it does not find.
    "5.1.10": "the recipient's domain takes no mail, or the recipient was not found",
    # RFC 3463, 3.3: "mailbox status".
    "5.2.1": "the mailbox is disabled",
    # Exchange Online: an address that takes no mail from us, whatever we write. Only another address helps.
    "5.7.124": "the group takes mail from its own senders alone",
    "5.7.129": "the recipient takes mail from named senders alone",
    "5.7.133": "the group takes no mail from outside",
    "5.7.134": "the mailbox takes no mail from outside",
}
# Exchange Online says 5.4.1 (RFC 3463: no answer from host) of somebody who left, and of a server that is away.
_REFUSED = "recipient address rejected"
_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_BARE_550 = re.compile(r"[\W_]{0,10}(?:(?:x-)?[a-z]{1,12}\s?;)?\s{0,5}550\b", re.IGNORECASE)
# An old server says 550 of whatever it does not like. These words speak of our sender or our mail.
_NOT_THE_MAILBOX = re.compile(
    r"\b(?:spam\w*|junk|virus|content|policy|policies|block\w*|black\w*|denied|relay\w*|sender|spf|dkim|dmarc|reputation"
    r"|size|large|quota|full|rate|tls|authenticat\w*|helo|ptr|reverse|temporar\w*)\b",
    re.IGNORECASE,
)


_GENERAL = re.compile(r"5\.0\.0|5\.1\.0|[24]\.0\.0")


def is_gone(status: str, said: str = "") -> bool:
    """Tell whether a status code (RFC 3463), with the words of the server, means that the mailbox is gone.

    Where a code is general (x.0.0, 5.1.0) the exact codes in the words count, and all of them: a mail system
    writes 5.1.1 over another's “552 5.2.2 over quota”. Without an exact code, 5.1.0 or a bare 550 says it, unless the
    words speak of our sender or our mail.
    """
    codes = {status, *_ENHANCED.findall(said)} - {""}
    exact = {code for code in codes if not _GENERAL.fullmatch(code)}
    if exact:
        return all(code in _GONE or (code == "5.4.1" and _REFUSED in said.lower()) for code in exact)
    return ("5.1.0" in codes or bool(_BARE_550.match(said))) and not _NOT_THE_MAILBOX.search(said)
