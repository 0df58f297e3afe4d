"""Take back messages in the outbox that must not leave as they are, so that their prompts can leave another way."""

from models.store import DeliveryReceipt
from tasks.council.run import LEASE, CouncilRun
from tasks.director.briefings import of_message, why_not_sent
from tasks.processes.claimant import this_process
from tasks.sending.handing import TOGETHER
from tasks.sending.invitations import is_outdated
from timeline.calendar.clock_jumps import is_from_later_clock
from timeline.delivery.contact_methods import LONGEST_REST, Reachability
from timeline.delivery.messages import BRIEFING, CALENDAR, Message, MessageState
from timeline.delivery.withdrawal import (
    ITS_CHANNEL_RESTS,
    Blocked,
    blocked,
    can_avoid_rest,
    outdated_reason,
    reroutable,
    waits_for_resting_channel,
    withdrawal_reason,
)


def withdraw(council_run: CouncilRun) -> frozenset[str]:
    """Take back the messages that are no longer true, and those that wait for a channel or an address in vain.

    Give the tasks (references) of the messages that a later clock had written: they are to be decided again.
    """
    later = set[str]()
    reachability = council_run.reachability()
    for message in council_run.to_send(TOGETHER):
        if message.state is MessageState.WAITING:
            taken_back = _withdraw_waiting(council_run, message, reachability)
            if taken_back and is_from_later_clock(message.composed_at, at=council_run.at):
                later |= {claims.milestone for claims in message.tokens if claims.milestone}
        else:
            _settle_uncertain(council_run, message, reachability)
    _withdraw_urgent(council_run, reachability)
    return frozenset(later)


def alternative_methods(council_run: CouncilRun, message: Message, *, gone: bool) -> tuple[int, ...]:
    """Give the prompts (ids) of a message that has failed for good which can leave by another method.

    `gone`: the address is dead.
    """
    prompts = council_run.store.ledger.pending(at=council_run.at, message=message.key)
    return reroutable(message, prompts, council_run.task_contexts(prompts), council_run.reachability(), gone=gone)


def _withdraw_waiting(council_run: CouncilRun, message: Message, reachability: Reachability) -> bool:
    reason = withdrawal_reason(message, reachability, at=council_run.at) or _outdated_reason(council_run, message)
    if not reason:
        return False
    withdrawn = council_run.store.outbox.withdraw(message.key, reason=reason, at=council_run.at)
    # A released briefing that cannot leave is withdrawn: a new draft is made when it is wanted again.
    briefing = of_message(council_run.store, message) if message.kind == BRIEFING else None
    if briefing:
        council_run.store.inbound.withdraw_briefing(briefing, why=reason, at=council_run.at)
    return withdrawn


def _outdated_reason(council_run: CouncilRun, message: Message) -> str:
    if message.kind == BRIEFING:
        return why_not_sent(council_run.store, council_run.settings, message, at=council_run.at)
    if message.kind == CALENDAR:
        return "The days have changed again." if is_outdated(council_run, message) else ""
    prompts = council_run.store.ledger.pending(at=council_run.at, message=message.key)
    return outdated_reason(prompts, council_run.task_contexts(prompts))


def _settle_uncertain(council_run: CouncilRun, message: Message, reachability: Reachability) -> None:
    """Settle a message that may have arrived and cannot be repeated."""
    why = blocked(message, reachability)
    if why is Blocked.CHANNEL_GONE:
        _leave_uncertain(council_run, message, why)
    elif why is Blocked.DEAD_ADDRESS:
        person = council_run.timeline.directory.people[message.deliver_to]
        address = reachability.outlets[message.channel].address(person)
        council_run.store.outbox.mark_bounced(message.key, at=council_run.at, why=why.value, address=address)


def _leave_uncertain(council_run: CouncilRun, message: Message, why: Blocked) -> None:
    if council_run.store.outbox.claim(message.key, at=council_run.at, lease=LEASE, by=this_process()):
        receipt = DeliveryReceipt(outcome="uncertain", text=why.value)
        council_run.store.outbox.finish(message.key, receipt, at=council_run.at, settled=True)


def _withdraw_urgent(council_run: CouncilRun, reachability: Reachability) -> None:
    """Let urgent prompts leave by another method instead of waiting for a channel that rests."""
    if not reachability.resting:
        return
    for message in council_run.store.outbox.queue(at=council_run.at + LONGEST_REST, lease=LEASE):
        if not waits_for_resting_channel(message, reachability):
            continue
        prompts = council_run.store.ledger.pending(at=council_run.at, message=message.key)
        if can_avoid_rest(prompts, council_run.task_contexts(prompts), reachability):
            council_run.store.outbox.withdraw(message.key, reason=ITS_CHANNEL_RESTS, at=council_run.at)
