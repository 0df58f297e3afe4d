"""Keep messages on their way: composed once, claimed by a single sender, finished with a receipt."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, update
from sqlmodel import col, exists, select

from models.store.audit import audit
from models.store.audit.audit import COMPOSED, Event
from models.store.base.json_values import canonical, read, written
from models.store.base.noted import UNSEALED
from models.store.base.transaction import Transaction, add_missing
from models.store.ledger import prompts
from models.store.outbox import channels as reach
from models.store.outbox import deliveries
from models.store.outbox import stop_sending as silence
from models.store.outbox.deliveries import DeliveryReceipt
from models.store.outbox.tokens import keep_tokens
from models.tables import MessageRow, PromptRow
from models.tables.base import Instant
from timeline.calendar.clock_jumps import TOLERANCE
from timeline.delivery.contact_methods import ContactMethod
from timeline.delivery.messages import Message, MessageState, TokenClaims
from timeline.delivery.server_words import quotable

_TO_SEND = (MessageState.WAITING, MessageState.UNCERTAIN)
_KNOWN = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.BOUNCED)


def compose(tx: Transaction, message: Message, *, token_hashes: Sequence[str], at: datetime) -> bool:
    """Store a message, tie its prompts to it and keep the SHA-256 of its tokens, in the order of `message.tokens`.

    False, and nothing is written, when a prompt of it no longer waits or its key is taken.
    """
    theirs = [*prompts.still_waiting(tx), col(PromptRow.id).in_(message.prompts)]
    # A receipt has none.
    free = tx.session.exec(select(func.count()).select_from(PromptRow).where(*theirs)).one() if message.prompts else 0
    if free != len(set(message.prompts)):
        return False
    if not add_missing(tx.session, MessageRow, [_row(tx.council, message, at)]):
        return False
    if message.prompts:
        tx.session.exec(update(PromptRow).where(*theirs).values(message=message.key))
    # Two messages about the same task carry the same link.
    keep_tokens(tx, dict(zip(token_hashes, message.tokens, strict=True)), at=at)
    told = canonical({"kind": message.kind, "prompts": len(message.prompts)})
    what, to = COMPOSED, message.deliver_to
    audit.record(tx, [Event(what=what, ref=message.key, via=message.channel, for_whom=to, after=told)], at=at)
    return True


def message(tx: Transaction, key: str) -> Message | None:
    """Read the message of that key; None when there is none."""
    row = tx.session.get(MessageRow, (tx.council, key))
    return _message(row, row.state) if row else None


def to_send(tx: Transaction, *, at: datetime, lease: timedelta) -> tuple[Message, ...]:
    """Read what is to be sent at `at`, oldest first. One claimed longer than `lease` ago, unfinished, is uncertain."""
    rows = tx.session.exec(select(MessageRow).where(col(MessageRow.council) == tx.council, _to_be_sent(at, lease)))
    # Sorted here: SQLite would walk through every message there ever was.
    return tuple(
        _message(row, MessageState.UNCERTAIN if row.state is MessageState.SENDING else row.state)
        for row in sorted(rows, key=lambda row: (row.composed_at, row.key))
    )


def anything_waiting(tx: Transaction, *, at: datetime) -> bool:
    """Tell whether `notify` has anything to do at `at`: a prompt that may leave, or a message to be sent."""
    of_prompts = exists().where(*prompts.still_waiting(tx), col(PromptRow.send_at) <= at)
    of_messages = exists().where(col(MessageRow.council) == tx.council, _due(at))
    return tx.session.exec(select(or_(of_prompts, of_messages))).one()


def claim(
    tx: Transaction,
    key: str,
    *,
    at: datetime,
    lease: timedelta,
    by: str = "",
    tokens: Mapping[str, TokenClaims] = MappingProxyType({}),
    last_pause: int | None = None,
) -> bool:
    """Claim a message to send it; False when another has it, it no longer waits, or sending is stopped.

    Also when a pause was made after the sender's `last_pause`. `by` names the process that sends it. `tokens`, by
    their SHA-256, are kept in the same step, before anything leaves.
    """
    if silence.stopped(tx) or (last_pause is not None and silence.last_pause(tx) > last_pause):
        return False
    mine = update(MessageRow).where(
        col(MessageRow.council) == tx.council, col(MessageRow.key) == key, _to_be_sent(at, lease)
    )
    claimed = mine.values(
        state=MessageState.SENDING, claimed_at=at, claimed_by=by, attempts=col(MessageRow.attempts) + 1
    )
    if tx.session.exec(claimed.execution_options(**UNSEALED)).rowcount != 1:
        return False
    keep_tokens(tx, tokens, at=at)
    return True


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


def claimants(tx: Transaction) -> tuple[str, ...]:
    """Name the processes that are sending something, as each named itself."""
    named = select(MessageRow.claimed_by).where(
        col(MessageRow.council) == tx.council,
        col(MessageRow.state) == MessageState.SENDING,
        col(MessageRow.claimed_by) != "",
    )
    return tuple(sorted(set(tx.session.exec(named))))


def release_claims(tx: Transaction, *, at: datetime, claimants: Collection[str] | None = None) -> int:
    """Make claimed messages uncertain after a restart, so that they may leave again; return how many.

    Only those that `claimants` claimed, unless it is left out. They are due from the instant of their claim: a run for
    an earlier instant than `at` takes them too.
    """
    sending = update(MessageRow).where(
        col(MessageRow.council) == tx.council, col(MessageRow.state) == MessageState.SENDING
    )
    if claimants is not None:
        sending = sending.where(col(MessageRow.claimed_by).in_(claimants))
    uncertain = sending.values(state=MessageState.UNCERTAIN, next_attempt_at=col(MessageRow.claimed_at))
    keys = list(tx.session.exec(uncertain.returning(col(MessageRow.key))).scalars())
    why = "It was being sent when Daymark stopped."
    audit.record(tx, [Event(what="message uncertain", ref=key, why=why) for key in keys], at=at)
    return len(keys)


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
    row = tx.session.get_one(MessageRow, (tx.council, key))
    deliveries.add(tx, key, receipt, at=at)
    why = receipt.summary
    _note_channel(tx, row.channel, receipt, at=at)
    if row.state in _KNOWN:
        # Its lease ran out and another sender was faster, or it bounced before this was written.
        return
    gone = dead_address is not None
    row.state = _after(receipt.outcome, final=gone or next_attempt_at is None, settled=settled)
    row.next_attempt_at = next_attempt_at if row.state in _TO_SEND else None
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


def _due(at: datetime) -> ColumnElement[bool]:
    # One without a next attempt was given up for good, whatever the clock was.
    open_ = col(MessageRow.state).in_(_TO_SEND) & col(MessageRow.next_attempt_at).is_not(None)
    return open_ & or_(col(MessageRow.next_attempt_at) <= at, _by_later(at))


def _by_later(at: datetime) -> ColumnElement[bool]:
    """Select what a later clock composed or tried, and so put off to a wrong instant."""
    ahead = literal(at + TOLERANCE, Instant)
    return or_(col(MessageRow.composed_at) > ahead, col(MessageRow.claimed_at) > ahead)


def _to_be_sent(at: datetime, lease: timedelta) -> ColumnElement[bool]:
    # A claim that lies ahead by more than a lease is nobody's: a later clock made it.
    dead = or_(col(MessageRow.claimed_at) <= at - lease, col(MessageRow.claimed_at) > at + lease)
    abandoned = (col(MessageRow.state) == MessageState.SENDING) & dead
    return col(MessageRow.state).in_([*_TO_SEND, MessageState.SENDING]) & or_(_due(at), abandoned)


def _row(council: str, message: Message, at: datetime) -> dict[str, Any]:
    parts: dict[str, Any] = {name: getattr(message, name) for name in Message.__dataclass_fields__}
    parts["tokens"] = written(message.tokens, tuple[TokenClaims, ...])
    parts["prompts"] = list(message.prompts)
    parts["next_attempt_at"] = message.next_attempt_at or at
    return {"council": council} | parts


def _message(row: MessageRow, state: MessageState) -> Message:
    parts: dict[str, Any] = {name: getattr(row, name) for name in Message.__dataclass_fields__}
    parts["tokens"] = read(tuple[TokenClaims, ...], row.tokens)
    return Message(**parts | {"prompts": tuple(row.prompts), "state": state})
