"""Takes back messages that have not left, when they are no longer true or their way is closed."""

from tasks.briefings import of_message, why_not_sent
from tasks.house import LEASE, House
from timeline.breaker import LONGEST_REST
from timeline.messages import BRIEFING, Message, MessageState, is_out_of_date, why_not
from timeline.ways import Reach, Way, way


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
