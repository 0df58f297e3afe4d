"""Keep messages on their way, their tokens and invitations, and the channels that carry them."""

from models.store.base.transaction import StoreGroup, marks, reads, writes
from models.store.outbox import (
    channels,
    chats,
    claims,
    composing,
    day_keys,
    deliveries,
    invitations,
    messages,
    secret_key,
    settling,
    stop_sending,
    tokens,
)


class Outbox(StoreGroup):
    """Keep messages on their way, their tokens and invitations, and the channels that carry them."""

    compose = writes(composing.compose)
    compose_all = writes(composing.compose_all)
    queue = reads(messages.queue)
    with_words = reads(messages.with_words)
    to_send = reads(messages.to_send)
    anything_waiting = reads(messages.anything_waiting)
    claim = marks(claims.claim)
    claimants = reads(claims.claimants)
    receipts_kept = reads(settling.receipts_kept)
    settle = writes(settling.settle)
    release_claims = writes(settling.release_claims)
    withdraw = writes(messages.withdraw)
    finish = writes(messages.finish)
    message = reads(messages.message)
    newest_in_chat = reads(chats.newest_in_chat)
    cards_to_look_at = reads(chats.cards_to_look_at)
    claim_card = writes(chats.claim_card)
    card_looked_at = writes(chats.card_looked_at)
    free_key = reads(day_keys.free_key)
    last_composed_at = reads(day_keys.last_composed_at)
    token = reads(tokens.token)
    keep_tokens = writes(tokens.keep_tokens)
    token_generation = reads(tokens.token_generation)
    keep_lasting_token = writes(tokens.keep_lasting_token)
    invitation_token = reads(invitations.invitation_token)
    moved_invitations = reads(invitations.moved_invitations)
    give_up = writes(deliveries.give_up)
    mark_delivered = writes(deliveries.mark_delivered)
    mark_bounced = writes(deliveries.mark_bounced)
    anything_left = reads(deliveries.anything_left)
    message_by_reference = reads(deliveries.message_by_reference)
    breakers = reads(channels.breakers)
    dead_addresses = reads(channels.dead_addresses)
    key_fingerprint = reads(secret_key.key_fingerprint)
    note_key = writes(secret_key.note_key)
    accept_key = writes(secret_key.accept_key)
    stop = writes(stop_sending.stop)
    resume = writes(stop_sending.resume)
    stopped = reads(stop_sending.stopped)
    last_pause = reads(stop_sending.last_pause)
    invitations = reads(invitations.invitations)
