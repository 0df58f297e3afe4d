"""What is to leave: chooses the way of each prompt that waits, and makes messages of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.compose import compose
from tasks.house import House
from tasks.invitations import invitations, keep_organizer, tell_calendars
from timeline.calendar import LONDON
from timeline.ground import Ground
from timeline.invitations import Invitation
from timeline.messages import (
    SOMEBODY_ELSES,
    Group,
    Message,
    Waiting,
    grouped,
    may_be_said_later,
    superseded_here,
    why_not,
)
from timeline.ways import Reach, Way, way


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
