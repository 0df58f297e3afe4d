"""Cards in the chats of our bot in Teams, by the connector's names for them."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from models.store.base.transaction import Transaction
from models.store.outbox.messages import message
from models.tables import DeliveryRow, MessageRow
from timeline.delivery.messages import Message

_LEFT = ("accepted", "uncertain")


def newest_in_chat(tx: Transaction, person: str, channels: Collection[str], *, by: datetime) -> tuple[Message, ...]:
    """Read the message that left last for this person by these channels until `by`: several of one instant, or none."""
    join = (col(DeliveryRow.council) == col(MessageRow.council)) & (col(DeliveryRow.message) == col(MessageRow.key))
    mine = col(MessageRow.council) == tx.council, col(MessageRow.deliver_to) == person
    left = col(MessageRow.channel).in_(channels), col(DeliveryRow.outcome).in_(_LEFT), col(DeliveryRow.at) <= by
    found = select(DeliveryRow.message, DeliveryRow.at).join(MessageRow, join).where(*mine, *left)
    rows = list(tx.session.exec(found.order_by(col(DeliveryRow.at).desc()).limit(10)))
    newest = dict.fromkeys(key for key, at in rows if at == rows[0][1])
    return tuple(read for key in newest if (read := message(tx, key)))
