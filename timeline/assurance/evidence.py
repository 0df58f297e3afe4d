"""What assurance holds the rules against: the ledger, the trail and the timeline, as they were read for it alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from timeline.answers.responses import Response
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Ladder
from timeline.delivery.messages import MessageState
from timeline.escalation.prompts import LedgerEntry, PromptKey
from timeline.planning.occurrences import Milestone


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """A row of the ledger. `ended_at` is when it was refused or proved undeliverable, by the trail; None when it was
    not, or longer ago than today. `again_at` is when the message that was to say it came back or was taken back.
    `alone`: it does not wait for the daily mail.
    """

    entry: LedgerEntry
    post: str
    meant_for: str
    deliver_to: str
    send_at: datetime
    alone: bool = False
    message: str = ""
    ended_at: datetime | None = None
    again_at: datetime | None = None

    @property
    def key(self) -> PromptKey:
        return self.entry.key

    @property
    def fell_due_at(self) -> datetime:
        """When it could first leave."""
        return max(self.send_at, self.entry.written_at)

    @property
    def waits_since(self) -> datetime:
        """Since when somebody could have sent it."""
        return max(self.fell_due_at, self.again_at or self.fell_due_at)


class MessageProgress(NamedTuple):
    """A message on its way, or come to its end; `prompts` are how many it was made of."""

    state: MessageState
    deliver_to: str
    channel: str
    composed_at: datetime
    claimed_at: datetime | None
    next_attempt_at: datetime | None


class StoredTask(NamedTuple):
    """A task as it stands in the database: its dates and its owner, and whether the rules no longer know it."""

    due_on: date | None
    legal_on: date | None
    owner: str
    dropped: bool


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything that the reckoning of one council at one instant sees.

    `before` is the timeline as it stood at the latest morning; None when it cannot be known, because a file was
    applied since. `changed_at` is when anything about it changed last. `written` says how often each prompt was
    written by the trail, and `reported` how often it had been when its row was last found missing. `gone` are the
    tasks that the rules no longer know, as they were. `stopped`: nothing may leave. `resting` are channels at rest.
    """

    timeline: CouncilTimeline
    before: CouncilTimeline | None
    changed_at: datetime | None = None
    rows: tuple[LedgerRow, ...] = ()
    responses: Mapping[str, tuple[Response, ...]] = field(default_factory=dict)
    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    stored_tasks: Mapping[str, StoredTask] = field(default_factory=dict)
    occurrences: frozenset[str] = frozenset()
    gone: Mapping[str, Milestone] = field(default_factory=dict)
    messages: Mapping[str, MessageProgress] = field(default_factory=dict)
    written: Mapping[PromptKey, int] = field(default_factory=dict)
    reported: Mapping[PromptKey, int] = field(default_factory=dict)
    stopped: bool = False
    resting: frozenset[str] = frozenset()
