"""Sends what waits: checks that each prompt still holds, makes messages of them, and sends each once.

A row stands before every send and is finished after it, so that a crash at any statement loses nothing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from config.settings import Settings
from models.store import Store
from tasks import channels
from tasks.channels import Outcome, Receipt
from tasks.compose import compose, mail, tokens_of
from tasks.tokens import kept
from timeline.calendar import LONDON, in_working_time
from timeline.corrections import gone
from timeline.council import CouncilTimeline
from timeline.ground import Ground, ground
from timeline.messages import Group, Message, MessageState, Waiting, grouped, is_out_of_date, superseded_here, why_not
from timeline.occurrences import Milestone
from timeline.prompts import PromptKind

# Longer than any send may last, so that a claim this old is a dead worker's.
LEASE = timedelta(minutes=10)
_LONGEST_SEND_SECONDS = 60
# Five minutes, ten, twenty …, about five days in all.
_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=12)
_ATTEMPTS = 20
_LONGEST_WAIT_FOR_A_SERVER = timedelta(hours=1)


class Attempt(NamedTuple):
    """One message that was tried: for whom (a key of the directory), and what became of it."""

    person: str
    kind: str
    tasks: int
    outcome: str


@dataclass(frozen=True)
class Sent:
    """What one run of `notify` did: the messages it tried, and how many prompts no longer held."""

    messages: tuple[Attempt, ...] = ()
    suppressed: int = 0
    silent_because: str = ""


def deliver(store: Store, settings: Settings, *, at: datetime) -> Sent:
    """Sends everything that may leave at `at`; outside working time only what is urgent."""
    stopped = store.sending_stopped()
    if stopped:
        return Sent(silent_because=f"Sending is stopped by {stopped.who}: {stopped.reason}.")
    timeline = store.timeline(settings.working_hours)
    withdraw(store, timeline, at=at)
    suppressed = make_messages(store, settings, at=at)
    outgoing = [one for one in store.outbox(at=at, lease=LEASE) if _leaves(timeline, one, at)]
    outcomes = [_send(store, settings, timeline, message, at=at) for message in outgoing]
    return Sent(tuple(one for one in outcomes if one), suppressed)


def _may_leave(timeline: CouncilTimeline, at: datetime) -> bool:
    return in_working_time(at, timeline.as_known(at=at).calendars.office, timeline.hours)


def _leaves(timeline: CouncilTimeline, message: Message, at: datetime) -> bool:
    """Outside working time only what was written outside it: that is urgent."""
    return _may_leave(timeline, at) or not _may_leave(timeline, message.composed_at)


def withdraw(store: Store, timeline: CouncilTimeline, *, at: datetime) -> None:
    """Takes back what is about to leave late and is no longer true: of another day, or about what is done by now."""
    for message in store.outbox(at=at, lease=LEASE):
        if message.state is not MessageState.WAITING:
            continue
        told = store.waiting(at=at, message=message.key)
        grounds = _grounds(store, timeline, told, at)
        if is_out_of_date(message, at=at):
            store.withdraw(message.key, reason="It was written for another day.", at=at)
        elif any(why_not(grounds[one.id], one.prompt) for one in told):
            store.withdraw(message.key, reason="Part of it no longer held.", at=at)


def make_messages(store: Store, settings: Settings, *, at: datetime) -> int:
    """Groups what waits into messages; gives back how many prompts were suppressed because they no longer hold."""
    timeline = store.timeline(settings.working_hours)
    waiting = store.waiting(at=at)
    if not _may_leave(timeline, at):
        waiting = tuple(one for one in waiting if one.prompt.urgent)
    grounds = _grounds(store, timeline, waiting, at)
    reasons = {one.id: why_not(grounds[one.id], one.prompt) for one in waiting}
    reasons |= {one.id: "A later reminder says it." for one in superseded_here(waiting) if not reasons[one.id]}
    for reason in {reason for reason in reasons.values() if reason}:
        store.suppress([id_ for id_, why in reasons.items() if why == reason], reason=reason, at=at)
    holding = [one for one in waiting if not reasons[one.id]]
    for group in grouped(holding, mailed=store.mailed_on(at.astimezone(LONDON).date())):
        _compose(store, settings, timeline, group, grounds, at)
    return len(waiting) - len(holding)


def _grounds(store: Store, timeline: CouncilTimeline, waiting: Sequence[Waiting], at: datetime) -> dict[int, Ground]:
    refs = frozenset(one.milestone.ref for one in waiting)
    said, responses = store.said(refs=refs), store.responses(refs=refs)
    return {
        one.id: ground(
            timeline,
            _as_it_stands(store, one),
            said.get(one.milestone.ref, ()),
            responses.get(one.milestone.ref, ()),
            at=at,
        )
        for one in waiting
    }


def _as_it_stands(store: Store, waiting: Waiting) -> Milestone:
    """Its milestone; when the rules no longer know it, only a correction still speaks of it."""
    if waiting.prompt.kind is PromptKind.CORRECTION and store.milestone(waiting.milestone.ref) is None:
        return gone(waiting.milestone)
    return waiting.milestone


def _compose(
    store: Store,
    settings: Settings,
    timeline: CouncilTimeline,
    group: Group,
    grounds: dict[int, Ground],
    at: datetime,
) -> None:
    person = timeline.directory.people[group.deliver_to]
    message = compose(group, grounds, person, settings)
    tokens = tokens_of(message, store.council, settings.secret())
    # Another worker may have taken one of the prompts meanwhile: then it is said there, and the rest next time.
    store.compose(message, token_hashes=[kept(token) for token in tokens], at=at)


def _send(
    store: Store, settings: Settings, timeline: CouncilTimeline, message: Message, *, at: datetime
) -> Attempt | None:
    if not store.claim(message.key, at=at, lease=LEASE):
        return None
    person = timeline.directory.people[message.deliver_to]
    outgoing = mail(message, person, store.council, settings)
    receipt = channels.send(settings.mail_url, outgoing, limit_seconds=_LONGEST_SEND_SECONDS)
    store.finish(
        message.key,
        at=at,
        outcome=receipt.outcome.value,
        stage=receipt.stage.value if receipt.stage else "",
        code=receipt.code,
        enhanced=receipt.enhanced,
        text=receipt.text,
        # It carries the token, of which the database keeps the SHA-256 only.
        message_id=kept(outgoing.message_id),
        next_attempt_at=next_attempt_at(receipt, message.attempts, at=at),
        gone=receipt.gone,
    )
    return Attempt(message.deliver_to, message.kind, len(message.prompts), receipt.outcome.value)


def next_attempt_at(receipt: Receipt, attempts: int, *, at: datetime) -> datetime | None:
    """When to try again after `attempts` earlier ones; None when it was accepted, or never will be.

    An uncertain one is repeated under the same Message-ID.
    """
    wait = _FIRST_WAIT * (1 << min(attempts, _ATTEMPTS))
    if receipt.outcome is Outcome.UNREACHABLE:
        # A server that is away, or refuses our password, has said nothing of this mail: no outage ends a reminder.
        return at + min(wait, _LONGEST_WAIT_FOR_A_SERVER)
    if receipt.outcome is Outcome.ACCEPTED or not receipt.retryable or attempts + 1 >= _ATTEMPTS:
        return None
    return at + min(wait, _LONGEST_WAIT)


def summary(sent: Sent) -> str:
    """What a run did, as a sentence for the administrators."""
    if sent.silent_because:
        return sent.silent_because
    outcomes = Counter(one.outcome for one in sent.messages)
    parts = [f"{number} {outcome}" for outcome, number in sorted(outcomes.items())]
    parts += [f"{sent.suppressed} no longer held"] if sent.suppressed else []
    return f"Messages: {', '.join(parts)}." if parts else "Nothing was waiting."
