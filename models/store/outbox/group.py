"""Messages on their way, their tokens and invitations, and the channels that carry them."""

from models.store.base.transaction import StoreGroup, reads, writes
from models.store.ledger import history
from models.store.outbox import channels, deliveries, invitations, messages, stop_sending, tokens


class Outbox(StoreGroup):
    """Messages on their way, their tokens and invitations, and the channels that carry them."""

    compose = writes(messages.compose)
    to_send = reads(messages.outbox)
    anything_waiting = reads(messages.anything_waiting)
    claim = writes(messages.claim)
    release_claims = writes(messages.release_claims)
    withdraw = writes(messages.withdraw)
    finish = writes(messages.finish)
    message = reads(messages.message)
    last_composed_at = reads(history.last_composed_at)
    token = reads(messages.token)
    keep_tokens = writes(tokens.keep)
    token_generation = reads(tokens.generation_of)
    keep_feed_token = writes(tokens.give_feed)
    invitation_token = reads(invitations.invited_with)
    moved_invitations = reads(invitations.moved_invitations)
    give_up = writes(deliveries.give_up)
    mark_delivered = writes(deliveries.delivered)
    mark_bounced = writes(deliveries.bounced)
    message_by_reference = reads(deliveries.message_of_reference)
    breakers = reads(channels.breakers)
    dead_addresses = reads(channels.dead_ways)
    stop = writes(stop_sending.stop_sending)
    resume = writes(stop_sending.resume_sending)
    stopped = reads(stop_sending.sending_stopped)
    invitations = reads(invitations.invitations)
