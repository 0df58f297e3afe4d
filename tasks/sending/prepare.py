"""What is to leave: chooses the way of each prompt that waits, and makes messages of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.council.run import LEASE, House
from tasks.director.briefings import of_message, why_not_sent
from tasks.sending.compose import compose
from tasks.sending.invitations import invitations, keep_organizer, tell_calendars
from timeline.calendar.bank_holidays import LONDON
from timeline.delivery.contact_methods import LONGEST_REST, Reach, Way, way
from timeline.delivery.messages import (
    BRIEFING,
    Group,
    Message,
    MessageState,
    Waiting,
    grouped,
    is_out_of_date,
    superseded_here,
)
from timeline.delivery.suppression import SOMEBODY_ELSES, may_be_said_later, why_not
from timeline.escalation.task_context import Ground
from timeline.ical.invitations import Invitation


@dataclass(frozen=True)
class Made:
    """What was made of the prompts that waited: how many no longer held, the people who cannot be reached, and the
    tasks (references) that are somebody else's by now.
    """

    suppressed: int = 0
    unreached: frozenset[str] = frozenset()
    reassigned: frozenset[str] = frozenset()


def make_messages(house: House) -> Made:
    """Groups what waits into messages, each prompt by the way that stands open for it."""
    store, at = house.store, house.at
    waiting = store.waiting(at=at)
    if not house.is_working_time:
        waiting = tuple(one for one in waiting if one.prompt.urgent)
    grounds = house.grounds(waiting)
    reasons = {one.id: why_not(grounds[one.id], one.prompt) for one in waiting}
    holding = [one for one in waiting if not reasons[one.id]]
    reasons |= {one.id: "A later reminder says it." for one in superseded_here(holding)}
    for reason in {reason for reason in reasons.values() if reason}:
        gone = [id_ for id_, why in reasons.items() if why == reason]
        paused = [id_ for id_ in gone if may_be_said_later(grounds[id_], reason)]
        store.suppress(paused, reason=reason, at=at, paused=True)
        store.suppress([id_ for id_ in gone if id_ not in paused], reason=reason, at=at)
    holding = [one for one in waiting if not reasons[one.id]]
    unreached = _compose_all(house, holding, grounds)
    tell_calendars(house)
    reassigned = (one.milestone.ref for one in waiting if reasons[one.id] == SOMEBODY_ELSES)
    return Made(len(waiting) - len(holding), unreached, frozenset(reassigned))


def _compose_all(house: House, holding: Sequence[Waiting], grounds: Mapping[int, Ground]) -> frozenset[str]:
    """Gives the people for whom no way is left."""
    reach = house.reach() if holding else Reach({})
    found = {one.id: way(one.prompt, grounds[one.id], reach, tried=one.tried) for one in holding}
    ways = {id_: one for id_, one in found.items() if one}
    lost = [one for one in holding if one.id not in ways]
    if lost:
        house.store.give_up([one.id for one in lost], at=house.at)
    mailed = house.store.mailed_on(house.at.astimezone(LONDON).date())
    going = [one for one in holding if one.id in ways]
    invited = invitations(house, going, grounds, ways)
    entries = {id_: one.entry.uid for id_, one in invited.items()}
    for group in grouped(going, mailed=mailed, ways=ways, entries=entries):
        _compose(house, group, grounds, invited)
    return frozenset(one.prompt.deliver_to for one in lost)


def other_ways(house: House, message: Message, *, gone: bool) -> tuple[int, ...]:
    """Of the prompts of a message that has failed for good, those (ids) that can leave by another way."""
    failed = Way(message.deliver_to, message.channel)
    told = house.store.waiting(at=house.at, message=message.key)
    reach, grounds = house.reach(), house.grounds(told)
    reach = replace(reach, dead=reach.dead | {failed}) if gone else reach
    return tuple(
        one.id for one in told if way(one.prompt, grounds[one.id], reach, tried=(*one.tried, str(failed))) is not None
    )


def _compose(house: House, group: Group, grounds: Mapping[int, Ground], invited: Mapping[int, Invitation]) -> None:
    person = house.timeline.directory.people[group.deliver_to]
    invitation = next((invited[one.id] for one in group.waiting if one.id in invited), None)
    message = compose(group, grounds, person, house.settings, invitation=invitation)
    if invitation:
        keep_organizer(house, group.deliver_to, invitation)
    # Another worker may have taken one of the prompts meanwhile: then it is said there, and the rest next time.
    house.store.compose(message, token_hashes=house.hashes(message), at=house.at)


def withdraw(house: House) -> None:
    """Takes back what is about to leave late and is no longer true, and what waits for a way that is closed."""
    store, at = house.store, house.at
    reach = house.reach()
    for message in store.outbox(at=at, lease=LEASE):
        its_way = Way(message.deliver_to, message.channel)
        closed = its_way in reach.dead or message.channel not in reach.outlets
        if message.state is MessageState.WAITING:
            reason = "It has no way out." if closed else _why_not(house, message)
            if reason:
                store.withdraw(message.key, reason=reason, at=at)
                _with_its_draft(house, message, reason)
        elif message.channel not in reach.outlets:
            _leave_be(house, message)
        elif its_way in reach.dead:
            address = reach.outlets[message.channel].address(house.timeline.directory.people[message.deliver_to])
            store.bounced(message.key, at=at, why="The address was dead by then.", address=address)
    _let_urgent_ones_go(house, reach)


def _with_its_draft(house: House, message: Message, reason: str) -> None:
    """A briefing that was released and could not leave is none: its draft is made anew when it is wanted again."""
    briefing = of_message(house.store, message) if message.kind == BRIEFING else None
    if briefing:
        house.store.withdraw_briefing(briefing, why=reason, at=house.at)


def _leave_be(house: House, message: Message) -> None:
    """It may have arrived by a channel that is no longer set up: nobody can repeat it there."""
    if house.store.claim(message.key, at=house.at, lease=LEASE):
        house.store.finish(
            message.key,
            at=house.at,
            outcome="uncertain",
            stage="",
            code=None,
            enhanced=None,
            text="Its channel is no longer set up.",
            message_id="",
            next_attempt_at=None,
            gone=False,
            settled=True,
        )


def _why_not(house: House, message: Message) -> str:
    if is_out_of_date(message, at=house.at):
        return "It was written for another day."
    if message.kind == BRIEFING:
        return why_not_sent(house.store, house.settings, message, at=house.at)
    told = house.store.waiting(at=house.at, message=message.key)
    grounds = house.grounds(told)
    if any(why_not(grounds[one.id], one.prompt) for one in told):
        return "Part of it no longer held."
    return ""


def _let_urgent_ones_go(house: House, reach: Reach) -> None:
    """What is urgent does not wait for a channel that rests, if there is another way."""
    soon = house.store.outbox(at=house.at + LONGEST_REST, lease=LEASE) if reach.resting else ()
    for message in soon:
        if message.state is MessageState.WAITING and message.channel in reach.resting:
            told = house.store.waiting(at=house.at, message=message.key)
            urgent = [one for one in told if one.prompt.urgent]
            grounds = house.grounds(urgent)
            ways = (way(one.prompt, grounds[one.id], reach, tried=one.tried) for one in urgent)
            if any(one and one.channel not in reach.resting for one in ways):
                house.store.withdraw(message.key, reason="It is urgent, and its channel rests.", at=house.at)
