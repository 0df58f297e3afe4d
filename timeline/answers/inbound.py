"""What came in: one message, once, and what was made of it."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from timeline.answers.responses import Answer


class InboundState(StrEnum):
    """Where a message that came in stands."""

    RECORDED = "recorded"  # an answer, an absence or a bounce was made of it
    HELD = "held"  # a person must look: it stands in the review list
    IGNORED = "ignored"  # nothing to do: a read receipt, a delay, a stranger's automatic mail
    CLOSED = "closed"  # it was held, and an administrator has dealt with it


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """One message by `via` (mail, teams); `id` (see `inbound_id`) is what makes it come in once.

    `kind` is a word of its reader (response, auto_reply, bounce …); `why` says in one sentence what was made of it,
    for administrators; it names nobody. `person` is whom the token asked and `by` who sent it (keys of the directory,
    empty when unknown). `sender` and `text` are what strangers may have typed: they are kept apart, to be erased.
    `held_back`: the words look like a child's name or a case number, and are shown to nobody but the reviewer.
    `asks` are the words of the answer that was seen but not recorded.
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


class AlreadyHeard(Exception):
    """The very message came in before: nothing is to be done."""


def inbound_id(via: str, *parts: str) -> str:
    """SHA-256, hexadecimal, of what the sender's system calls the message (Message-ID, conversation and activity)."""
    return hashlib.sha256("\0".join((via, *parts)).encode("utf-8", "replace")).hexdigest()
