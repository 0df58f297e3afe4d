"""What is to leave: takes back what no longer holds, chooses the ways, and makes messages of what waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from config.settings import Settings
from models.store import Store
from tasks.channels.carry import outlet
from tasks.compose import compose, tokens_of
from tasks.tokens import kept
from timeline.calendar import LONDON, in_working_time
from timeline.corrections import gone
from timeline.council import CouncilTimeline
from timeline.ground import Ground, ground
from timeline.messages import Group, Message, MessageState, Waiting, grouped, is_out_of_date, superseded_here, why_not
from timeline.occurrences import Milestone
from timeline.prompts import PromptKind
from timeline.ways import Reach, Way, way

# Longer than any run may last, so that a claim this old is a dead worker's.
LEASE = timedelta(minutes=10)


@dataclass(frozen=True)
class Made:
    """What was made of the prompts that waited: how many no longer held, and the people who cannot be reached."""

    suppressed: int = 0
    unreached: frozenset[str] = frozenset()


@dataclass(frozen=True)
class House:
    """A council's store at one instant, with what the choice of a way depends on."""

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
        outlets = {name: outlet(channel) for name, channel in self.settings.ways().items()}
        return Reach(outlets, frozenset(one.way for one in self.store.dead_ways()), frozenset(resting))

    def hashes(self, message: Message) -> list[str]:
        """What the database keeps of a message's tokens."""
        return [kept(token) for token in tokens_of(message, self.store.council, self.settings.secret())]


def withdraw(house: House) -> None:
    """Takes back what is about to leave late and is no longer true, and what waits for a way that is closed."""
    store, at = house.store, house.at
    outgoing = store.outbox(at=at, lease=LEASE)
    reach = house.reach() if outgoing else Reach({})
    for message in outgoing:
        its_way = Way(message.deliver_to, message.channel)
        closed = its_way in reach.dead or message.channel not in reach.outlets
        if message.state is MessageState.WAITING:
            reason = "It has no way out." if closed else _why_not(house, message, reach)
            if reason:
                store.withdraw(message.key, reason=reason, at=at)
        elif its_way in reach.dead:
            address = reach.outlets[message.channel].address(house.timeline.directory.people[message.deliver_to])
            store.bounced(message.key, at=at, why="The address was dead by then.", address=address)


def _why_not(house: House, message: Message, reach: Reach) -> str:
    if is_out_of_date(message, at=house.at):
        return "It was written for another day."
    told = house.store.waiting(at=house.at, message=message.key)
    grounds = _grounds(house, told)
    if any(why_not(grounds[one.id], one.prompt) for one in told):
        return "Part of it no longer held."
    urgent = any(one.prompt.urgent for one in told) and message.channel in reach.resting
    other = (way(one.prompt, grounds[one.id], reach, tried=one.tried) for one in told if urgent)
    if any(one and one.channel not in reach.resting for one in other):
        return "It is urgent, and its channel rests."
    return ""


def make_messages(house: House) -> Made:
    """Groups what waits into messages, each prompt by the way that stands open for it."""
    store, at = house.store, house.at
    waiting = store.waiting(at=at)
    if not house.is_working_time:
        waiting = tuple(one for one in waiting if one.prompt.urgent)
    grounds = _grounds(house, waiting)
    reasons = {one.id: why_not(grounds[one.id], one.prompt) for one in waiting}
    reasons |= {one.id: "A later reminder says it." for one in superseded_here(waiting) if not reasons[one.id]}
    for reason in {reason for reason in reasons.values() if reason}:
        store.suppress([id_ for id_, why in reasons.items() if why == reason], reason=reason, at=at)
    holding = [one for one in waiting if not reasons[one.id]]
    return Made(len(waiting) - len(holding), _compose_all(house, holding, grounds))


def _compose_all(house: House, holding: Sequence[Waiting], grounds: Mapping[int, Ground]) -> frozenset[str]:
    """Gives the people for whom no way is left."""
    reach = house.reach() if holding else Reach({})
    found = {one.id: way(one.prompt, grounds[one.id], reach, tried=one.tried) for one in holding}
    ways = {id_: one for id_, one in found.items() if one}
    lost = [one for one in holding if one.id not in ways]
    if lost:
        house.store.give_up([one.id for one in lost], at=house.at)
    mailed = house.store.mailed_on(house.at.astimezone(LONDON).date())
    for group in grouped([one for one in holding if one.id in ways], mailed=mailed, ways=ways):
        _compose(house, group, grounds)
    return frozenset(one.prompt.deliver_to for one in lost)


def other_ways(house: House, message: Message, *, gone: bool) -> tuple[int, ...]:
    """Of the prompts of a message that has failed for good, those (ids) that can leave by another way."""
    failed = Way(message.deliver_to, message.channel)
    told = house.store.waiting(at=house.at, message=message.key)
    reach, grounds = house.reach(), _grounds(house, told)
    reach = replace(reach, dead=reach.dead | {failed}) if gone else reach
    return tuple(
        one.id for one in told if way(one.prompt, grounds[one.id], reach, tried=(*one.tried, str(failed))) is not None
    )


def _grounds(house: House, waiting: Sequence[Waiting]) -> dict[int, Ground]:
    refs = frozenset(one.milestone.ref for one in waiting)
    said, responses = house.store.said(refs=refs), house.store.responses(refs=refs)
    return {
        one.id: ground(
            house.timeline,
            _as_it_stands(house.store, one),
            said.get(one.milestone.ref, ()),
            responses.get(one.milestone.ref, ()),
            at=house.at,
        )
        for one in waiting
    }


def _as_it_stands(store: Store, waiting: Waiting) -> Milestone:
    """Its milestone; when the rules no longer know it, only a correction still speaks of it."""
    if waiting.prompt.kind is PromptKind.CORRECTION and store.milestone(waiting.milestone.ref) is None:
        return gone(waiting.milestone)
    return waiting.milestone


def _compose(house: House, group: Group, grounds: Mapping[int, Ground]) -> None:
    person = house.timeline.directory.people[group.deliver_to]
    message = compose(group, grounds, person, house.settings)
    # Another worker may have taken one of the prompts meanwhile: then it is said there, and the rest next time.
    house.store.compose(message, token_hashes=house.hashes(message), at=house.at)
