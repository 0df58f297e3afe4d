"""Keep invitations that left, by person and occurrence, word for word."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlmodel import col, select

from models.store.base.json_values import read
from models.store.base.transaction import Transaction
from models.tables import MessageRow, MilestoneRow, OccurrenceRow, PromptRow
from timeline.delivery.messages import CALENDAR, MessageState, TokenClaims
from timeline.ical.entries import uid

_UID = re.compile(r"^UID:(\S+)", re.MULTILINE)
# Invitations that may have arrived count: repeating them does less harm than not withdrawing them.
_LEFT = (MessageState.SENDING, MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.UNCERTAIN)


def invitations(
    tx: Transaction, occurrences: Collection[str], *, waiting: bool = False
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Read the calendar parts of mails about these occurrences, by recipient and occurrence, the oldest first; with
    `waiting` also of mails that are to leave. A mail may cover several occurrences: its part need not be of this
    occurrence.
    """
    states = [*_LEFT, MessageState.WAITING] if waiting else _LEFT
    sent = [*_of_prompts(tx, occurrences, states), *_alone(tx, occurrences, states)]
    parts: dict[tuple[str, str], list[str]] = {}
    for _, person, occurrence, calendar in sorted(sent, key=lambda part: part[0]):
        parts.setdefault((person, occurrence), []).append(calendar)
    return {key: tuple(dict.fromkeys(calendars)) for key, calendars in parts.items()}


# When it was written, the person, the occurrence, and the calendar part.
_Part = tuple[datetime, str, str, str]


def _of_prompts(tx: Transaction, occurrences: Collection[str], states: Collection[MessageState]) -> Sequence[_Part]:
    """Read the calendar parts of reminders and corrections."""
    rows = (
        select(MessageRow.composed_at, MessageRow.deliver_to, MilestoneRow.occurrence, MessageRow.calendar)
        .join(PromptRow, (col(PromptRow.council) == MessageRow.council) & (PromptRow.message == MessageRow.key))
        .join(
            MilestoneRow, (col(MilestoneRow.council) == PromptRow.council) & (MilestoneRow.ref == PromptRow.milestone)
        )
        .where(
            col(MessageRow.council) == tx.council,
            col(MilestoneRow.occurrence).in_(occurrences),
            col(MessageRow.calendar) != "",
            col(MessageRow.state).in_(states),
        )
        .order_by(col(MessageRow.key))
    )
    return tx.session.exec(rows).all()


def _alone(tx: Transaction, occurrences: Collection[str], states: Collection[MessageState]) -> Iterator[_Part]:
    """Read the calendar parts of mails that say nothing else, and so have no prompts."""
    rows = select(MessageRow.composed_at, MessageRow.deliver_to, MessageRow.calendar).where(
        col(MessageRow.council) == tx.council, col(MessageRow.kind) == CALENDAR, col(MessageRow.state).in_(states)
    )
    refs = {uid(tx.council, ref): ref for ref in occurrences}
    for written_at, person, calendar in tx.session.exec(rows.order_by(col(MessageRow.key))):
        entry = _UID.search(calendar)
        if entry and entry[1] in refs:
            yield written_at, person, refs[entry[1]], calendar


def moved_invitations(tx: Transaction, *, since: datetime) -> frozenset[str]:
    """Find the occurrences whose days ever changed, and to which a person was invited since then."""
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


def invitation_token(tx: Transaction, person: str, uid: str) -> TokenClaims | None:
    """Find the reply token of the last mail to this person that carried that entry; None when there is none."""
    rows = select(MessageRow.tokens, MessageRow.calendar).where(
        col(MessageRow.council) == tx.council,
        col(MessageRow.deliver_to) == person,
        col(MessageRow.calendar) != "",
        col(MessageRow.state).in_(_LEFT),
    )
    ordered = tx.session.exec(rows.order_by(col(MessageRow.composed_at).desc(), col(MessageRow.key)))
    tokens = next((tokens for tokens, calendar in ordered if f"UID:{uid}" in calendar), None)
    return read(tuple[TokenClaims, ...], tokens)[0] if tokens else None
