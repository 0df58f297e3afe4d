"""Read the cards in the chats of our bot in Teams: the newest, and those whose tasks stand otherwise by now."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, update
from sqlmodel import col, exists, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction
from models.store.outbox.messages import message
from models.tables import DeliveryRow, MessageRow, MilestoneRow, PromptRow, TeamsCardRow
from timeline.delivery.messages import Message

_LEFT = ("accepted", "uncertain")
_JOIN = (col(DeliveryRow.council) == col(MessageRow.council)) & (col(DeliveryRow.message) == col(MessageRow.key))
_LOOKED = (col(TeamsCardRow.council) == col(MessageRow.council)) & (col(TeamsCardRow.message) == col(MessageRow.key))
UPDATED, NOT_UPDATED = "card updated", "card not updated"


class Card(NamedTuple):
    """Hold a card that may have to be edited: its message, the connector's id, and the rest of its TeamsCardRow."""

    message: Message
    reference: str
    shown: str
    tries: int


def newest_in_chat(tx: Transaction, person: str, channels: Collection[str], *, by: datetime) -> tuple[Message, ...]:
    """Read the message that left last for this person by these channels until `by`: several of one instant, or none."""
    mine = col(MessageRow.council) == tx.council, col(MessageRow.deliver_to) == person
    left = col(MessageRow.channel).in_(channels), col(DeliveryRow.outcome).in_(_LEFT), col(DeliveryRow.at) <= by
    sent = select(DeliveryRow.message, DeliveryRow.at).join(MessageRow, _JOIN).where(*mine, *left)
    rows = list(tx.session.exec(sent.order_by(col(DeliveryRow.at).desc()).limit(10)))
    newest = dict.fromkeys(key for key, at in rows if at == rows[0][1])
    return tuple(read for key in newest if (read := message(tx, key)))


def cards_to_look_at(
    tx: Transaction, channels: Collection[str], *, since: datetime, at: datetime, person: str = ""
) -> tuple[Card, ...]:
    """Read the cards composed `since` then with a task to which something happened after the last look, and those that
    are to be tried again by now; with `person` only theirs.
    """
    seen = func.coalesce(col(TeamsCardRow.looked_at), col(MessageRow.composed_at))
    of_it = (col(PromptRow.council) == tx.council) & (col(PromptRow.message) == col(MessageRow.key))
    same = (col(MilestoneRow.council) == tx.council) & (col(MilestoneRow.ref) == col(PromptRow.milestone))
    happened = exists().where(of_it, same, col(MilestoneRow.changed_at) > seen)
    tried = col(TeamsCardRow.next_at)
    due = (tried.is_(None) & happened) | (tried <= at)
    wanted = select(MessageRow.key, DeliveryRow.reference, TeamsCardRow.shown, TeamsCardRow.tries)
    rows = tx.session.exec(
        wanted.join(DeliveryRow, _JOIN)
        .outerjoin(TeamsCardRow, _LOOKED)
        .where(
            col(MessageRow.council) == tx.council,
            col(MessageRow.composed_at) >= since,
            col(MessageRow.channel).in_(channels),
            col(DeliveryRow.reference) != "",
            due,
            *([col(MessageRow.deliver_to) == person] if person else []),
        )
    )
    return tuple(
        Card(read, reference, shown or "", tries or 0)
        for key, reference, shown, tries in rows
        if (read := message(tx, key))
    )


def claim_card(tx: Transaction, card: Card, *, at: datetime, lease: timedelta) -> bool:
    """Claim a card to edit it; False when another has it."""
    row = tx.session.get(TeamsCardRow, (tx.council, card.message.key))
    if row is None:
        given: dict[str, Any] = {"council": tx.council, "message": card.message.key, "next_at": at + lease}
        tx.session.add(TeamsCardRow(**given, shown=card.shown, tries=card.tries, looked_at=card.message.composed_at))
        return True
    mine = col(TeamsCardRow.council) == tx.council, col(TeamsCardRow.message) == card.message.key
    free = col(TeamsCardRow.next_at).is_(None) | (col(TeamsCardRow.next_at) <= at)
    claimed = update(TeamsCardRow).where(*mine, free, col(TeamsCardRow.shown) == card.shown)
    return bool(tx.session.exec(claimed.values(next_at=at + lease)).rowcount == 1)


def card_looked_at(
    tx: Transaction,
    card: Card,
    shown: str,
    *,
    at: datetime,
    next_at: datetime | None = None,
    edited: bool | None = None,
) -> None:
    """Write down what a card shows by now: it was `edited`, or could not be (None: it need not be).

    With `next_at` it is tried again then; without, a card that could not be edited is left as it is.
    """
    tries = card.tries + 1 if next_at else 0
    given = {"council": tx.council, "message": card.message.key, "shown": card.shown if next_at else shown}
    tx.session.merge(TeamsCardRow(**given, looked_at=at, tries=tries, next_at=next_at))
    if edited is not None and not next_at:
        message, what = card.message, UPDATED if edited else NOT_UPDATED
        event = Event(what=what, ref=message.key, via=message.channel, for_whom=message.deliver_to)
        audit.record(tx, [event], at=at)
