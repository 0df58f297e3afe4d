"""Hold letters as the outside world writes them to us: answers, automatic replies, forgeries and delivery reports."""

from datetime import datetime
from email.utils import format_datetime

from tests.simulation.account import Letter

AUTHSERV = "mx.council.example"


def reply(
    to: Letter, words: str, *, by: str, number: str, at: datetime, proved: bool = True, automatic: bool = False
) -> bytes:
    """Write an answer to a letter from the address `by`; `number` makes its Message-ID."""
    domain = by.rpartition("@")[2]
    head = {
        "Return-Path": f"<{by}>",
        "Authentication-Results": f"{AUTHSERV}; dmarc={'pass' if proved else 'fail'} header.from={domain}",
        "From": f"Somebody <{by}>",
        "To": to.reply_to,
        "Subject": f"{'Automatic reply' if automatic else 'Re'}: {to.subject}",
        "In-Reply-To": to.message_id,
        "Date": format_datetime(at),
        "Message-ID": f"<answer.{number}@{domain}>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    head |= {"Auto-Submitted": "auto-replied"} if automatic else {}
    quoted = "".join(f"> {line}\n" for line in to.text.replace("\r\n", "\n").split("\n")[:8])
    body = f"{words}\n\nOn an earlier day, Improvement programme wrote:\n{quoted}"
    lines = [f"{name}: {' '.join(value.split())}" for name, value in head.items()]
    return ("\n".join(lines) + f"\n\n{body}").replace("\n", "\r\n").encode()


def bounce(of: Letter, *, address: str, number: str) -> bytes:
    """Write what a mail server says of a mail of ours that it could not hand over."""
    back = [f"Message-ID: {of.message_id}", f"Reply-To: {' '.join(of.reply_to.split())}"]
    lines = [
        "Return-Path: <>",
        "From: Mail <mailer-daemon@mx.council.example>",
        f"To: {of.envelope_from}",
        "Subject: Undelivered Mail Returned to Sender",
        f"Message-ID: <bounce.{number}@mx.council.example>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        *("--b", "Content-Type: text/plain", "", "It could not be delivered."),
        *("--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.council.example", ""),
        *(f"Final-Recipient: rfc822; {address}", "Action: failed", "Status: 5.1.1"),
        *("--b", "Content-Type: text/rfc822-headers", "", *back, "", "--b--", ""),
    ]
    return "\r\n".join(lines).encode()
