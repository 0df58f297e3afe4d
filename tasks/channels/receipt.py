"""Hold the receipt of a message to a recipient."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from timeline.replies.reports.gone import is_gone


class SendOutcome(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"  # the server, or our own builder, said no to this mail
    UNREACHABLE = "unreachable"  # nothing of the mail was handed over
    UNCERTAIN = "uncertain"  # cut or timed out after the content was sent: it may have been delivered


class Stage(StrEnum):
    BUILD = "build"
    CONNECT = "connect"
    AUTH = "auth"
    FROM = "from"
    RCPT = "rcpt"
    DATA = "data"


# Service closing (RFC 5321) and authentication required (RFC 4954) are about the line, not about this mail.
_ABOUT_THE_LINE = frozenset({421, 530})
_FOR_GOOD = 500
# Exchange says so of our sign-in or our sender, at whatever step.
_ABOUT_OURSELVES = frozenset({"5.2.252", "5.7.30", "5.7.57", "5.7.60", "5.7.139"})
# Bounded: without it a long answer of no spaces takes minutes, because each letter may begin an address.
_ADDRESS = re.compile(r'<?(?:"[^"]{0,64}"|[^\s<>"]{1,254})(?:@|%40)[^\s<>]+>?')
_ENHANCED = re.compile(r"^([245]\.\d{1,3}\.\d{1,3})(?:\s+|$)", re.MULTILINE)
_LONGEST_TEXT = 500


@dataclass(frozen=True)
class Receipt:
    """Hold the receipt of an attempt: how far it came (`stage`), and the server's code, enhanced code (RFC 3463) and
    text.

    `retry_after` is the seconds that a provider asked us to wait, `reference` its own name for the message, under which
    later news of it arrives. Addresses are masked in `text`, and `message_id` (it carries the token) is not in the
    repr, so that a receipt may be logged.
    """

    outcome: SendOutcome
    stage: Stage
    code: int | None
    enhanced: str | None
    text: str
    message_id: str = field(repr=False)
    retry_after: float | None = None
    reference: str = ""

    def __post_init__(self) -> None:
        words = _ADDRESS.sub("(address)", self.text).split()
        object.__setattr__(self, "text", " ".join(words)[:_LONGEST_TEXT])

    @classmethod
    def of_reply(cls, stage: Stage, code: int, said: str, message_id: str) -> Self:
        """Read what the server said at `stage` (2xx to the whole mail, or 4xx or 5xx to any step)."""
        matched = _ENHANCED.search(said)
        enhanced = matched[1] if matched else None
        if code < 400:
            outcome = SendOutcome.ACCEPTED
        elif _is_about_us(stage, code, enhanced, said):
            outcome = SendOutcome.UNREACHABLE
        else:
            outcome = SendOutcome.REFUSED
        return cls(outcome, stage, code, enhanced, _ENHANCED.sub("", said), message_id)

    @property
    def retryable(self) -> bool:
        """Tell whether it may be tried again: no code or 4xx. If `uncertain`, only byte for byte under the same
        Message-ID.

        A message that cannot be built today cannot be built tomorrow, so `build` is never retryable.
        """
        if self.outcome is SendOutcome.ACCEPTED or self.stage is Stage.BUILD:
            return False
        return self.code is None or 400 <= self.code < 500

    @property
    def gone(self) -> bool:
        """Tell whether the mailbox does not exist (any more): ask for a new address, do not send again.

        A bare 550 says so only in answer to the recipient: to the sender or the content it means something else, and
        nobody may be taken for gone because our own sender was refused.
        """
        if self.outcome is not SendOutcome.REFUSED or self.stage not in (Stage.RCPT, Stage.DATA):
            return False
        if self.enhanced is None:
            return self.stage is Stage.RCPT and self.code == 550
        return is_gone(self.enhanced, self.text)


def _is_about_us(stage: Stage, code: int, enhanced: str | None, said: str) -> bool:
    """Tell whether a refusal is about the line, our sign-in or our sender, so that every other mail would meet it."""
    if stage in (Stage.CONNECT, Stage.AUTH) or enhanced in _ABOUT_OURSELVES or "SendAsDenied" in said:
        return True
    # In answer to the sender no server can mean the reader, whom it does not know yet.
    return (stage is Stage.FROM and code >= _FOR_GOOD) or (code in _ABOUT_THE_LINE and stage is not Stage.DATA)


@dataclass(frozen=True, repr=False, kw_only=True)
class Payload:
    """Hold a message for a recipient. No repr: it holds addresses and links, which stay out of logs.

    `key` is stable for every attempt. `rich` is the channel's own form (the JSON of an Adaptive Card), else empty.
    """

    key: str
    to_name: str
    to_address: str
    to_phone: str = ""
    to_teams: str = ""
    subject: str
    text: str
    rich: str = ""
