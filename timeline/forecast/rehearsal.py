"""Rehearse a period: who would get which prompt, when and why. Nothing is sent or stored.

It runs the same decisions as the flows do, each working morning, with a ledger in memory.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from timeline.answers.responses import AT_ONCE, Answer, Response
from timeline.calendar.london import DAY, LONDON, end_of_day, london_time, start_of_day
from timeline.calendar.schedules import MORNING_BEGINS
from timeline.definitions.council import CouncilTimeline
from timeline.delivery.message_groups import grouped
from timeline.delivery.messages import PendingPrompt
from timeline.delivery.suppression import may_be_said_later, suppression_reason
from timeline.escalation.answer_prompts import help_prompt, returned_prompt
from timeline.escalation.confirmation import needs_confirming
from timeline.escalation.corrections import corrections, gone, off_because
from timeline.escalation.day import AHEAD, open_milestones
from timeline.escalation.ladder import decide
from timeline.escalation.prompts import ENDED, LedgerEntry, Prompt, PromptState
from timeline.escalation.task_context import TaskContext, task_context
from timeline.forecast.behaviour import Behaviour, responses_to
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """Hold a prompt as it would be sent; prompts with the same `message` would leave together."""

    prompt: Prompt
    milestone: Milestone
    at: datetime
    message: str


@dataclass
class _Ledger:
    """Hold the entries and answers so far, and the next check of each milestone.

    `coming` are the instants of answers that no decision has seen yet. `milestones` are all there ever were, as planned
    now; `open` are those that can be asked for. `changed` are those about which something untrue may have been told:
    they are off, or had another date once.
    """

    entries: dict[str, list[LedgerEntry]] = field(default_factory=lambda: defaultdict(list))
    responses: dict[str, list[Response]] = field(default_factory=lambda: defaultdict(list))
    next_check_at: dict[str, datetime] = field(default_factory=dict)
    coming: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    waiting: list[PendingPrompt] = field(default_factory=list)
    milestones: dict[str, Milestone] = field(default_factory=dict)
    open: dict[str, Milestone] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)

    def outdated(self) -> list[str]:
        """List the milestones with an accepted entry that may no longer be true."""
        return [
            ref
            for ref, entries in self.entries.items()
            if ref in self.changed and any(entry.accepted_at and self._differs(entry) for entry in entries)
        ]

    def answered(self, at: datetime) -> set[str]:
        """Give the milestones to which an answer came since it was last asked."""
        answered = {ref for ref, coming in self.coming.items() if min(coming) <= at}
        for ref in answered:
            later = [answered_at for answered_at in self.coming.pop(ref) if answered_at > at]
            if later:
                self.coming[ref] = later
        return answered

    def _differs(self, entry: LedgerEntry) -> bool:
        milestone = self.milestones[entry.key.milestone]
        return entry.key.due_on != milestone.due_on or entry.key.rung == ENDED or bool(off_because(milestone))


def rehearse(
    timeline: CouncilTimeline, *, from_on: date, to_on: date, responses: Behaviour = "never"
) -> Iterator[Rehearsed]:
    """Give every prompt from `from_on` to `to_on` (both included), in the order in which it would be sent.

    `live_from` and shadow are the timeline's own. Raises BeyondCalendar past the verified years.
    """
    ledger = _Ledger()
    known_at: datetime | None = None
    for at in _mornings(timeline, from_on, to_on):
        latest = _last_change(timeline, at)
        if known_at is None or latest != known_at:
            _plan_again(ledger, timeline, at, to_on)
            known_at = latest
        _correct(ledger, timeline, at)
        until, answered = end_of_day(at), ledger.answered(at)
        for ref, milestone in ledger.open.items():
            if ledger.next_check_at.get(ref, at) <= until or ref in answered:
                _decide(ledger, timeline, milestone, at)
        yield from _send(ledger, timeline, at, responses)


def _mornings(timeline: CouncilTimeline, from_on: date, to_on: date) -> Iterator[datetime]:
    on = from_on
    while on <= to_on:
        at = london_time(on, MORNING_BEGINS)
        if timeline.as_known(at=at).calendars.office.is_working(on):
            yield at
        on += DAY


def _last_change(timeline: CouncilTimeline, at: datetime) -> datetime:
    """Give the last instant at which a fact became known or an embargo ended: the plan changes only then."""
    lifted = [fact.embargo.until for fact in timeline.facts if fact.embargo and fact.embargo.until]
    on_its_day = [start_of_day(fact.on) for fact in timeline.facts]
    instants = [*(fact.known_at for fact in timeline.facts), *timeline.proclaimed_at, *lifted, *on_its_day]
    return max((instant for instant in instants if instant <= at), default=at.min.replace(tzinfo=LONDON))


def _plan_again(ledger: _Ledger, timeline: CouncilTimeline, at: datetime, to_on: date) -> None:
    until = min(to_on + AHEAD, timeline.calendars.law.last_on)
    occurrences = plan(timeline, at=at, until=until)
    planned = {milestone.ref: milestone for occurrence in occurrences for milestone in occurrence.milestones}
    ledger.open = {milestone.ref: milestone for occurrence in occurrences for milestone in open_milestones(occurrence)}
    before = ledger.milestones
    # What stayed as it was keeps its next check, which waits for holidays and holders as well.
    for ref, milestone in planned.items():
        if before.get(ref) != milestone:
            ledger.next_check_at.pop(ref, None)
    ledger.milestones = {ref: gone(milestone) for ref, milestone in before.items() if ref not in planned} | planned
    ledger.changed |= {ref for ref, now in ledger.milestones.items() if _changed(before.get(ref, now), now)}


def _changed(before: Milestone, now: Milestone) -> bool:
    return before.due_on != now.due_on or bool(off_because(now))


def _correct(ledger: _Ledger, timeline: CouncilTimeline, at: datetime) -> None:
    """Correct outdated dates each morning, as the flows do: an embargo may have ended since."""
    for ref in ledger.outdated():
        milestone = ledger.milestones[ref]
        for prompt in corrections(_context(ledger, timeline, milestone, at)):
            _wait(ledger, prompt, milestone, at)


def _context(ledger: _Ledger, timeline: CouncilTimeline, milestone: Milestone, at: datetime) -> TaskContext:
    ref = milestone.ref
    return task_context(timeline, milestone, ledger.entries[ref], ledger.responses[ref], at=at)


def _decide(ledger: _Ledger, timeline: CouncilTimeline, milestone: Milestone, at: datetime) -> None:
    decision = decide(_context(ledger, timeline, milestone, at), until=end_of_day(at))
    for prompt in decision.superseded:
        ledger.entries[milestone.ref].append(_entry(prompt, at, PromptState.SUPERSEDED))
    for prompt in decision.prompts:
        _wait(ledger, prompt, milestone, at)
    ledger.next_check_at[milestone.ref] = decision.next_check_at or datetime.max.replace(tzinfo=LONDON)


def _wait(ledger: _Ledger, prompt: Prompt, milestone: Milestone, at: datetime) -> None:
    ledger.entries[milestone.ref].append(_entry(prompt, at, PromptState.WAITING))
    ledger.waiting.append(PendingPrompt(id=len(ledger.waiting), prompt=prompt, milestone=milestone))


def _entry(prompt: Prompt, at: datetime, state: PromptState) -> LedgerEntry:
    return LedgerEntry(
        key=prompt.key,
        kind=prompt.kind,
        selector=prompt.selector,
        post=prompt.post,
        state=state,
        rung_at=prompt.rung_at,
        written_at=at,
    )


def _send(ledger: _Ledger, timeline: CouncilTimeline, at: datetime, behaviour: Behaviour) -> Iterator[Rehearsed]:
    """Send the day's prompts: first the daily mails, then prompts with an hour of their own, and those that climb."""
    leaving = [pending for pending in ledger.waiting if pending.prompt.send_at <= end_of_day(at)]
    ledger.waiting = [pending for pending in ledger.waiting if pending.prompt.send_at > end_of_day(at)]
    while leaving:
        next_at = min(pending.prompt.send_at for pending in leaving)
        now = [pending for pending in leaving if pending.prompt.send_at == next_at]
        leaving = [pending for pending in leaving if pending.prompt.send_at != next_at]
        for rehearsed in _holding(ledger, timeline, now, next_at):
            yield rehearsed
            leaving += _answer(ledger, timeline, rehearsed, behaviour)


def _holding(ledger: _Ledger, timeline: CouncilTimeline, now: list[PendingPrompt], at: datetime) -> Iterator[Rehearsed]:
    current = [replace(pending, milestone=ledger.milestones[pending.milestone.ref]) for pending in now]
    hold = [pending for pending in current if _holds(ledger, timeline, pending, at)]
    for group in grouped(hold, mailed=frozenset()):
        for pending in group.prompts:
            _accept(ledger, pending.prompt, at)
            message = f"{at:%Y-%m-%d %H:%M} {group.deliver_to}{' correction' if group.corrects else ''}"
            yield Rehearsed(prompt=pending.prompt, milestone=pending.milestone, at=at, message=message)


def _holds(ledger: _Ledger, timeline: CouncilTimeline, pending: PendingPrompt, at: datetime) -> bool:
    task = _context(ledger, timeline, pending.milestone, at)
    reason = suppression_reason(task, pending.prompt)
    if reason and may_be_said_later(task, reason):
        _set(ledger, pending.prompt, state=PromptState.SUPPRESSED, reason=reason, paused=True)
    return not reason


def _accept(ledger: _Ledger, prompt: Prompt, at: datetime) -> None:
    _set(ledger, prompt, state=PromptState.SENT, accepted_at=at)


def _set(ledger: _Ledger, prompt: Prompt, **changes: Any) -> None:
    entries = ledger.entries[prompt.key.milestone]
    # The last entry: a prompt withdrawn for a pause may have been written again after it.
    index = max(index for index, entry in enumerate(entries) if entry.key == prompt.key)
    entries[index] = replace(entries[index], **changes)


def _settled(ledger: _Ledger, timeline: CouncilTimeline, rehearsed: Rehearsed, given: Response) -> Response:
    """Settle when an answer is given whether a second person has to confirm it."""
    task = _context(ledger, timeline, rehearsed.milestone, rehearsed.at)
    return replace(given, to_confirm=given.answer is Answer.DONE and needs_confirming(task))


def _answer(
    ledger: _Ledger, timeline: CouncilTimeline, rehearsed: Rehearsed, behaviour: Behaviour
) -> Iterator[PendingPrompt]:
    """Record the answers to this prompt, and give the prompts that they cause today."""
    ref = rehearsed.milestone.ref
    for given in responses_to(rehearsed.prompt, behaviour, office=timeline.calendars.office):
        response = _settled(ledger, timeline, rehearsed, given)
        ledger.responses[ref].append(response)
        ledger.next_check_at[ref] = min(ledger.next_check_at[ref], rehearsed.at + DAY)
        ledger.coming[ref].append(response.at)
        if response.answer in AT_ONCE:
            after = _context(ledger, timeline, rehearsed.milestone, response.at)
            caused = returned_prompt if response.answer is Answer.RETURNED else help_prompt
            for prompt in caused(after, response, repeat=len(ledger.responses[ref])):
                ledger.entries[ref].append(_entry(prompt, response.at, PromptState.WAITING))
                pending = PendingPrompt(id=0, prompt=prompt, milestone=rehearsed.milestone)
                if prompt.send_at <= end_of_day(rehearsed.at):
                    yield pending
                else:
                    ledger.waiting.append(pending)
