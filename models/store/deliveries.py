"""Deliveries: one row for each attempt, and what it means for the prompts of the message."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, update
from sqlmodel import col, select

from models.store import misleading
from models.store.texts import storable
from models.store.transaction import Transaction
from models.tables import DeliveryRow, PromptRow
from timeline.messages import MessageState
from timeline.prompts import PromptState


def add(tx: Transaction, message: str, parts: dict[str, Any], text: str, *, at: datetime) -> None:
    """Adds the receipt of one attempt; attempts are counted by their receipts, from 1."""
    mine = col(DeliveryRow.council) == tx.council, col(DeliveryRow.message) == message
    before = tx.session.exec(select(func.count()).select_from(DeliveryRow).where(*mine)).one()
    row = parts | {"council": tx.council, "message": message, "attempt": before + 1, "at": at, "text": storable(text)}
    tx.session.exec(insert(DeliveryRow), params=[row])


def finish_prompts(tx: Transaction, message: str, state: MessageState, *, at: datetime) -> set[str]:
    """What an accepted or failed message means for its prompts; gives the milestones they are about."""
    mine = update(PromptRow).where(col(PromptRow.council) == tx.council, col(PromptRow.message) == message)
    if state is MessageState.ACCEPTED:
        done = mine.values(state=PromptState.SENT, accepted_at=at)
    elif state is MessageState.FAILED:
        reason = "It could not be delivered."
        done = mine.values(state=PromptState.SUPPRESSED, undeliverable=True, reason=reason)
    else:
        return set()
    refs = set(tx.session.exec(done.returning(col(PromptRow.milestone))).scalars())
    # What was on its way while the date moved has misled when it arrives.
    misleading.look(tx, refs, at=at)
    return refs
