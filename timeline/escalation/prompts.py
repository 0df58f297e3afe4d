"""Hold prompts: a rung that is due for a person, and the row of the ledger that keeps it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

SHADOW = "shadow/"
# The rung of an answer that climbs at once: "I need help", "This is not mine".
CLIMB = "answer"
# The rung of a task that somebody handed on: the person asked now hears of it at once.
DELEGATED = "delegated"
# The rung of a task that is done and waits for a second person, and of a task that this person sent back.
CONFIRM = "confirm"
RETURNED = "returned"
# None of them stands on a ladder.
OF_ANSWERS = (CLIMB, DELEGATED, CONFIRM, RETURNED)
# The rungs of a correction: what was told has moved, or is no longer to be done.
MOVED = "moved"
ENDED = "ended"


class PromptKind(StrEnum):
    """Name the kind of a prompt: to the owner it is a reminder, and to a second person who is to confirm; to anybody
    else an escalation. A correction takes back a date that was told.
    """

    REMINDER = "reminder"
    ESCALATION = "escalation"
    CORRECTION = "correction"


class PromptState(StrEnum):
    """Name where a prompt stands in the ledger."""

    WAITING = "waiting"
    SENT = "sent"
    SUPERSEDED = "superseded"  # a later rung for the same person said it instead
    SUPPRESSED = "suppressed"  # it no longer held when it was to leave; the reason stands beside it


class PromptKey(NamedTuple):
    """Hold the key of a prompt, never said twice: `repeat` counts from 0, `person` is "shadow/…" for a copy to the
    lead.
    """

    milestone: str
    due_on: date
    rung: str
    person: str
    repeat: int


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """Hold a rung for a person, ready for the ledger.

    `rung_at` is when the ladder wanted it said, `send_at` when it may leave (working time); `urgent` and `timed` ones
    do not wait for the daily mail. `post` is the post for which `meant_for` is written to; `deliver_to` is who
    gets it (the programme lead in shadow); `stands_in_for` is the key of the person who is away, for whom
    `meant_for` stands in, or empty.
    """

    key: PromptKey
    kind: PromptKind
    selector: str
    post: str
    meant_for: str
    deliver_to: str
    rung_at: datetime
    send_at: datetime
    timed: bool = False
    urgent: bool = False
    channels: tuple[str, ...] = ("mail",)
    invite: bool = False
    why: str = ""
    superseded_by: str = ""
    stands_in_for: str = ""


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """Hold a row of the ledger as a decision sees it: `accepted_at` is None until a channel took it, `reason` says why
    it was suppressed, `refused_at` when. What was `paused` was withdrawn for a pause, or for somebody's absence, and
    may be said after it. `post` is the post it was written to, which no later change of people alters.
    """

    key: PromptKey
    kind: PromptKind
    selector: str
    post: str
    state: PromptState
    rung_at: datetime
    written_at: datetime
    accepted_at: datetime | None = None
    undeliverable: bool = False
    reason: str = ""
    paused: bool = False
    refused_at: datetime | None = None

    @property
    def decided_at(self) -> datetime:
        """Give the instant of the look that left the row as it is, before anybody took it."""
        return self.refused_at or self.written_at
