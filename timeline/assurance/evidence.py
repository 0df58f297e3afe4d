"""Hold the ledger, the audit trail and the timeline, read separately for assurance to compare with the rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from timeline.answers.responses import Response
from timeline.calendar.london import london_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Ladder
from timeline.delivery.messages import MessageState
from timeline.escalation.later_clock import as_of_now
from timeline.escalation.prompts import LedgerEntry, PromptKey
from timeline.planning.occurrences import Milestone


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """Hold a row of the ledger.

    `ended_at` is when the prompt was refused or proved undeliverable, by the trail; None when it was not, or longer ago
    than today. `again_at` is when its message came back or was withdrawn. `alone`: it does not wait for the daily mail.
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
        """Give the instant at which it could first leave."""
        return max(self.send_at, self.entry.written_at)

    @property
    def waits_since(self) -> datetime:
        """Give the instant since which it could have been sent."""
        return max(self.fell_due_at, self.again_at or self.fell_due_at)


class MessageProgress(NamedTuple):
    """Hold how far a message has come."""

    state: MessageState
    deliver_to: str
    channel: str
    composed_at: datetime
    claimed_at: datetime | None
    next_attempt_at: datetime | None


class StoredTask(NamedTuple):
    """Hold a task in the database: its dates, its owner, and whether the rules have dropped it."""

    due_on: date | None
    legal_on: date | None
    owner: str
    dropped: bool


@dataclass(frozen=True, kw_only=True)
class Extent:
    """Count what evidence was read from: the chain up to its event `sequence`, whose hash is `head`, so many `prompts`
    up to the number of the last, and so many `answers`.
    """

    sequence: int
    head: str
    prompts: int
    last_prompt: int
    answers: int


@dataclass(frozen=True, kw_only=True)
class ProvedDay:
    """Hold the last day that was proved whole: `open` are the tasks of which something had been said, or that were due
    by then, and that were not over. Every other task that was due by then is settled.
    """

    at: datetime
    extent: Extent
    open: tuple[str, ...] = ()

    def settles(self, ref: str, due_on: date | None) -> bool:
        """Tell whether a task was over by then."""
        return due_on is not None and due_on < london_date(self.at) and ref not in self._open

    @cached_property
    def _open(self) -> frozenset[str]:
        return frozenset(self.open)


def counting_now(rows: Iterable[LedgerRow], *, at: datetime) -> tuple[LedgerRow, ...]:
    """Give the rows that count at `at`, which is now: without those that a later clock decided."""
    each = ((row, as_of_now(row.entry, at=at)) for row in rows)
    return tuple(row if row.entry is entry else replace(row, entry=entry) for row, entry in each if entry)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Hold everything that the reckoning of a council at an instant uses.

    `before` is the timeline as it stood at the latest morning; None when it cannot be known, because a file was
    applied since. `changed_at` is when the timeline last changed. `written` counts how often each prompt was written,
    by the trail; `reported` is that count when its row was last reported missing. `gone` are the last versions of
    tasks that the rules have dropped. `set_aside` are the keys of rows that a later clock decided: they explain
    nothing, and are not gone. `stopped`: nothing may leave. `resting` are the channels at rest.

    `extent` counts what it was read from. Where it begins after the day `proved`, it holds nothing of the tasks settled
    by then, except those of which something has happened since: they are `touched`.
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
    set_aside: frozenset[PromptKey] = frozenset()
    stopped: bool = False
    resting: frozenset[str] = frozenset()
    extent: Extent | None = None
    proved: ProvedDay | None = None
    touched: frozenset[str] = frozenset()

    def settles(self, task: Milestone) -> bool:
        """Tell whether a task was over by the day proved, and nothing has happened to it since."""
        return self.proved is not None and self.proved.settles(task.ref, task.due_on) and task.ref not in self.touched
