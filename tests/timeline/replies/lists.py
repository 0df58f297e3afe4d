"""Hold the lists of replies in tests/data/replies, as whole mails: as a program sends it and our server hands
it over.
"""

import base64
import html
import quopri
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from tests.timeline.replies.letters import SAMPLES, SEAN, letter

FROM_US = "Improvement programme <reminders@notices.x.gov.uk>"
WROTE = f"On Mon, 30 Nov 2026 at 08:30, {FROM_US} wrote:"
HEADING = (
    f"From: {FROM_US}\nSent: 30 November 2026 08:30\nTo: Sean O'Brien <{SEAN}>\nSubject: List of cases to the chair"
)
WELSH_HEADING = HEADING.replace("From:", "Oddi wrth:").replace("Sent:", "Anfonwyd:").replace("Subject:", "Pwnc:")
ONE = """Dear Sean O'Brien,

This task on the improvement timeline is with you: List of cases to the chair.
Please tell us by Wednesday 2 December.

Reply "yes" if you have this, "done" with a link when it is done, "help", or
"not mine".

https://daymark.council.example/r/h3k9q2xw7d4mz5ra

Improvement programme"""
SEVERAL = """Dear Sean O'Brien,

These tasks on the improvement timeline are with you.

1. List of cases to the chair
2. Minutes of the panel
3. Attendance at the training session

Reply "all yes" if you have these, "2 done" with a link when the second is
done, "1 help", or "3 not mine".

Improvement programme"""
BELOW = {
    "sig": """
Kind regards

Sean O'Brien
Service Manager | Children's Services
Borough Council, Civic Centre, High Street, BO1 1AA
T: 01234 567890 | M: 07700 900123
www.borough.example | Follow us @borough""",
    "disclaimer": """
**********************************************************************
This email and any files are confidential. If you received it in error, do not
act on it; please tell the sender and delete it. All mail is monitored.
**********************************************************************""",
}
BANNER = """CAUTION: This email originated from outside of the organisation. Do not click links
unless you recognise the sender.

"""


class Listed(NamedTuple):
    """Hold a mail of a list: `right` is what a careful person takes it for, `who` would send it."""

    right: str
    who: str
    words: str
    raw: bytes


def listed(name: str) -> Iterator[Listed]:
    """Read a list; each of its mails begins with "=== right | how it is sent | who sends it"."""
    for block in ("\n" + (SAMPLES / name).read_text(encoding="utf-8")).split("\n=== ")[1:]:
        title, _, words = block.partition("\n")
        right, *sent, who = title.split(" | ")
        yield Listed(right, who, words.strip(), _mail(" ".join(sent), words.strip("\n")))


def _mail(sent: str, words: str) -> bytes:
    style, _, said = sent.partition(" ")
    if style in MACHINES or not style:
        return MACHINES[style](words, said)
    program, *more = style.split("+")
    above = BANNER if "banner" in more else ""
    below = "".join(f"\n{BELOW[name]}" for name in more if name in BELOW)
    original = SEVERAL if program.endswith("-several") else ONE
    return PROGRAMS[program.removesuffix("-several")](f"{above}{words}{below}", original)


def _quoting(words: str, original: str, *, heading: str = WROTE) -> bytes:
    quote = "\n".join(f"> {line}" for line in original.split("\n"))
    return letter(f"{words}\n\n{heading}\n{quote}")


def _heading(words: str, original: str, *, above: str = "_" * 32, heading: str = HEADING) -> bytes:
    return letter(f"{words}\n\n{above}\n{heading}\n\n{original}")


def _encoded(words: str, original: str, *, charset: str, encoding: str) -> bytes:
    body = f"{words}\n\n{WROTE}\n> {original.splitlines()[0]}\n".encode(charset, "replace")
    packed = base64.encodebytes(body) if encoding == "base64" else quopri.encodestring(body)
    head = letter("", Content_Type=f"text/plain; charset={charset}", Content_Transfer_Encoding=encoding)
    return head.rstrip(b"\n") + b"\n\n" + packed


def _as_html(words: str, original: str, *, around: str, alternative: bool) -> bytes:
    lines = "".join(f"<p>{html.escape(line) or '&nbsp;'}</p>" for line in words.split("\n"))
    page = (
        f"<html><body><div>{lines}</div>{around.format(html.escape(original).replace(chr(10), '<br>'))}</body></html>"
    )
    if not alternative:
        return letter(page, Content_Type="text/html; charset=utf-8")
    plain = _heading(words, original).decode().partition("\n\n")[2]
    parts = [("plain", plain), ("html", page)]
    body = "".join(f"--b\nContent-Type: text/{kind}; charset=utf-8\n\n{text}\n" for kind, text in parts)
    return letter(f"{body}--b--", Content_Type='multipart/alternative; boundary="b"')


_OUTLOOK = '<div id="divRplyFwdMsg"><b>From:</b> Improvement programme<br><b>Sent:</b> Monday</div><div>{}</div>'
_GMAIL = (
    f'<div class="gmail_quote"><div class="gmail_attr">{html.escape(WROTE)}</div><blockquote>{{}}</blockquote></div>'
)

PROGRAMS: Mapping[str, Callable[[str, str], bytes]] = {
    "plain": _quoting,
    "outlook": _heading,
    "outlook-html": lambda words, original: _as_html(words, original, around=_OUTLOOK, alternative=True),
    "owa-html": lambda words, original: _as_html(words, original, around=_OUTLOOK, alternative=False),
    "gmail": lambda words, original: _as_html(words, original, around=_GMAIL, alternative=False),
    "iphone": lambda words, original: _quoting(f"{words}\n\nSent from my iPhone", original),
    "ios-outlook": lambda words, original: _heading(f"{words}\n\nGet Outlook for iOS<https://aka.ms/o0ukef>", original),
    "android": lambda words, original: _heading(f"{words}\n\nGet Outlook for Android<https://aka.ms/x>", original),
    "samsung": lambda words, original: _heading(
        f"{words}\n\n\nSent from my Galaxy", original, above="-------- Original message --------"
    ),
    "welsh": lambda words, original: _heading(words, original, heading=WELSH_HEADING),
    "latin1": lambda words, original: _encoded(words, original, charset="cp1252", encoding="quoted-printable"),
    "base64": lambda words, original: _encoded(words, original, charset="utf-8", encoding="base64"),
    "qp": lambda words, original: _encoded(words, original, charset="utf-8", encoding="quoted-printable"),
}


def _bare(words: str, _: str) -> bytes:
    """Give a mail with headers of its own and no quote."""
    head, _, body = words.partition("\n\n")
    return letter(body, **dict(line.split(": ", 1) for line in head.split("\n")))


def _report(words: str, action: str) -> bytes:
    fields = f"Reporting-MTA: dns; mx.borough.gov.uk\n\nFinal-Recipient: rfc822; {SEAN}\nAction: {action}\n{words}"
    return _machine("delivery-status", "Undelivered Mail Returned to Sender", fields)


def _read_receipt(words: str, _: str) -> bytes:
    return _machine("disposition-notification", "Read: List of cases", f"Final-Recipient: rfc822; {SEAN}\n{words}")


def _machine(kind: str, subject: str, fields: str) -> bytes:
    body = f"--b\nContent-Type: text/plain\n\nYes, received.\n--b\nContent-Type: message/{kind}\n\n{fields}\n\n--b--"
    return letter(body, Subject=subject, Content_Type=f'multipart/report; report-type={kind}; boundary="b"')


def _calendar(words: str, said: str) -> bytes:
    method, _, choice = said.partition(" ")
    entry = (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//A calendar//EN\nMETHOD:{method}\nBEGIN:VEVENT\nUID:x@borough.gov.uk\n"
        f"DTSTART:20261201T100000Z\nATTENDEE;PARTSTAT={choice or 'NEEDS-ACTION'}:mailto:{SEAN}\n"
        "END:VEVENT\nEND:VCALENDAR"
    )
    subject = words.partition("Subject: ")[2].strip()
    return letter(entry, Subject=subject, Content_Type=f"text/calendar; charset=utf-8; method={method}")


MACHINES: Mapping[str, Callable[[str, str], bytes]] = {
    "": _bare,
    "bare": _bare,
    "dsn": lambda words, _: _report(words, "failed"),
    "dsn-delayed": lambda words, _: _report(words, "delayed"),
    "dsn-delivered": lambda words, _: _report(words, "delivered"),
    "mdn": _read_receipt,
    "calendar": _calendar,
}
