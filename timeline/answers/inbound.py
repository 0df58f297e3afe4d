"""Hold incoming messages, each recorded once with its result."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from timeline.answers.responses import Answer


class InboundState(StrEnum):
    """Name the state of an incoming message."""

    RECORDED = "recorded"  # it gave an answer, an absence or a bounce
    HELD = "held"  # a person must look: it stands in the review list
    IGNORED = "ignored"  # nothing to do: a read receipt, a delay, a stranger's automatic mail
    CLOSED = "closed"  # it was held, and an administrator has dealt with it


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """Hold an incoming message by `via` (mail, teams); its `id` (see `inbound_id`) keeps it from being recorded twice.

    `kind` is a word of its reader (response, auto_reply, bounce …). `why` tells administrators the result in a sentence
    that names nobody. `person` is the person that the token asked and `by` the sender (keys of the directory, empty
    when unknown). `sender` and `text` may be a stranger's: they are kept apart, to be erased. With `held_back` the
    words look like a child's name or a case number, and only the reviewer sees them. `asks` is the answer that was seen
    but not recorded.
    """

    id: str
    via: str
    received_at: datetime
    kind: str
    state: InboundState
    why: str
    person: str = ""
    by: str = ""
    milestone: str = ""
    message: str = ""
    due_on: date | None = None
    number: int | None = None
    asks: Answer | None = None
    sender: str = ""
    text: str = ""
    held_back: bool = False
    closed_by: str = ""
    closed_at: datetime | None = None


class AlreadyReceived(Exception):
    """Report a message that was recorded before, so that there is nothing to do."""


def inbound_id(via: str, *parts: str) -> str:
    """Hash the sender's names for a message (Message-ID, conversation and activity): SHA-256, hexadecimal."""
    return hashlib.sha256("\0".join((via, *parts)).encode("utf-8", "replace")).hexdigest()
