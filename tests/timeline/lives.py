"""Live one milestone morning by morning, with a ledger in memory, and write its prompts as the ledger has them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from tests.timeline.builders import _EVER, person_of
from tests.timeline.literals import at as instant
from timeline.answers.responses import Response
from timeline.calendar.london import end_of_day, london_time
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import (
    OWNER,
)
from timeline.escalation.ladder import Decision, decide
from timeline.escalation.prompts import SHADOW, LedgerEntry, Prompt, PromptKey, PromptKind, PromptState
from timeline.escalation.task_context import TaskContext, task_context
from timeline.planning.occurrences import Milestone


def sent(prompt: Prompt, when: str = "") -> LedgerEntry:
    """Give the prompt as the ledger has it when its mail was accepted, at once unless `when` says otherwise."""
    accepted_at = instant(when) if when else prompt.send_at
    return replace(written(prompt, prompt.send_at), state=PromptState.SENT, accepted_at=accepted_at)


def asked(of: Milestone, when: str, *, shadow: bool = False) -> LedgerEntry:
    """Give the owner's first prompt about a task, whose mail was accepted then; in a trial run the programme lead got
    it.
    """
    person = f"{SHADOW}{person_of('programme_lead')}" if shadow else person_of(of.owner)
    key = PromptKey(of.ref, of.due_on or date.max, of.ladder.rungs[0].key, person, 0)
    at = instant(when)
    return LedgerEntry(
        key=key,
        kind=PromptKind.REMINDER,
        selector=OWNER,
        post=of.owner,
        state=PromptState.SENT,
        rung_at=at,
        written_at=at,
        accepted_at=at,
    )


def at_once(prompt: Prompt) -> datetime | None:
    """See that every mail is accepted when it is sent."""
    return prompt.send_at


@dataclass
class Life:
    """Hold one milestone lived morning by morning with the decisions of the flows and a ledger in memory.

    `accepted_at` says when a prompt's mail is accepted; None proves it undeliverable. With `skipping` a morning is
    looked at only when `next_rung_at`, an answer or a delivery asks for it, as the store does.
    """

    council: CouncilTimeline
    milestone: Milestone
    responses: Sequence[Response] = ()
    accepted_at: Callable[[Prompt], datetime | None] = at_once
    skipping: bool = False
    said: list[LedgerEntry] = field(default_factory=list)
    told: list[tuple[datetime, Prompt]] = field(default_factory=list)
    superseded: list[Prompt] = field(default_factory=list)
    look_at: datetime | None = _EVER

    @property
    def prompts(self) -> list[Prompt]:
        return [prompt for _, prompt in self.told]

    def through(self, first: date, last: date) -> "Life":
        """Live every morning at 07:30, weekends and holidays too: a flow may run on any day."""
        for n in range((last - first).days + 1):
            self.morning(london_time(first + timedelta(days=n), time(7, 30)))
        return self

    def morning(self, at: datetime) -> Decision | None:
        if self.skipping and not self._asked_for(at):
            return None
        decision = decide(self.ground(at), until=end_of_day(at))
        self.look_at = decision.next_check_at
        self.superseded += decision.superseded
        self.said += [replace(written(prompt, at), state=PromptState.SUPERSEDED) for prompt in decision.superseded]
        self.said += [self._delivered(prompt, at) for prompt in decision.prompts]
        self.told += [(at, prompt) for prompt in decision.prompts]
        return decision

    def ground(self, at: datetime) -> TaskContext:
        known = [_on_its_way(entry) if _is_on_its_way(entry, at) else entry for entry in self.said]
        return task_context(self.council, self.milestone, known, self.responses, at=at)

    def _asked_for(self, at: datetime) -> bool:
        events = [response.at for response in self.responses] + [
            entry.accepted_at for entry in self.said if entry.accepted_at
        ]
        happened = any(at - timedelta(days=1) <= event < at for event in events)
        return happened or (self.look_at is not None and self.look_at <= end_of_day(at))

    def _delivered(self, prompt: Prompt, at: datetime) -> LedgerEntry:
        entry, accepted_at = written(prompt, at), self.accepted_at(prompt)
        if accepted_at is None:
            return replace(entry, state=PromptState.SUPPRESSED, undeliverable=True)
        return replace(entry, state=PromptState.SENT, accepted_at=accepted_at)


def written(prompt: Prompt, at: datetime) -> LedgerEntry:
    """Give the prompt as the ledger has it before it is sent."""
    return LedgerEntry(
        key=prompt.key,
        kind=prompt.kind,
        selector=prompt.selector,
        post=prompt.post,
        state=PromptState.WAITING,
        rung_at=prompt.rung_at,
        written_at=at,
    )


def _is_on_its_way(said: LedgerEntry, at: datetime) -> bool:
    """See that what is accepted comes to be known then, and what is undeliverable the day after."""
    if said.undeliverable:
        return at < said.written_at + timedelta(days=1)
    return said.accepted_at is not None and at < said.accepted_at


def _on_its_way(said: LedgerEntry) -> LedgerEntry:
    return replace(said, state=PromptState.WAITING, accepted_at=None, undeliverable=False)
