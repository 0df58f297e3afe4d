"""Hold replies as a mail program sends them and our mail server hands them over."""

from itertools import count

from tasks.catcher.mailbox import OpenedMail
from tests.harness import World, header

AUTHSERV = "mx.council.example"
TENANT = "3b5e7a52-0c1d-4e8f-9a6b-7c8d9e0f1a2b"
_numbers = count(1)


def replying(world: World, **changes: object) -> World:
    """Give the story's house, in whose mailbox a server of the council's vouches for senders."""
    world.settings = world.settings.model_copy(update={"mail_authserv": AUTHSERV} | changes)
    return world


def reply(to: OpenedMail, words: str, *, by: str, proved: bool = True, **headers: str | None) -> bytes:
    """Give an answer to a caught mail from the address `by`; a header given replaces the usual one, None removes it."""
    domain = by.rpartition("@")[2]
    number = next(_numbers)
    head: dict[str, str | None] = {
        "Return-Path": f"<{by}>",
        "Authentication-Results": f"{AUTHSERV}; dmarc={'pass' if proved else 'fail'} header.from={domain}",
        "From": f"Somebody <{by}>",
        "To": header(to.raw, "Reply-To"),
        "Subject": f"Re: {to.subject}",
        "In-Reply-To": header(to.raw, "Message-ID"),
        "Date": "Wed, 28 Aug 2019 09:12:00 +0100",
        "Message-ID": f"<answer.{number}@{domain}>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    head |= {name.replace("_", "-"): value for name, value in headers.items()}
    quoted = "".join(f"> {line}\n" for line in to.text.replace("\r\n", "\n").split("\n")[:12])
    body = f"{words}\n\nOn Wed, 28 Aug 2019 at 08:30, Improvement programme wrote:\n{quoted}"
    lines = [f"{name}: {' '.join(value.split())}" for name, value in head.items() if value is not None]
    return ("\n".join(lines) + f"\n\n{body}").replace("\n", "\r\n").encode()


def bounce(of: OpenedMail, address: str) -> bytes:
    """Tell what a mail server says of a mail of ours that it could not hand over."""
    back = [f"Message-ID: {header(of.raw, 'Message-ID')}", f"Reply-To: {' '.join(header(of.raw, 'Reply-To').split())}"]
    lines = [
        *(
            "Return-Path: <>",
            "From: Mail <mailer-daemon@mx.council.example>",
            f"To: {of.envelope_from}",
        ),
        *("Subject: Undelivered Mail Returned to Sender", f"Message-ID: <bounce.{next(_numbers)}@mx.council.example>"),
        *("MIME-Version: 1.0", 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', ""),
        *("--b", "Content-Type: text/plain", "", "It could not be delivered."),
        *("--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.council.example", ""),
        *(f"Final-Recipient: rfc822; {address}", "Action: failed", "Status: 5.1.1"),
        *("--b", "Content-Type: text/rfc822-headers", "", *back, "", "--b--", ""),
    ]
    return "\r\n".join(lines).encode()


def automatic(to: OpenedMail, words: str, *, by: str, **headers: str | None) -> bytes:
    """Give an automatic reply of somebody who is away."""
    subject = f"Automatic reply: {to.subject}"
    return reply(to, words, by=by, proved=True, Auto_Submitted="auto-replied", Subject=subject, **headers)
