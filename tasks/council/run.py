"""A council's store at one instant, with what sending depends on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit

from config.channels import Channel, Form
from config.settings import Settings
from models.store import Store
from tasks.council.tokens import kept, tokens_of
from timeline.calendar.bank_holidays import in_working_time
from timeline.definitions.council import CouncilTimeline
from timeline.delivery.contact_methods import Needs, Outlet, Reach
from timeline.delivery.messages import Message, Waiting
from timeline.escalation.corrections import gone
from timeline.escalation.prompts import PromptKind
from timeline.escalation.task_context import Ground, ground
from timeline.planning.occurrences import Milestone

# Longer than any run may last, so that a claim this old is a dead worker's.
LEASE = timedelta(minutes=10)


@dataclass(frozen=True)
class House:
    """Made anew for each run: what it has read holds for that run."""

    store: Store
    settings: Settings
    at: datetime

    @cached_property
    def timeline(self) -> CouncilTimeline:
        return self.store.timeline(self.settings.working_hours)

    @property
    def is_working_time(self) -> bool:
        return in_working_time(self.at, self.timeline.as_known(at=self.at).calendars.office, self.timeline.hours)

    def reach(self) -> Reach:
        """Which ways stand open now."""
        resting = (name for name, one in self.store.breakers().items() if one.rests(at=self.at))
        # A mail carries the token of a reply, which several people may not share.
        usable = (one for one in self.settings.ways().values() if not (one.several and one.form is Form.MAIL))
        outlets = {channel.name: outlet(channel) for channel in usable}
        return Reach(outlets, frozenset(one.way for one in self.store.dead_ways()), frozenset(resting))

    def hashes(self, message: Message) -> list[str]:
        """What the database keeps of a message's tokens."""
        return [kept(token) for token in tokens_of(message, self.store.council, self.settings.secret())]

    def ground(self, ref: str) -> Ground | None:
        """A task as it stands; None when the rules no longer know it."""
        gathered = self.store.gathered(ref, self.settings.working_hours)
        if gathered is None:
            return None
        timeline, found, said = gathered
        return ground(timeline, found.milestone, said, found.responses, at=self.at)

    def grounds(self, waiting: Sequence[Waiting]) -> dict[int, Ground]:
        """What bears on each of these prompts now, by their ids."""
        refs = frozenset(one.milestone.ref for one in waiting)
        said, responses = self.store.said(refs=refs), self.store.responses(refs=refs)
        return {
            one.id: ground(
                self.timeline,
                _as_it_stands(self.store, one),
                said.get(one.milestone.ref, ()),
                responses.get(one.milestone.ref, ()),
                at=self.at,
            )
            for one in waiting
        }


def _as_it_stands(store: Store, waiting: Waiting) -> Milestone:
    """Its milestone; when the rules no longer know it, only a correction still speaks of it."""
    if waiting.prompt.kind is PromptKind.CORRECTION and store.milestone(waiting.milestone.ref) is None:
        return gone(waiting.milestone)
    return waiting.milestone


def outlet(channel: Channel) -> Outlet:
    """The channel as the heart sees it."""
    parts = urlsplit(channel.url)
    needs = Needs.ADDRESS
    if "{phone}" in channel.url or (parts.scheme, parts.hostname) == ("govuknotify", "sms"):
        needs = Needs.PHONE
    elif "{teams}" in channel.url:
        needs = Needs.TEAMS
    return Outlet(channel.name, needs, several=channel.several)
