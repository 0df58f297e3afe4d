"""Hold the mails that the tests read: samples from files, and short ones written on the spot."""

from pathlib import Path

from tasks.reading.mail import read
from timeline.replies.reading import MailReading, ReplyMailbox

SAMPLES = Path(__file__).parents[2] / "data" / "replies"
SEAN = "sean.o'brien@borough.gov.uk"
TOKEN = "k7q2xw9hd4mz3rtp"
OTHER_TOKEN = "a2b3c4d5e6f7g8h9"
TENANT = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
OURS = ReplyMailbox(address="reminders@notices.x.gov.uk", authserv="mx.notices.x.gov.uk")
EXCHANGE_ONLINE = ReplyMailbox(address="reminders@notices.x.gov.uk", tenant=TENANT)

PASSED = "mx.notices.x.gov.uk; spf=pass smtp.mailfrom=borough.gov.uk; dmarc=pass header.from=borough.gov.uk"
HEAD = {
    "Authentication-Results": PASSED,
    "From": f"Sean O'Brien <{SEAN}>",
    "To": f"reminders+{TOKEN}@notices.x.gov.uk",
    "Subject": "Re: Action plan",
    "Date": "Mon, 16 Mar 2026 09:12:44 +0000",
    "Message-ID": "<b@borough.gov.uk>",
}


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def letter(body: str, **headers: str | None) -> bytes:
    """Give a plain mail from the person asked, trusted; a header given replaces the usual one, None removes it."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    head = {name: value for name, value in (HEAD | given).items() if value is not None}
    head = {"Content-Type": "text/plain; charset=utf-8"} | head
    return ("".join(f"{name}: {value}\n" for name, value in head.items()) + f"\n{body}\n").encode()


def html(body: str) -> bytes:
    return letter(f"<html><body>{body}</body></html>", Content_Type="text/html; charset=utf-8")


def taken(raw: bytes, mailbox: ReplyMailbox = OURS) -> MailReading:
    return read(raw, mailbox=mailbox, asked=SEAN)
