"""Responses, received messages, and the drafts for the lead member."""

from models.store.base.transaction import StoreGroup, reads, writes
from models.store.inbound import answers, briefings, inbound


class Inbound(StoreGroup):
    """Responses, received messages, and the drafts for the lead member."""

    record_response = writes(answers.record)
    responses = reads(answers.responses)
    was_received = reads(inbound.was_received)
    record = writes(inbound.record_inbound)
    record_absence = writes(inbound.hear_absence)
    held = reads(inbound.held)
    close = writes(inbound.close)
    message_with_token = reads(inbound.left_with)
    keep_briefings = writes(briefings.keep)
    withdraw_briefing = writes(briefings.withdraw)
    release_briefing = writes(briefings.release)
    discard_briefing = writes(briefings.discard)
    briefings = reads(briefings.briefings)
