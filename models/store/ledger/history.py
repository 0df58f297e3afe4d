"""Read the ledger back: sent and pending prompts, and the lines of a replay."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import col, exists, select

from models.store.audit import clock_jumps
from models.store.audit.audit import COMPOSED
from models.store.base import prepared, stored_tasks
from models.store.base.transaction import Transaction
from models.store.ledger import prompts
from models.tables import AuditEventRow, MessageRow, MilestoneRow, PromptRow, SharedDefinitionRow
from timeline.calendar.london import DAY, start_of_day
from timeline.delivery.messages import MessageState, PendingPrompt, Waiting
from timeline.escalation.prompts import LedgerEntry, Prompt, PromptKey, PromptState

# It was never read.
NOT_ARRIVED = (MessageState.FAILED, MessageState.WITHDRAWN, MessageState.BOUNCED)


_KEY: tuple[Any, ...] = (PromptRow.milestone, PromptRow.due_on, PromptRow.rung, PromptRow.person, PromptRow.repeat)
_OF_ENTRY = tuple(name for name in LedgerEntry.__dataclass_fields__ if name != "key")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Hold a row of the ledger with what became of it; `message` and its two columns are empty until it was
    composed.
    """

    id: int
    prompt: Prompt
    state: PromptState
    reason: str
    written_at: datetime
    accepted_at: datetime | None
    undeliverable: bool
    message: str | None
    channel: str | None
    composed_at: datetime | None


def entries(
    tx: Transaction, obligations: Collection[str] = (), *, refs: Collection[str] = ()
) -> dict[str, tuple[LedgerEntry, ...]]:
    """Read the entries about the milestones of these duties, or about these milestones, by reference, in order."""
    entries: dict[str, list[LedgerEntry]] = {}
    for row in _of_tasks(tx, refs) if refs else _of_duties(tx, obligations):
        entries.setdefault(row.milestone, []).append(_ledger_entry(row))
    return {ref: tuple(written) for ref, written in entries.items()}


# Columns and not rows: a council of two years has thousands, and a page reads them all.
_ENTRIES = prepared.entries((*PromptKey._fields, *_OF_ENTRY))


def _of_tasks(tx: Transaction, refs: Collection[str]) -> Iterable[Any]:
    return _ENTRIES.rows(tx.connection, tx.council, refs)


def _of_duties(tx: Transaction, obligations: Collection[str]) -> Iterable[Any]:
    columns: tuple[Any, ...] = (*_KEY, *(getattr(PromptRow, name) for name in _OF_ENTRY))
    theirs = col(PromptRow.council) == tx.council, about(tx, PromptRow.milestone, obligations, ())
    rows: Iterable[Any] = tx.session.exec(select(*columns).where(*theirs).order_by(col(PromptRow.id)))
    return rows


def about(tx: Transaction, column: Any, obligations: Collection[str], refs: Collection[str]) -> Any:
    """Build the condition that a column names a milestone of `refs`, or else of the duties."""
    if refs:
        return col(column).in_(refs)
    of = col(MilestoneRow.council) == tx.council, col(MilestoneRow.obligation).in_(obligations)
    return col(column).in_(select(MilestoneRow.ref).where(*of))


def waiting(tx: Transaction, *, at: datetime) -> tuple[Waiting, ...]:
    """List the prompts that may leave at `at` and are in no message yet, the oldest first."""
    columns: list[Any] = [getattr(PromptRow, name) for name in Waiting._fields]
    rows = select(*columns).where(*prompts.still_waiting(tx), col(PromptRow.send_at) <= at)
    return tuple(Waiting(*row) for row in tx.session.exec(rows.order_by(col(PromptRow.send_at), col(PromptRow.id))))


def pending(
    tx: Transaction, *, at: datetime, message: str | None = None, readers: Collection[str] | None = None
) -> tuple[PendingPrompt, ...]:
    """Read the prompts that may leave at `at`, with their milestones, the oldest first: those in no message yet (to
    these readers, or to all), or those of that message.
    """
    theirs = () if readers is None else (col(PromptRow.deliver_to).in_(readers),)
    of_milestone = (*stored_tasks.PARTS, MilestoneRow.generation, MilestoneRow.dropped_at)
    columns = (PromptRow.id, PromptRow.tried, *of_milestone, *prompts.prompt_columns())
    rows = (
        select(*columns)
        .join(
            MilestoneRow,
            and_(col(PromptRow.council) == MilestoneRow.council, col(PromptRow.milestone) == MilestoneRow.ref),
        )
        .join(SharedDefinitionRow, stored_tasks.of_task(), isouter=True)
        .where(*_tied_to(tx, message), col(PromptRow.send_at) <= at, *theirs)
        .order_by(col(PromptRow.send_at), col(PromptRow.id))
    )
    return tuple(
        PendingPrompt(
            id=row.id,
            prompt=prompts.prompt_of(row),
            milestone=stored_tasks.task_of(row, row.shared_definition),
            generation=row.generation,
            gone=row.dropped_at is not None,
            tried=tuple(row.tried),
        )
        for row in tx.session.exec(rows)
    )


def _tied_to(tx: Transaction, message: str | None) -> tuple[Any, ...]:
    if message is None:
        return prompts.still_waiting(tx)
    return (col(PromptRow.council) == tx.council, col(PromptRow.message) == message)


def mailed_on(tx: Transaction, on: date) -> frozenset[str]:
    """List the people for whom a scheduled message was composed on that day in London, and did not fail.

    A message that a deputy gets on behalf of a person is the person's. One that a later clock composed
    counts for no day.
    """
    begins, day_began = start_of_day(on), clock_jumps.day_began(tx, on)
    by_later_clock = exists().where(
        col(AuditEventRow.council) == tx.council,
        col(AuditEventRow.ref) == MessageRow.key,
        col(AuditEventRow.what) == COMPOSED,
        col(AuditEventRow.sequence) < day_began,
    )
    ends = start_of_day(on + DAY)
    people = (
        select(PromptRow.deliver_to)
        .join(MessageRow, _in_message())
        .where(
            col(MessageRow.council) == tx.council,
            col(MessageRow.composed_at) >= begins,
            col(MessageRow.composed_at) < ends,
            col(MessageRow.state).not_in(NOT_ARRIVED),
            # A prompt with an hour of its own, or an urgent prompt, leaves apart from the daily mail.
            ~col(PromptRow.timed),
            ~col(PromptRow.urgent),
            ~by_later_clock,
        )
    )
    return frozenset(tx.session.exec(people))


def on_behalf_of(tx: Transaction, person: str, *, since: datetime) -> dict[str, str]:
    """Read the milestones about which a deputy was written to on this person's behalf, with the post of the last."""
    mine = col(PromptRow.council) == tx.council, col(PromptRow.stands_in_for) == person
    rows = select(PromptRow.milestone, PromptRow.post).where(*mine, col(PromptRow.accepted_at) >= since)
    return dict(tx.session.exec(rows.order_by(col(PromptRow.accepted_at), col(PromptRow.id))).all())


def next_send_at(tx: Transaction, *, after: datetime) -> datetime | None:
    """Return the next instant after `after` at which a prompt or a message's next attempt is to leave."""
    of_prompts = select(func.min(PromptRow.send_at)).where(*prompts.still_waiting(tx), col(PromptRow.send_at) > after)
    of_messages = select(func.min(MessageRow.next_attempt_at)).where(
        col(MessageRow.council) == tx.council,
        col(MessageRow.state).in_([MessageState.WAITING, MessageState.UNCERTAIN]),
        col(MessageRow.next_attempt_at) > after,
    )
    ats = [tx.session.exec(statement).one() for statement in (of_prompts, of_messages)]
    return min((at for at in ats if at), default=None)


def accepted(tx: Transaction, *, since: datetime, until: datetime) -> tuple[Entry, ...]:
    """List every prompt that a channel accepted from `since` to `until` (both included), in the order of acceptance."""
    rows = (
        select(PromptRow, MessageRow.channel, MessageRow.composed_at)
        .join(
            MessageRow,
            _in_message(),
            isouter=True,
        )
        .where(col(PromptRow.council) == tx.council, col(PromptRow.accepted_at).between(since, until))
        .order_by(col(PromptRow.accepted_at), col(PromptRow.id))
    )
    return tuple(_entry(row, channel, composed_at) for row, channel, composed_at in tx.session.exec(rows))


def _entry(row: PromptRow, channel: str | None, composed_at: datetime | None) -> Entry:
    return Entry(
        id=row.id or 0,
        prompt=prompts.prompt_of(row),
        state=row.state,
        reason=row.reason,
        written_at=row.written_at,
        accepted_at=row.accepted_at,
        undeliverable=row.undeliverable,
        message=row.message,
        channel=channel,
        composed_at=composed_at,
    )


def _ledger_entry(row: Any) -> LedgerEntry:
    # By their places in the statement: to ask a row for each name takes a third of the time.
    parts = tuple(row)
    return LedgerEntry(key=PromptKey(*parts[: len(_KEY)]), **dict(zip(_OF_ENTRY, parts[len(_KEY) :], strict=True)))


def _in_message() -> ColumnElement[bool]:
    return and_(col(PromptRow.council) == MessageRow.council, col(PromptRow.message) == MessageRow.key)
