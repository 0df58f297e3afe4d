"""Read the lines that a person wrote, without the quote, the signature and the banner of a mail gateway."""

import re
import unicodedata
from collections.abc import Sequence

from email_reply_parser import EmailMessage

from timeline.replies.words.opening import is_only_polite

MOST_LINES = 400
MOST_OF_A_LINE = 2_000
MOST_WRITTEN = 4_000
_PIECE = 500

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff\x00-\x08\x0e-\x1f]"
)
_BREAKS = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")

_FROM = re.compile(r"[*_\s]*(?:from|oddi wrth|von|de|da|van)[*_\s]*:[*_\s]*\S", re.IGNORECASE)
_BELOW_FROM = re.compile(
    r"[*_\s]*(?:sent|date|to|cc|subject|anfonwyd|dyddiad|at|pwnc|gesendet|envoy\S+|verzonden)[*_\s]*:", re.IGNORECASE
)
_ORIGINAL = re.compile(
    r"[\s*]*-{2,}\s*(?:original|forwarded|neges wreiddiol|anfonwyd ymlaen)\b.{0,60}-{2,}\s*$|begin forwarded message:",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*[_-]{5,}\s*$")
_WROTE = re.compile(
    r".{0,400}\b(?:wrote|a écrit|schrieb|escribió|ysgrifennodd|ysgrifennwyd)\b.{0,200}:\s*$", re.IGNORECASE
)
_ON = re.compile(r"\s*(?:on|ar|le|am|el)\b.{0,300}\d", re.IGNORECASE)

# The library's search for a quote's first line takes cubic time and fails at a backslash; ours has run by then.
_NEVER = re.compile(r"(?!)")
_SIGNATURE = re.compile(r"(?:--|__|-\w)|^(?:sent from|get outlook for|anfonwyd o|cael outlook)\b", re.IGNORECASE)
_SIGN_OFF = re.compile(
    r"(?:(?:kind|best|warm|many|with)?\s*(?:regards|wishes|thanks)|yours (?:sincerely|faithfully)|thank you|cheers"
    r"|cofion(?: cynnes| gorau)?|diolch(?: yn fawr)?|sent from .{1,60}|get outlook for .{1,80}"
    r"|anfonwyd o .{1,60})[\s,.!]*",
    re.IGNORECASE,
)
_LINE = re.compile(r"[*_=~#-]{5,}")
_DISCLAIMER = re.compile(
    r"\W{0,6}(?:this (?:e-?mail|message|communication)|the (?:information|contents?)|disclaimer|confidential|privileged"
    r"|important|if you (?:are not|have received)|mae(?:'r| yr) (?:e-?bost|neges|wybodaeth))\b",
    re.IGNORECASE,
)
_ABOUT_LAW = re.compile(
    r"confidential|intended|addressee|recipient|legal|privileged|virus|monitored|liab|cyfrinachol|derbyniwr",
    re.IGNORECASE,
)
_MOST_OF_A_DISCLAIMER = 400
_BANNER = re.compile(
    r"\W{0,6}(?:external|caution|warning|rhybudd|allanol|you don't often get e-?mail from)\b.{0,300}", re.IGNORECASE
)
_ABOUT_MAIL = re.compile(r"e-?mail|sender|originat|organi[sz]ation|outside|e-?bost|learn why", re.IGNORECASE)


def without_invisible(text: str) -> str:
    """Remove what nobody sees (marks of direction, soft hyphens, control characters); unify the line ends."""
    plain = _INVISIBLE.sub("", _BREAKS.sub("\n", text)).replace("\xa0", " ").replace("\u202f", " ")
    # In pieces, because it takes quadratic time to order the marks on a letter that has thousands of them.
    return "".join(unicodedata.normalize("NFC", plain[at : at + _PIECE]) for at in range(0, len(plain), _PIECE))


def above_the_quote(text: str) -> str:
    """Return the words of a person; empty for a mail of nothing but a quote or a signature."""
    lines = [line[:MOST_OF_A_LINE].rstrip() for line in without_invisible(text).split("\n")[:MOST_LINES]]
    kept = "\n".join(_marked(_before(lines))).strip("\n")[:MOST_WRITTEN]
    # The library takes a signature only below an empty line.
    message = EmailMessage(f"\n{kept}")
    message.MULTI_QUOTE_HDR_REGEX_MULTILINE = _NEVER
    message.SIG_REGEX = _SIGNATURE
    return _without_banner(str(message.read().reply).strip())


def without_sign_off(text: str) -> str:
    """Remove the sign-off, the name under it, and the disclaimer; thanks above the first words are a greeting."""
    lines = text.split("\n")
    begins = next((place for place, line in enumerate(lines) if line.strip() and not is_only_polite(line)), len(lines))
    ends = (place for place in range(begins + 1, len(lines)) if _ends(lines, place))
    return "\n".join(lines[: next(ends, len(lines))]).strip()


def _ends(lines: Sequence[str], place: int) -> bool:
    line = lines[place].strip()
    legal = _DISCLAIMER.match(line) and _ABOUT_LAW.search(" ".join(lines[place : place + 4])[:_MOST_OF_A_DISCLAIMER])
    return bool(_SIGN_OFF.fullmatch(line) or _LINE.fullmatch(line) or legal)


def _before(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines above a quote that runs to the end of the mail."""
    for place, line in enumerate(lines):
        if _ORIGINAL.match(line) or _is_heading(lines, place):
            above = place
        elif (start := _attribution(lines, place)) is not None and not _quoted_below(lines, place):
            above = start
        else:
            continue
        while above and (not lines[above - 1].strip() or _RULE.match(lines[above - 1])):
            above -= 1
        return lines[:above]
    return lines


def _is_heading(lines: Sequence[str], place: int) -> bool:
    """Tell whether Outlook begins a quote here: From: with Sent:, To: or Subject: close below it."""
    below = [line for line in lines[place + 1 : place + 8] if line.strip()][:4]
    return bool(_FROM.match(lines[place])) and any(_BELOW_FROM.match(line) for line in below)


def _attribution(lines: Sequence[str], place: int) -> int | None:
    """Return the first line of "On Monday, … wrote:" that ends here; mail programs break it over up to four lines."""
    if not _WROTE.match(lines[place]):
        return None
    for start in range(place, max(place - 4, -1), -1):
        if _ON.match(lines[start]):
            return start
    return place if re.search(r"\d|@", lines[place]) else None


def _quoted_below(lines: Sequence[str], place: int) -> bool:
    below = next((line for line in lines[place + 1 : place + 6] if line.strip()), "")
    return below.lstrip().startswith(">")


def _marked(lines: Sequence[str]) -> list[str]:
    """Mark every quoted line.

    A line right below a quoted line, with no empty line between, is the rest of a line that was broken on the way:
    our own "Reply ACK to acknowledge" must not pass for an answer.
    """
    marked: list[str] = []
    for place, line in enumerate(lines):
        quoted = bool(marked) and marked[-1].startswith(">") and bool(line.strip())
        marked.append(f"> {line}" if quoted or line.lstrip().startswith(">") else line)
        start = _attribution(lines, place)
        if start is not None:
            marked[start:] = [f"> {attribution}" for attribution in marked[start:]]
    return marked


def _without_banner(text: str) -> str:
    """Remove the paragraph about outside senders that gateways put above a person's words."""
    first, _, rest = text.partition("\n\n")
    banner = _BANNER.match(first) and _ABOUT_MAIL.search(first)
    return rest.strip() if banner and rest.strip() else text
