"""Write header values and mailboxes so that nothing in them can break out of its line (RFC 5322, 2047)."""

import re
from email.header import Header
from email.utils import quote

# Controls (a newline in a subject would start a new header), lone surrogates, and the marks that turn the
# direction of writing (they make a false name look right).
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+"
_ADDRESS = re.compile(_ATEXT + r"@(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f.:IPv]+\])")
_MAILBOX = re.compile(r"\s*(?P<name>.*?)\s*<(?P<address>[^<>]*)>\s*", re.DOTALL)
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
_COLUMNS = 76
_LONGEST_WORD = 900  # a line may hold 998 octets


def clean(value: str) -> str:
    """Make `value` a single line: every run of control characters and white space becomes a single space."""
    return " ".join(_CONTROLS.sub(" ", value).split())


def address(value: str) -> str:
    """Return `value` if it is an address that SMTP can carry unchanged; raises ValueError with the reason.

    It is never parsed, quoted or re-encoded: what comes in is what stands in RCPT TO.
    """
    if not value.isascii():
        raise ValueError(
            "an address has letters outside ASCII, which this channel cannot carry: "
            "give an ASCII mailbox, and the domain in its xn-- form"
        )
    if len(value) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(value):
        raise ValueError("an address is not of the form name@domain")
    return value


def mailbox(header: str, value: str) -> str:
    """Turn 'Name <a@b>' or 'a@b' into the value of an address header."""
    parts = _MAILBOX.fullmatch(value)
    name, where = (parts["name"].strip('"'), parts["address"]) if parts else ("", value.strip())
    return named(header, name, where)


def named(header: str, name: str, where: str) -> str:
    """Return the value of an address header for a display name (may be empty) and an address."""
    name, where = clean(name), address(where)
    if not name:
        return where
    if _is_plain(name):
        return _folded(header, f'"{quote(name)}" <{where}>')
    return f"{_encoded(header, name)} <{where}>"


def text(header: str, value: str) -> str:
    """Return the value of an unstructured header: plain and folded if ASCII, else in encoded words."""
    value = clean(value)
    return _folded(header, value) if _is_plain(value) else _encoded(header, value)


def _is_plain(value: str) -> bool:
    # A reader would decode a text that only looks like an encoded word, so it is encoded once more.
    return value.isascii() and "=?" not in value and all(len(w) < _LONGEST_WORD for w in value.split(" "))


def _encoded(header: str, value: str) -> str:
    return Header(value, "utf-8", maxlinelen=_COLUMNS, header_name=header).encode(linesep="\r\n")


def _folded(header: str, value: str) -> str:
    # Not textwrap: the first word stays beside the name (some servers choke on an empty first line).
    first, *words = value.split(" ")
    lines = [first]
    for word in words:
        used = len(lines[-1]) + (len(header) + 2 if len(lines) == 1 else 1)
        if used + 1 + len(word) > _COLUMNS:
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return "\r\n ".join(lines)
