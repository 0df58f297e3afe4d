"""Write into the ledger what the receipts mean that were kept, for several messages at once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.noted import note
from models.store.base.seals import KEYS
from models.store.base.transaction import Transaction
from models.store.ledger import outdated as misleading
from models.store.ledger import prompts
from models.store.outbox import channels as reach
from models.store.outbox import deliveries
from models.store.outbox.claims import HandedOver, keep_receipt, receipt_of
from models.store.outbox.statements import CHANGE_MESSAGE, KEPT_RECEIPTS, PROMPTS_OF_MESSAGES, SAY_PROMPT
from models.tables import MessageRow, PromptRow
from timeline.delivery.messages import MessageState

KNOWN = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.BOUNCED)


def receipts_kept(tx: Transaction) -> bool:
    """Tell whether a receipt was kept that the ledger has not."""
    return bool(KEPT_RECEIPTS.rows(tx.connection, {"of_council": tx.council}))


def settle(tx: Transaction, *, at: datetime, last: HandedOver | None = None) -> int:
    """Settle every message of the council whose receipt was kept, and the `last`, which was just handed over; return
    how many. Whoever finds them does it: the process that sent them may have been killed.
    """
    if last:
        keep_receipt(tx.connection, tx.council, last)
    kept = KEPT_RECEIPTS.rows(tx.connection, {"of_council": tx.council})
    if kept:
        _settle(tx, kept, at)
    return len(kept)


def _settle(tx: Transaction, kept: Sequence[Any], at: datetime) -> None:
    deliveries.add_all(tx, [(row.key, receipt_of(row.receipt), _taken_at(row, at)) for row in kept])
    for channel in sorted({row.channel for row in kept}):
        reach.channel_works(tx, channel, at=at)
    # It may have bounced before this was written.
    accepted = [row for row in kept if row.state not in KNOWN]
    CHANGE_MESSAGE.run(tx.connection, *({"of_council": tx.council, "of_key": row.key, "receipt": None} for row in kept))
    if accepted:
        _accept(tx, accepted, at)
    events = [_event(row) for row in accepted]
    audit.record(tx, events, at=at)


def _accept(tx: Transaction, accepted: Sequence[Any], at: datetime) -> None:
    keys, now = [row.key for row in accepted], {"state": MessageState.ACCEPTED, "next_attempt_at": None}
    CHANGE_MESSAGE.run(tx.connection, *({"of_council": tx.council, "of_key": key} | now for key in keys))
    note(tx.session, MessageRow, [(key,) for key in keys])
    said = PROMPTS_OF_MESSAGES.rows(tx.connection, tx.council, keys)
    if not said:
        return
    taken_at = {row.key: _taken_at(row, at) for row in accepted}
    rows = [{"of_council": tx.council, "of_id": row.id, "taken_at": taken_at[row.message]} for row in said]
    SAY_PROMPT.run(tx.connection, *rows)
    note(tx.session, PromptRow, [tuple(getattr(row, name) for name in KEYS[PromptRow]) for row in said])
    refs = {row.milestone for row in said}
    # A message in flight when the date moved is outdated when it arrives.
    misleading.look(tx, refs, at=at)
    prompts.wake(tx, refs, at=at)


def _taken_at(row: Any, at: datetime) -> datetime:
    """Give the instant of the run that handed it over: a later run may be the first that can write this down."""
    return min(row.claimed_at or at, at)


def _event(row: Any) -> Event:
    why, state = receipt_of(row.receipt).summary, MessageState.ACCEPTED.value
    return Event(what=f"message {state}", ref=row.key, via=row.channel, for_whom=row.deliver_to, why=why)


def release_claims(tx: Transaction, *, at: datetime, claimants: Collection[str] | None = None) -> int:
    """Make claimed messages uncertain after a restart, so that they may leave again; return how many.

    Only those that `claimants` claimed, unless it is left out. They are due from the instant of their claim: a run for
    an earlier instant than `at` takes them too.
    """
    settle(tx, at=at)
    sending = update(MessageRow).where(
        col(MessageRow.council) == tx.council,
        col(MessageRow.state) == MessageState.SENDING,
    )
    if claimants is not None:
        sending = sending.where(col(MessageRow.claimed_by).in_(claimants))
    uncertain = sending.values(state=MessageState.UNCERTAIN, next_attempt_at=col(MessageRow.claimed_at))
    keys = list(tx.session.exec(uncertain.returning(col(MessageRow.key))).scalars())
    why = "It was being sent when Daymark stopped."
    audit.record(tx, [Event(what="message uncertain", ref=key, why=why) for key in keys], at=at)
    return len(keys)
