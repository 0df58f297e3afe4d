"""Take replies to caught mails: where no mail server can vouch for a sender, the catcher does it for this machine."""

import re

from aiosmtpd.smtp import Envelope

from config.settings import Settings
from config.values import is_this_machine
from tasks import clock
from tasks.receiving.lmtp import addressed, answered
from tasks.receiving.receive import handle
from timeline.replies.reading import ReplyMailbox

# A name that no server can have (RFC 2606): another server's results are never taken for the catcher's.
_OURS = "catcher.daymark.invalid"
_DOMAIN = re.compile(r"@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)$")
_RESULTS = re.compile(rb"^authentication-results[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*", re.IGNORECASE | re.MULTILINE)


class CaughtReplies:
    """Hold a taker of mail that is sent to our own address through the catcher.

    The catcher believes the envelope's sender, so it must hear from this machine only: where it stands in place of the
    mail server, and listens on loopback. Elsewhere a mail to our address is caught like any other.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def take(self, envelope: Envelope) -> str:
        """Give the reply to the sender; empty when the mail answers nothing of ours."""
        settings = self._settings
        if not (settings.catches_mail and is_this_machine(settings.bind)):
            return ""
        given = addressed(envelope.rcpt_tos, settings)
        if given is None:
            return ""
        raw = _vouched(envelope)
        mailbox = ReplyMailbox(address=given.mail_address, authserv=_OURS)
        return answered(settings, lambda: handle(settings, raw, at=clock.now(), mailbox=mailbox))


def _vouched(envelope: Envelope) -> bytes:
    """Give the mail with a single Authentication-Results, ours, for the domain of the envelope's sender."""
    sender = envelope.mail_from or ""
    domain = _DOMAIN.search(sender)
    result = f"dmarc=pass header.from={domain[1]}" if domain else "dmarc=none"
    head = [f"Return-Path: <{sender}>", f"Authentication-Results: {_OURS}; {result}"]
    head += [f"Delivered-To: {rcpt_to}" for rcpt_to in envelope.rcpt_tos]
    above, gap, body = (envelope.original_content or b"").partition(b"\r\n\r\n")
    written = _RESULTS.sub(b"", above + b"\r\n")
    return "".join(f"{line}\r\n" for line in head).encode("utf-8", "replace") + written + gap[2:] + body
