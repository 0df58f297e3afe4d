"""Keep messages on their way: read what is to be sent, take back what must not leave, finish an attempt."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import col, exists, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.json_values import read
from models.store.base.prepared import OF_COUNCIL, Prepared
from models.store.base.transaction import Transaction
from models.store.ledger import prompts
from models.store.outbox import channels as reach
from models.store.outbox import deliveries
from models.store.outbox.deliveries import DeliveryReceipt
from models.store.outbox.due import TO_SEND, due, instants, to_be_sent
from models.store.outbox.settling import KNOWN, settle
from models.store.outbox.statements import MESSAGES
from models.tables import MessageRow, PromptRow
from timeline.delivery.contact_methods import ContactMethod
from timeline.delivery.messages import Message, MessageState, Outgoing, TokenClaims
from timeline.delivery.server_words import quotable


def message(tx: Transaction, key: str) -> Message | None:
    """Read the message of that key; None when there is none."""
    row = tx.session.get(MessageRow, (tx.council, key))
    return _message(row, row.state) if row else None


def _queued() -> Any:
    columns: list[Any] = [getattr(MessageRow, name) for name in Outgoing._fields]
    return select(*columns).where(col(MessageRow.council) == OF_COUNCIL, to_be_sent())


QUEUED = Prepared(_queued())


def queue(tx: Transaction, *, at: datetime, lease: timedelta) -> tuple[Outgoing, ...]:
    """List what is to be sent at `at`, oldest first. What was claimed longer than `lease` ago, and never ended, is
    uncertain.
    """
    rows = QUEUED.rows(tx.connection, {"of_council": tx.council} | instants(at, lease))
    outgoing = (Outgoing(*row) for row in rows)
    # Sorted here: SQLite would walk through every message there ever was.
    return tuple(
        each._replace(state=_as_found(each.state), prompts=tuple(each.prompts))
        for each in sorted(outgoing, key=lambda each: (each.composed_at, each.key))
    )


def with_words(tx: Transaction, keys: Iterable[str]) -> dict[str, Message]:
    """Read these messages as a sender finds them, by key."""
    rows = MESSAGES.rows(tx.connection, tx.council, list(keys))
    return {row.key: _message(row, _as_found(row.state)) for row in rows}


def to_send(tx: Transaction, *, at: datetime, lease: timedelta) -> tuple[Message, ...]:
    """Read what is to be sent at `at`, oldest first, with its words."""
    keys = [each.key for each in queue(tx, at=at, lease=lease)]
    worded = with_words(tx, keys)
    return tuple(worded[key] for key in keys)


def _as_found(state: MessageState) -> MessageState:
    return MessageState.UNCERTAIN if state is MessageState.SENDING else state


def anything_waiting(tx: Transaction, *, at: datetime) -> bool:
    """Tell whether `notify` has anything to do at `at`: a prompt that may leave, a message to be sent, or
    a receipt that the ledger has not.
    """
    of_prompts = exists().where(*prompts.still_waiting(tx), col(PromptRow.send_at) <= at)
    mine = col(MessageRow.council) == tx.council
    of_messages, kept = exists().where(mine, due()), exists().where(mine, col(MessageRow.receipt).is_not(None))
    asked = tx.connection.execute(select(or_(of_prompts, of_messages, kept)), instants(at))
    return bool(asked.scalar_one())


def withdraw(tx: Transaction, key: str, *, reason: str, at: datetime) -> bool:
    """Withdraw a message that has not left: its prompts wait again, and their tasks are looked at. False when it is
    being sent.
    """
    waits = update(MessageRow).where(
        col(MessageRow.council) == tx.council,
        col(MessageRow.key) == key,
        col(MessageRow.state) == MessageState.WAITING,
    )
    if tx.session.exec(waits.values(state=MessageState.WITHDRAWN, next_attempt_at=None)).rowcount != 1:
        return False
    mine = update(PromptRow).where(col(PromptRow.council) == tx.council, col(PromptRow.message) == key)
    freed = mine.values(message=None).returning(col(PromptRow.milestone))
    prompts.wake(tx, set(tx.session.exec(freed).scalars()), at=at)
    audit.record(tx, [Event(what="message withdrawn", ref=key, why=reason)], at=at)
    return True


def finish(
    tx: Transaction,
    key: str,
    receipt: DeliveryReceipt,
    *,
    at: datetime,
    next_attempt_at: datetime | None = None,
    reroute: Collection[int] = (),
    settled: bool = False,
    dead_address: str | None = None,
) -> None:
    """Write down what became of an attempt.

    Not accepted, and with a `dead_address` (empty: the person's mail address) or without a next attempt, the message
    has failed: its prompts are undeliverable, but for those in `reroute` (ids), which wait for another method.
    `settled`: it may have arrived, and is not to be repeated.
    """
    # In their order: a failure after a mail that was accepted is the first in a row.
    settle(tx, at=at)
    row = tx.session.get_one(MessageRow, (tx.council, key))
    deliveries.add_all(tx, [(key, receipt, at)])
    why = receipt.summary
    _note_channel(tx, row.channel, receipt, at=at)
    if row.state in KNOWN:
        # Its lease ran out and another sender was faster, or it bounced before this was written.
        return
    gone = dead_address is not None
    row.state = _after(receipt.outcome, final=gone or next_attempt_at is None, settled=settled)
    row.next_attempt_at = next_attempt_at if row.state in TO_SEND else None
    if dead_address is not None and row.state is MessageState.FAILED:
        method = ContactMethod(row.deliver_to, row.channel)
        reach.mark_dead(tx, method, why=receipt.said or why, at=at, address=dead_address)
    tx.session.flush()
    if row.next_attempt_at is None:
        deliveries.settle_prompts(tx, row, at=at, why=why, reroute=reroute)
    event = Event(what=f"message {row.state.value}", ref=key, via=row.channel, for_whom=row.deliver_to, why=why)
    audit.record(tx, [event], at=at)


def _after(outcome: str, *, final: bool, settled: bool) -> MessageState:
    if outcome == "accepted":
        return MessageState.ACCEPTED
    if settled:
        return MessageState.UNCERTAIN
    if final:
        return MessageState.FAILED
    return MessageState.UNCERTAIN if outcome == "uncertain" else MessageState.WAITING


def _note_channel(tx: Transaction, name: str, receipt: DeliveryReceipt, *, at: datetime) -> None:
    """Count a failure of the channel, or clear its failures: a server that refuses a mail answers, and so works."""
    if receipt.outcome in ("unreachable", "uncertain"):
        reach.channel_failed(tx, name, because=quotable(receipt.said), at=at)
    elif receipt.stage != "build":  # a mail that could not be built never reached the server
        reach.channel_works(tx, name, at=at)


def _message(row: Any, state: MessageState) -> Message:
    parts: dict[str, Any] = {name: getattr(row, name) for name in Message.__dataclass_fields__}
    parts["tokens"] = read(tuple[TokenClaims, ...], row.tokens)
    return Message(**parts | {"prompts": tuple(row.prompts), "state": state})
