"""Read evidence for assurance by statements of its own, so that a wrong query of the ledger cannot hide itself.

It shares none with history.py, lookup.py and prompts.py: whole tables of a council, and the trail.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select

from models.store.assurance import beginnings, stated_then
from models.store.assurance import runs as assurances
from models.store.assurance.beginnings import Beginning
from models.store.base.stored_tasks import task_of, tasks_with
from models.store.base.transaction import Transaction
from models.store.definitions import timelines
from models.tables import (
    AuditEventRow,
    ChannelRow,
    CouncilRow,
    DeliveryRow,
    MessageRow,
    MilestoneRow,
    OccurrenceRow,
    PromptRow,
    ResponseRow,
)
from timeline.answers.responses import Response, all_answers_now
from timeline.assurance import Evidence, LedgerRow, MessageProgress, StoredTask, morning_before
from timeline.assurance.evidence import counting_now
from timeline.calendar.london import london_date, start_of_day
from timeline.calendar.working_hours import WorkingHours
from timeline.delivery.contact_methods import Breaker
from timeline.delivery.messages import MessageState
from timeline.escalation.prompts import SHADOW, LedgerEntry, PromptKey, PromptState
from timeline.planning.occurrences import Milestone

_BACK = (MessageState.FAILED, MessageState.BOUNCED, MessageState.WITHDRAWN)
_WRITTEN = ("prompt written", "prompt superseded")


def evidence(tx: Transaction, hours: WorkingHours, *, at: datetime, whole: bool = False) -> Evidence:
    """Read everything that the reckoning at `at` sees: since the last day proved, or from the beginning if `whole`.
    Raise StoreError when no timeline was applied.
    """
    timeline, morning = timelines.timeline(tx, hours), morning_before(at)
    begins = None if whole else beginnings.beginning(tx, timeline, at=at)
    only = begins.read if begins else None
    every = _rows(tx, morning, only)
    rows = counting_now(every, at=at)
    tasks = _tasks(tx)
    return Evidence(
        timeline=timeline,
        before=stated_then.before(tx, timeline, morning),
        changed_at=stated_then.changed_at(tx),
        rows=rows,
        responses=all_answers_now(_responses(tx, only), at=at),
        ladders={ref: task.ladder for ref, task in _versions(tx, tasks, "opened_at", begins).items()},
        stored_tasks={row.ref: StoredTask(row.due_on, row.legal_on, row.owner, bool(row.dropped_at)) for row in tasks},
        occurrences=_occurrences(tx),
        gone=_versions(tx, tasks, "dropped_at", begins),
        messages=_messages(tx, every, begins),
        written=_written(tx, every, begins),
        set_aside=frozenset(row.key for row in every) - {row.key for row in rows},
        # A day with a row that is gone was not proved.
        reported={} if begins else assurances.reported(tx),
        stopped=_stopped(tx),
        resting=_resting(tx, at),
        extent=beginnings.extent(tx, at=at),
        proved=begins.proved if begins else None,
        touched=begins.touched if begins else frozenset(),
    )


def _tasks(tx: Transaction) -> list[Any]:
    names = ("ref", "due_on", "legal_on", "owner", "opened_at", "dropped_at")
    columns: tuple[Any, ...] = tuple(getattr(MilestoneRow, name) for name in names)
    return list(tx.session.exec(select(*columns).where(col(MilestoneRow.council) == tx.council)))


def _versions(tx: Transaction, tasks: Iterable[Any], since: str, begins: Beginning | None) -> dict[str, Milestone]:
    """Read the last versions of the tasks that opened, or were dropped, but for those settled by the day proved."""
    refs = [row.ref for row in tasks if getattr(row, since) and not (begins and begins.settles(row.ref, row.due_on))]
    theirs = tasks_with(MilestoneRow.ref).where(
        col(MilestoneRow.council) == tx.council, col(MilestoneRow.ref).in_(refs)
    )
    return {row.ref: task_of(row, row.shared_definition) for row in (tx.session.exec(theirs) if refs else ())}


def _rows(tx: Transaction, morning: datetime, only: Collection[str] | None) -> tuple[LedgerRow, ...]:
    ended = _ended_since(tx, morning)
    failed = _failed_since(tx, morning)
    again = _back_since(tx)
    mine = select(PromptRow).where(col(PromptRow.council) == tx.council, *_among(PromptRow.milestone, only))
    rows = tx.session.exec(mine.order_by(col(PromptRow.id)))
    return tuple(_row(row, ended, failed, again) for row in rows)


def _among(column: Any, only: Collection[str] | None) -> tuple[Any, ...]:
    return () if only is None else (col(column).in_(only),)


def _row(
    row: PromptRow, ended: Mapping[str, datetime], failed: Mapping[str, datetime], again: Mapping[int, datetime]
) -> LedgerRow:
    refused = row.undeliverable or bool(row.reason)
    return LedgerRow(
        entry=LedgerEntry(
            key=PromptKey(row.milestone, row.due_on, row.rung, row.person, row.repeat),
            kind=row.kind,
            selector=row.selector,
            post=row.post,
            state=row.state,
            rung_at=row.rung_at,
            written_at=row.written_at,
            accepted_at=row.accepted_at,
            undeliverable=row.undeliverable,
            reason=row.reason,
            paused=row.paused,
            refused_at=row.refused_at,
        ),
        post=row.post,
        meant_for=row.meant_for,
        deliver_to=row.deliver_to,
        send_at=row.send_at,
        alone=row.timed or row.urgent or bool(row.tried),
        message=row.message or "",
        ended_at=(ended.get(row.milestone) or failed.get(row.message or "")) if refused else None,
        again_at=again.get(row.id or 0),
    )


def _ended_since(tx: Transaction, morning: datetime) -> dict[str, datetime]:
    """Find the tasks about which something was refused or given up since, and when last."""
    events = select(AuditEventRow.ref, AuditEventRow.at).where(
        col(AuditEventRow.council) == tx.council,
        col(AuditEventRow.at) > morning,
        col(AuditEventRow.what).in_(("prompt suppressed", "prompt undeliverable")),
    )
    return dict(tx.session.exec(events.order_by(col(AuditEventRow.sequence))).all())


def _failed_since(tx: Transaction, morning: datetime) -> dict[str, datetime]:
    """Find the messages an attempt of which has ended since, and when last."""
    attempts = select(DeliveryRow.message, DeliveryRow.at).where(
        col(DeliveryRow.council) == tx.council, col(DeliveryRow.at) > morning
    )
    return dict(tx.session.exec(attempts.order_by(col(DeliveryRow.attempt))).all())


def _back_since(tx: Transaction) -> dict[int, datetime]:
    """Find the prompts (ids) whose message failed, came back or was taken back, and when: they wait for another."""
    back = select(MessageRow.key, MessageRow.prompts).where(
        col(MessageRow.council) == tx.council, col(MessageRow.state).in_(_BACK)
    )
    messages = {key: prompts for key, prompts in tx.session.exec(back) if prompts}
    events = select(AuditEventRow.ref, AuditEventRow.at).where(
        col(AuditEventRow.council) == tx.council, col(AuditEventRow.ref).in_(messages)
    )
    told = tx.session.exec(events.order_by(col(AuditEventRow.sequence))) if messages else ()
    return {prompt: at for key, at in told for prompt in messages[key]}


def _responses(tx: Transaction, only: Collection[str] | None) -> dict[str, tuple[Response, ...]]:
    """Read the responses without typed words: assurance needs only whether the answer was given for another person."""
    names = [name for name in Response.__dataclass_fields__ if name not in ("evidence", "text")]
    rows = select(*(getattr(ResponseRow, name) for name in names)).where(
        col(ResponseRow.council) == tx.council, *_among(ResponseRow.milestone, only)
    )
    by_milestone: dict[str, list[Response]] = {}
    for row in tx.session.exec(rows.order_by(col(ResponseRow.sequence))):
        parts = dict(zip(names, row, strict=True))
        response = Response(**parts | {"answered_by": "somebody" if parts["answered_by"] else ""})
        by_milestone.setdefault(response.milestone, []).append(response)
    return {ref: tuple(responses) for ref, responses in by_milestone.items()}


def _occurrences(tx: Transaction) -> frozenset[str]:
    mine = col(OccurrenceRow.council) == tx.council, col(OccurrenceRow.dropped_at).is_(None)
    return frozenset(tx.session.exec(select(OccurrenceRow.ref).where(*mine)))


def _messages(tx: Transaction, rows: Iterable[LedgerRow], begins: Beginning | None) -> dict[str, MessageProgress]:
    """Read the messages: all, or those since the day proved, and since the day of the first prompt that waits."""
    columns = [getattr(MessageRow, name) for name in ("key", *MessageProgress._fields)]
    mine = select(*columns).where(col(MessageRow.council) == tx.council)
    if begins:
        waiting = [row for row in rows if row.entry.state is PromptState.WAITING]
        first = start_of_day(london_date(min([begins.proved.at, *(row.waits_since for row in waiting)])))
        theirs = {row.message for row in waiting if row.message}
        mine = mine.where(or_(col(MessageRow.composed_at) >= first, col(MessageRow.key).in_(theirs)))
    return {key: MessageProgress(*rest) for key, *rest in tx.session.exec(mine)}


def _written(tx: Transaction, rows: Iterable[LedgerRow], begins: Beginning | None) -> dict[PromptKey, int]:
    """Count how often the trail says of a prompt that it was written; no row of the trail can be changed or deleted."""
    columns: tuple[Any, ...] = (AuditEventRow.ref, AuditEventRow.after, AuditEventRow.for_whom)
    after = begins.proved.extent.sequence if begins else 0
    mine = (
        col(AuditEventRow.council) == tx.council,
        col(AuditEventRow.sequence) > after,
        col(AuditEventRow.what).in_(_WRITTEN),
    )
    events = [(ref, json.loads(after), whom) for ref, after, whom in tx.session.exec(select(*columns).where(*mine))]
    in_shadow = {row.key for row in rows if row.key.person.startswith(SHADOW)}
    return dict(Counter(_key(ref, after, whom, in_shadow) for ref, after, whom in events))


def _key(ref: str, after: dict[str, Any], whom: str, in_shadow: Collection[PromptKey]) -> PromptKey:
    """Name an event's row of the ledger; an older event, which does not say whose, is of the trial's if it has it."""
    rest = date.fromisoformat(after["due_on"]), after["rung"]
    trial = PromptKey(ref, *rest, f"{SHADOW}{whom}", after["repeat"])
    person = after.get("person") or (trial.person if trial in in_shadow else whom)
    return PromptKey(ref, *rest, person, after["repeat"])


def _stopped(tx: Transaction) -> bool:
    stopped = select(CouncilRow.stopped_at).where(col(CouncilRow.key) == tx.council)
    return tx.session.exec(stopped).one() is not None


def _resting(tx: Transaction, at: datetime) -> frozenset[str]:
    rows = tx.session.exec(select(ChannelRow).where(col(ChannelRow.council) == tx.council))
    return frozenset(row.name for row in rows if Breaker(row.failures, row.rests_until).rests(at=at))
