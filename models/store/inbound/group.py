"""Keep responses, received messages, and the drafts for the lead member."""

from datetime import timedelta

from models.store.base.transaction import StoreGroup, reads, writes
from models.store.inbound import absences, answers, briefings, inbound


class Inbound(StoreGroup):
    """Keep responses, received messages, and the drafts for the lead member."""

    # An answer bears the instant of the last before it, which a clock set back since leaves ahead: none is lost.
    record_response = writes(answers.record_response, ahead=timedelta(minutes=15))
    responses = reads(answers.responses)
    was_received = reads(inbound.was_received)
    record = writes(inbound.record)
    record_absence = writes(absences.record_absence)
    end_absence = writes(absences.end_absence)
    held = reads(inbound.held)
    close = writes(inbound.close)
    keep_briefings = writes(briefings.keep_briefings)
    withdraw_briefing = writes(briefings.withdraw_briefing)
    release_briefing = writes(briefings.release_briefing)
    discard_briefing = writes(briefings.discard_briefing)
    briefings = reads(briefings.briefings)
