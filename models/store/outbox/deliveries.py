"""Keep deliveries: a row for each attempt, and what an attempt or a later report means for the prompts of the
message.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.json_values import storable
from models.store.base.transaction import Transaction, add_missing
from models.store.ledger import outdated as misleading
from models.store.ledger import prompts
from models.store.outbox import channels as reach
from models.store.outbox.statements import EARLIER_ATTEMPTS
from models.tables import DeliveryRow, MessageRow, PromptRow
from timeline.delivery.contact_methods import ContactMethod
from timeline.delivery.messages import MessageState
from timeline.escalation.prompts import PromptState

UNDELIVERABLE = "It could not be delivered."
MAY_HAVE_ARRIVED = "Nobody knows whether it arrived, and this channel would say it twice."
_LEFT = (MessageState.SENDING, MessageState.ACCEPTED, MessageState.UNCERTAIN)


@dataclass(frozen=True, kw_only=True)
class DeliveryReceipt:
    """Hold the receipt of an attempt: `outcome` is "accepted", "uncertain", "unreachable" or "refused", `stage` is how
    far it came, `code` and `enhanced` (RFC 3463) are the server's, `reference` is the provider's name for the message.
    """

    outcome: str
    stage: str = ""
    code: int | None = None
    enhanced: str | None = None
    text: str = ""
    message_id: str = ""
    reference: str = ""

    @property
    def summary(self) -> str:
        """Join outcome, stage and codes, as the audit chain gives them."""
        return " ".join(str(part) for part in (self.outcome, self.stage, self.code, self.enhanced) if part)

    @property
    def said(self) -> str:
        """Join codes and words as the server said them."""
        return " ".join(str(part) for part in (self.code, self.enhanced, self.text) if part)


def add_all(tx: Transaction, given: Sequence[tuple[str, DeliveryReceipt, datetime]]) -> None:
    """Add the receipts of attempts, each of another message; attempts are counted by their receipts, from 1."""
    counted = EARLIER_ATTEMPTS.rows(tx.connection, tx.council, [message for message, _, _ in given])
    before: dict[str, int] = {message: number for message, number in counted}  # noqa: C416 (rows of named columns)
    rows: list[dict[str, Any]] = [
        asdict(receipt)
        | {"council": tx.council, "message": message, "attempt": before.get(message, 0) + 1, "at": at}
        | {"text": storable(receipt.text)}
        for message, receipt, at in given
    ]
    add_missing(tx.session, DeliveryRow, rows)


def settle_prompts(
    tx: Transaction,
    message: MessageRow,
    *,
    at: datetime,
    why: str = "",
    reroute: Collection[int] = (),
    once_more: bool = False,
) -> None:
    """Set the prompts of a message by its state; those in `reroute` have another method when it has failed. With
    `once_more` the same method counts as untried.
    """
    refs, rerouted = set(), []
    mine = select(PromptRow).where(col(PromptRow.council) == tx.council, col(PromptRow.message) == message.key)
    for row in tx.session.exec(mine):
        refs.add(row.milestone)
        if message.state in (MessageState.ACCEPTED, MessageState.DELIVERED):
            row.state, row.accepted_at, row.reason = PromptState.SENT, row.accepted_at or at, ""
        elif message.state is MessageState.UNCERTAIN:
            row.state, row.accepted_at, row.reason = PromptState.SENT, at, MAY_HAVE_ARRIVED
        elif message.state is MessageState.BOUNCED or row.id in reroute:
            _wait_again(row, None if once_more else ContactMethod(message.deliver_to, message.channel))
            rerouted.append(row)
        else:
            row.state, row.undeliverable, row.reason = PromptState.SUPPRESSED, True, UNDELIVERABLE
    tx.session.flush()
    # A message in flight when the date moved is outdated when it arrives.
    misleading.look(tx, refs, at=at)
    prompts.wake(tx, refs, at=at)
    # In the task's own trail: from now on the prompt belongs to another message.
    what, to = f"message {message.state.value}: another way", message.deliver_to
    events = [Event(what=what, ref=row.milestone, via=message.channel, for_whom=to, why=why) for row in rerouted]
    audit.record(tx, events, at=at)


def give_up(tx: Transaction, ids: Collection[int], *, at: datetime) -> None:
    """Mark prompts as undeliverable: no method reaches anybody."""
    waits = select(PromptRow).where(*prompts.still_waiting(tx), col(PromptRow.id).in_(ids))
    rows = list(tx.session.exec(waits)) if ids else []
    for row in rows:
        row.state, row.undeliverable, row.reason = PromptState.SUPPRESSED, True, UNDELIVERABLE
    tx.session.flush()
    prompts.wake(tx, {row.milestone for row in rows}, at=at)
    events = [
        Event(what="prompt undeliverable", ref=row.milestone, for_whom=row.meant_for, why=UNDELIVERABLE) for row in rows
    ]
    audit.record(tx, events, at=at)


def mark_delivered(tx: Transaction, reference: str, *, at: datetime) -> bool:
    """Record a provider's report that a message arrived, by its reference; False when no message has it.

    A second report, or a report after a bounce, changes nothing.
    """
    key = message_by_reference(tx, reference)
    row = tx.session.get(MessageRow, (tx.council, key)) if key else None
    if row is None:
        return False
    if row.state in _LEFT:
        row.state, row.next_attempt_at = MessageState.DELIVERED, None
        tx.session.flush()
        settle_prompts(tx, row, at=at)
        _record_state(tx, row, at=at)
    return True


def mark_bounced(
    tx: Transaction,
    message_key: str,
    *,
    at: datetime,
    why: str,
    address: str = "",
    dead: bool = True,
    once_more: bool = False,
    doubt: bool = False,
    said: str = "",
) -> bool:
    """Record that an accepted message bounced: its prompts wait for the next method.

    `dead`: its `address` is dead, as it was used (empty: the person's mail address). `doubt`: it may be dead, and the
    next message tries it. `once_more`: they wait for the same method, to an address that was changed since. False, and
    nothing changes, when that message did not leave or had bounced before. `said` are the server's words, which can be
    erased with the address; `why` stands in the audit chain for ever.
    """
    row = tx.session.get(MessageRow, (tx.council, message_key))
    if row is None or row.state not in (*_LEFT, MessageState.DELIVERED):
        return False
    row.state, row.next_attempt_at = MessageState.BOUNCED, None
    if dead:
        reach.mark_dead(tx, ContactMethod(row.deliver_to, row.channel), why=said or why, at=at, address=address)
    if doubt:
        reach.doubt(tx, ContactMethod(row.deliver_to, row.channel), why=said or why, at=at)
    tx.session.flush()
    settle_prompts(tx, row, at=at, why=why, once_more=once_more)
    _record_state(tx, row, at=at)
    return True


def anything_left(tx: Transaction, person: str, *, since: datetime, until: datetime) -> bool:
    """Tell whether a message to this person was handed over then."""
    join = (col(DeliveryRow.council) == col(MessageRow.council)) & (col(DeliveryRow.message) == col(MessageRow.key))
    left = (
        select(DeliveryRow.message)
        .join(MessageRow, join)
        .where(
            col(DeliveryRow.council) == tx.council,
            col(DeliveryRow.at).between(since, until),
            col(MessageRow.deliver_to) == person,
        )
    )
    return tx.session.exec(left.limit(1)).first() is not None


def message_by_reference(tx: Transaction, reference: str) -> str | None:
    """Find the key of the message with that reference of a provider; None when there is none."""
    if not reference:
        return None
    named = col(DeliveryRow.council) == tx.council, col(DeliveryRow.reference) == reference
    return tx.session.exec(select(DeliveryRow.message).where(*named).order_by(col(DeliveryRow.at).desc())).first()


def _wait_again(row: PromptRow, method: ContactMethod | None) -> None:
    if row.state in (PromptState.WAITING, PromptState.SENT):
        row.state, row.message, row.accepted_at, row.reason = PromptState.WAITING, None, None, ""
        row.tried = list(dict.fromkeys((*row.tried, *([str(method)] if method else []))))


def _record_state(tx: Transaction, row: MessageRow, *, at: datetime) -> None:
    event = Event(what=f"message {row.state.value}", ref=row.key, via=row.channel, for_whom=row.deliver_to)
    audit.record(tx, [event], at=at)
