"""Prepare the statements about messages on their way, which run for some at a time."""

from sqlalchemy import bindparam, func, select, update

from models.store.base.prepared import OF_COUNCIL, Prepared, PreparedOf, table_of
from models.tables import DeliveryRow, MessageRow, PromptRow
from timeline.escalation.prompts import PromptState

_PROMPT, _MESSAGE, _DELIVERY = table_of(PromptRow), table_of(MessageRow), table_of(DeliveryRow)
_NAMED = _PROMPT.c.id, _PROMPT.c.milestone, _PROMPT.c.due_on, _PROMPT.c.rung, _PROMPT.c.person, _PROMPT.c.repeat

_WAITING = select(*_NAMED).where(_PROMPT.c.council == OF_COUNCIL, _PROMPT.c.state == PromptState.WAITING)
FREE_PROMPTS = PreparedOf(_WAITING.where(_PROMPT.c.message.is_(None)), _PROMPT.c.id)
_THIS_PROMPT = update(_PROMPT).where(_PROMPT.c.council == OF_COUNCIL, _PROMPT.c.id == bindparam("of_id"))
TIE_PROMPT = Prepared(_THIS_PROMPT)

MESSAGES = PreparedOf(select(_MESSAGE).where(_MESSAGE.c.council == OF_COUNCIL), _MESSAGE.c.key)

_TOLD = _MESSAGE.c.key, _MESSAGE.c.channel, _MESSAGE.c.deliver_to
_KEPT = select(*_TOLD, _MESSAGE.c.state, _MESSAGE.c.claimed_at, _MESSAGE.c.receipt).order_by(_MESSAGE.c.key)
KEPT_RECEIPTS = Prepared(_KEPT.where(_MESSAGE.c.council == OF_COUNCIL, _MESSAGE.c.receipt.is_not(None)))
_THIS_MESSAGE = update(_MESSAGE).where(_MESSAGE.c.council == OF_COUNCIL, _MESSAGE.c.key == bindparam("of_key"))
CHANGE_MESSAGE = Prepared(_THIS_MESSAGE)
_ATTEMPTS = select(_DELIVERY.c.message, func.count()).group_by(_DELIVERY.c.message)
EARLIER_ATTEMPTS = PreparedOf(_ATTEMPTS.where(_DELIVERY.c.council == OF_COUNCIL), _DELIVERY.c.message)
_OF_MESSAGES = select(*_NAMED, _PROMPT.c.message).where(_PROMPT.c.council == OF_COUNCIL)
PROMPTS_OF_MESSAGES = PreparedOf(_OF_MESSAGES, _PROMPT.c.message)
_SAID_AT = func.coalesce(_PROMPT.c.accepted_at, bindparam("taken_at", type_=_PROMPT.c.accepted_at.type))
SAY_PROMPT = Prepared(_THIS_PROMPT.values(state=PromptState.SENT, reason="", accepted_at=_SAID_AT))
