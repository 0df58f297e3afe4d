"""Tell which messages in the outbox must not leave as they are, and which prompts can leave by another method."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from timeline.delivery.contact_methods import ContactMethod, Reachability, contact_method
from timeline.delivery.messages import Message, MessageState, Outgoing, PendingPrompt, is_out_of_date
from timeline.delivery.suppression import suppression_reason
from timeline.escalation.task_context import TaskContext

NO_WAY_OUT = "It has no way out."
ITS_CHANNEL_RESTS = "It is urgent, and its channel rests."


class Blocked(StrEnum):
    """Name why a message cannot be sent by its channel, as a sentence."""

    CHANNEL_GONE = "Its channel is no longer set up."
    DEAD_ADDRESS = "The address was dead by then."


def method_of(message: Message) -> ContactMethod:
    """Give the person and channel that a message was composed for."""
    return ContactMethod(message.deliver_to, message.channel)


def blocked(message: Message, reachability: Reachability) -> Blocked | None:
    """Tell why this message cannot be sent by its channel; None when it can."""
    if message.channel not in reachability.outlets:
        return Blocked.CHANNEL_GONE
    return Blocked.DEAD_ADDRESS if method_of(message) in reachability.dead else None


def withdrawal_reason(message: Message, reachability: Reachability, *, at: datetime) -> str:
    """Give the reason to take back a message of which nothing has left; empty when nothing in the message itself is."""
    if blocked(message, reachability):
        return NO_WAY_OUT
    return "It was written for another day." if is_out_of_date(message, at=at) else ""


def outdated_reason(prompts: Sequence[PendingPrompt], tasks: Mapping[int, TaskContext]) -> str:
    """Give the reason to take back a message of these prompts; empty while every prompt holds."""
    outdated = any(suppression_reason(tasks[pending.id], pending.prompt) for pending in prompts)
    return "Part of it no longer held." if outdated else ""


def waits_for_resting_channel(message: Message | Outgoing, reachability: Reachability) -> bool:
    """Tell whether a message of which nothing has left waits for a channel that rests."""
    return message.state is MessageState.WAITING and message.channel in reachability.resting


def can_avoid_rest(
    prompts: Sequence[PendingPrompt], tasks: Mapping[int, TaskContext], reachability: Reachability
) -> bool:
    """Tell whether an urgent prompt of these has a contact method whose channel does not rest."""
    methods = (
        contact_method(pending.prompt, tasks[pending.id], reachability, tried=pending.tried)
        for pending in prompts
        if pending.prompt.urgent
    )
    return any(method and method.channel not in reachability.resting for method in methods)


def reroutable(
    message: Message,
    prompts: Sequence[PendingPrompt],
    tasks: Mapping[int, TaskContext],
    reachability: Reachability,
    *,
    gone: bool,
) -> tuple[int, ...]:
    """Give the prompts (ids) of a message that has failed for good which can leave by another method.

    `gone`: the address is dead.
    """
    failed = method_of(message)
    reachability = replace(reachability, dead=reachability.dead | {failed}) if gone else reachability
    return tuple(
        pending.id
        for pending in prompts
        if contact_method(pending.prompt, tasks[pending.id], reachability, tried=(*pending.tried, str(failed)))
    )
