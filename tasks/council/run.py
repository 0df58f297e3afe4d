"""Keep a council's store at an instant, with what sending depends on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit

from config.channels import Channel, Form
from config.houses.own import of_council
from config.settings import Settings
from models.store import OutgoingNotice, Store
from tasks.council.tokens import token_hashes
from timeline.calendar.working_hours import in_working_time
from timeline.definitions.council import CouncilTimeline
from timeline.delivery.contact_methods import ChannelInfo, Needs, Reachability
from timeline.delivery.messages import Message, PendingPrompt
from timeline.escalation.corrections import gone
from timeline.escalation.later_clock import task_now
from timeline.escalation.prompts import PromptKind
from timeline.escalation.task_context import TaskContext
from timeline.planning.occurrences import Milestone

# Longer than any run may last: a claim this old belongs to a worker that died.
LEASE = timedelta(minutes=10)


@dataclass(frozen=True)
class CouncilRun:
    """Hold a run for a council, made anew each time: what it has read holds for that run.

    `house` are the settings that all councils share. A run that sends knows the `last_pause` that it has seen, by its
    number: what was paused after it began is not sent.
    """

    store: Store
    house: Settings
    at: datetime
    last_pause: int | None = None

    @cached_property
    def settings(self) -> Settings:
        """Give the settings of this council: its own sender, mailbox and channels where it states them."""
        return of_council(self.house, self.store.council)

    @cached_property
    def timeline(self) -> CouncilTimeline:
        return self.store.definitions.timeline(self.settings.working_hours)

    @property
    def is_working_time(self) -> bool:
        return in_working_time(self.at, self.timeline.as_known(at=self.at).calendars.office, self.timeline.hours)

    def reachability(self) -> Reachability:
        """Read which channels and addresses can be used now."""
        resting = (name for name, breaker in self.store.outbox.breakers().items() if breaker.rests(at=self.at))
        # A mail carries a reply token, which several people must not share.
        usable = (way for way in self.settings.ways().values() if not (way.several and way.form is Form.MAIL))
        outlets = {channel.name: outlet(channel) for channel in usable}
        return Reachability(
            outlets, frozenset(dead.way for dead in self.store.outbox.dead_addresses()), frozenset(resting)
        )

    def put_in_outbox(self, message: Message) -> bool:
        """Store a message to be sent; False when its key is taken, or one of its prompts no longer waits."""
        return bool(self.put_all_in_outbox([message]))

    def put_all_in_outbox(self, messages: Iterable[Message]) -> frozenset[str]:
        """Store messages to be sent, in a single transaction; give the keys of those that were stored."""
        council, secret = self.store.council, self.settings.secret()
        composed = [OutgoingNotice(message, token_hashes(message, council, secret)) for message in messages]
        return self.store.outbox.compose_all(composed, at=self.at)

    def to_send(self, at_a_time: int) -> Iterator[Message]:
        """Read what is to be sent now with its words, some at a time."""
        outgoing = self.store.outbox.queue(at=self.at, lease=LEASE)
        for start in range(0, len(outgoing), at_a_time):
            some = outgoing[start : start + at_a_time]
            worded = self.store.outbox.with_words([each.key for each in some])
            yield from (replace(worded[each.key], state=each.state) for each in some if each.key in worded)

    def task_context(self, ref: str) -> TaskContext | None:
        """Read a task as it is now; None when the rules no longer give it."""
        gathered = self.store.definitions.load_task(ref, self.settings.working_hours)
        if gathered is None:
            return None
        timeline, stored, entries = gathered
        return task_now(timeline, stored.milestone, entries, stored.responses, at=self.at)

    def task_contexts(self, prompts: Sequence[PendingPrompt]) -> dict[int, TaskContext]:
        """Read the task context of each of these prompts, by prompt id."""
        refs = frozenset(pending.milestone.ref for pending in prompts)
        entries, responses = self.store.ledger.entries(refs=refs), self.store.inbound.responses(refs=refs)
        return {
            pending.id: task_now(
                self.timeline,
                _as_it_stands(self.store, pending),
                entries.get(pending.milestone.ref, ()),
                responses.get(pending.milestone.ref, ()),
                at=self.at,
            )
            for pending in prompts
        }


def _as_it_stands(store: Store, pending: PendingPrompt) -> Milestone:
    """Give the prompt's milestone; if the rules no longer give it, the form of which only a correction speaks."""
    if pending.prompt.kind is PromptKind.CORRECTION and store.plan.milestone(pending.milestone.ref) is None:
        return gone(pending.milestone)
    return pending.milestone


def outlet(channel: Channel) -> ChannelInfo:
    """Describe the channel as decisions see it."""
    parts = urlsplit(channel.url)
    needs = Needs.ADDRESS
    if "{phone}" in channel.url or (parts.scheme, parts.hostname) == ("govuknotify", "sms"):
        needs = Needs.PHONE
    elif "{teams}" in channel.url or (channel.form is Form.BOT and not channel.several):
        needs = Needs.TEAMS
    return ChannelInfo(channel.name, needs, several=channel.several, carries_entries=channel.form is Form.MAIL)
