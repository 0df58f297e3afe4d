"""Invitations that left: who has one of what, word for word."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from models.store.base.json_values import read
from models.store.base.transaction import Transaction
from models.tables import MessageRow, MilestoneRow, OccurrenceRow, PromptRow
from timeline.delivery.messages import MessageState, TokenClaims

# What may have arrived counts: to say it again does less harm than not to take it back.
_LEFT = (MessageState.SENDING, MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.UNCERTAIN)


def invitations(
    tx: Transaction, occurrences: Collection[str], *, waiting: bool = False
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The calendar parts of mails about these occurrences, by the person they left for and the occurrence, the oldest
    first; with `waiting` also of those that are to leave. A mail may speak of several occurrences: its part need not
    be of this one.
    """
    rows = (
        select(MessageRow.deliver_to, MilestoneRow.occurrence, MessageRow.calendar)
        .join(PromptRow, (col(PromptRow.council) == MessageRow.council) & (PromptRow.message == MessageRow.key))
        .join(
            MilestoneRow, (col(MilestoneRow.council) == PromptRow.council) & (MilestoneRow.ref == PromptRow.milestone)
        )
        .where(
            col(MessageRow.council) == tx.council,
            col(MilestoneRow.occurrence).in_(occurrences),
            col(MessageRow.calendar) != "",
            col(MessageRow.state).in_([*_LEFT, MessageState.WAITING] if waiting else _LEFT),
        )
        .order_by(col(MessageRow.composed_at), col(MessageRow.key))
    )
    found: dict[tuple[str, str], list[str]] = {}
    for person, occurrence, calendar in tx.session.exec(rows):
        found.setdefault((person, occurrence), []).append(calendar)
    return {whom: tuple(dict.fromkeys(ones)) for whom, ones in found.items()}


def moved_invitations(tx: Transaction, *, since: datetime) -> frozenset[str]:
    """The occurrences whose days ever changed, and to which somebody was invited since then."""
    of_occurrence = (col(MilestoneRow.council) == OccurrenceRow.council) & (
        MilestoneRow.occurrence == OccurrenceRow.ref
    )
    rows = (
        select(OccurrenceRow.ref)
        .join(MilestoneRow, of_occurrence)
        .join(PromptRow, (col(PromptRow.council) == MilestoneRow.council) & (PromptRow.milestone == MilestoneRow.ref))
        .join(MessageRow, (col(MessageRow.council) == PromptRow.council) & (MessageRow.key == PromptRow.message))
        .where(
            col(OccurrenceRow.council) == tx.council,
            col(OccurrenceRow.sequence) > 0,
            col(MessageRow.calendar) != "",
            col(MessageRow.composed_at) >= since,
        )
    )
    return frozenset(tx.session.exec(rows.distinct()))


def invited_with(tx: Transaction, person: str, uid: str) -> TokenClaims | None:
    """The reply token of the last mail to this person that carried that entry; None when there is none."""
    rows = select(MessageRow.tokens, MessageRow.calendar).where(
        col(MessageRow.council) == tx.council,
        col(MessageRow.deliver_to) == person,
        col(MessageRow.calendar) != "",
        col(MessageRow.state).in_(_LEFT),
    )
    ordered = tx.session.exec(rows.order_by(col(MessageRow.composed_at).desc(), col(MessageRow.key)))
    tokens = next((tokens for tokens, calendar in ordered if f"UID:{uid}" in calendar), None)
    return read(tuple[TokenClaims, ...], tokens)[0] if tokens else None
