"""Read evidence for assurance by statements of its own, so that a wrong query of the ledger cannot hide itself.

It shares none with history.py, lookup.py and prompts.py: whole tables of a council, and the trail.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import col, func, select

from models.store.assurance import runs as assurances
from models.store.base.json_values import read, recall
from models.store.base.transaction import Transaction
from models.store.definitions import timelines
from models.store.definitions.pauses import pause_in
from models.store.people import absences
from models.tables import (
    AuditEventRow,
    ChannelRow,
    CouncilRow,
    DeliveryRow,
    FactRow,
    MessageRow,
    MilestoneRow,
    OccurrenceRow,
    PauseRow,
    PromptRow,
    ResponseRow,
    RevisionKind,
    RevisionRow,
)
from timeline.answers.responses import Response, all_answers_now
from timeline.assurance import Evidence, LedgerRow, MessageProgress, StoredTask, morning_before
from timeline.assurance.evidence import counting_now
from timeline.calendar.working_hours import WorkingHours
from timeline.definitions.absences import Absence, in_force
from timeline.definitions.council import CouncilTimeline, Pause
from timeline.definitions.facts import Fact
from timeline.delivery.contact_methods import Breaker
from timeline.delivery.messages import MessageState
from timeline.escalation.prompts import SHADOW, LedgerEntry, PromptKey
from timeline.planning.occurrences import Milestone

_BACK = (MessageState.FAILED, MessageState.BOUNCED, MessageState.WITHDRAWN)
_WRITTEN = ("prompt written", "prompt superseded")
# A change of these is known fact by fact, and a plan moves no date; of a file that was applied only what stands now is
# known.
_FACT_BY_FACT = (RevisionKind.RECORD, RevisionKind.MOVE, RevisionKind.PLAN, RevisionKind.HANDOVER)


def evidence(tx: Transaction, hours: WorkingHours, *, at: datetime) -> Evidence:
    """Read everything that the reckoning at `at` sees. Raise StoreError when no timeline was applied."""
    timeline, morning = timelines.timeline(tx, hours), morning_before(at)
    every = _rows(tx, morning)
    rows = counting_now(every, at=at)
    tasks = list(tx.session.exec(select(MilestoneRow).where(col(MilestoneRow.council) == tx.council)))
    return Evidence(
        timeline=timeline,
        before=_before(tx, timeline, morning),
        changed_at=_changed_at(tx),
        rows=rows,
        responses=all_answers_now(_responses(tx), at=at),
        ladders={row.ref: recall(Milestone, row.definition).ladder for row in tasks if row.opened_at},
        stored_tasks={
            row.ref: StoredTask(row.due_on, row.legal_on, row.owner, row.dropped_at is not None) for row in tasks
        },
        occurrences=_occurrences(tx),
        gone={row.ref: recall(Milestone, row.definition) for row in tasks if row.dropped_at},
        messages=_messages(tx),
        written=_written(tx, every),
        set_aside=frozenset(row.key for row in every) - {row.key for row in rows},
        reported=assurances.reported(tx),
        stopped=_stopped(tx),
        resting=_resting(tx, at),
    )


def _before(tx: Transaction, timeline: CouncilTimeline, morning: datetime) -> CouncilTimeline | None:
    """Rebuild the timeline as it stood then: without later records, with what was superseded later."""
    mine = col(RevisionRow.council) == tx.council, col(RevisionRow.at) > morning
    if any(kind not in _FACT_BY_FACT for kind in tx.session.exec(select(RevisionRow.what).where(*mine))):
        return None
    facts = select(FactRow).where(col(FactRow.council) == tx.council, col(FactRow.recorded_at) <= morning)
    held = [
        read(Fact, row.definition)
        for row in tx.session.exec(facts.order_by(col(FactRow.id)))
        if row.superseded_at is None or row.superseded_at > morning
    ]
    stated = [each.said for each in timeline.directory.known_absences if not each.heard]
    known, pauses = absences.known(tx, stated, until=morning), _pauses(tx, morning)
    away = replace(timeline.directory, absences=(*in_force(known), *_left_alone(pauses)), known_absences=known)
    return replace(timeline, facts=tuple(held), directory=away, pauses=pauses)


def _pauses(tx: Transaction, morning: datetime) -> tuple[Pause, ...]:
    """Give those that were in force then, or were to come."""
    mine = col(PauseRow.council) == tx.council, col(PauseRow.made_at) <= morning
    rows = list(tx.session.exec(select(PauseRow).where(*mine).order_by(col(PauseRow.id))))
    return tuple(pause_in(row) for row in rows if row.ended_at is None or row.ended_at > morning)


def _left_alone(pauses: Iterable[Pause]) -> Iterator[Absence]:
    """List an absence for each paused person: such a person counts as away."""
    people = (pause for pause in pauses if pause.person)
    return (Absence(person=pause.person, from_on=pause.from_on, until_on=pause.until_on) for pause in people)


def _changed_at(tx: Transaction) -> datetime | None:
    revisions = select(RevisionRow.at).where(col(RevisionRow.council) == tx.council)
    paused = select(PauseRow.made_at, PauseRow.ended_at).where(col(PauseRow.council) == tx.council)
    of_pauses = [at for row in tx.session.exec(paused) for at in row if at]
    return max([*tx.session.exec(revisions), *absences.changed_at(tx), *of_pauses], default=None)


def changed_since(tx: Transaction, at: datetime) -> bool:
    """Tell whether somebody changed the timeline or gave an answer after that instant, but for the first apply."""
    first_at = tx.session.exec(select(CouncilRow.first_applied_at).where(col(CouncilRow.key) == tx.council)).one()
    answered = select(func.max(ResponseRow.at)).where(col(ResponseRow.council) == tx.council)
    changes = {_changed_at(tx), tx.session.exec(answered).one()} - {first_at, None}
    return any(changed_at > at for changed_at in changes if changed_at)


def _rows(tx: Transaction, morning: datetime) -> tuple[LedgerRow, ...]:
    ended = _ended_since(tx, morning)
    failed = _failed_since(tx, morning)
    again = _back_since(tx)
    rows = tx.session.exec(select(PromptRow).where(col(PromptRow.council) == tx.council).order_by(col(PromptRow.id)))
    return tuple(_row(row, ended, failed, again) for row in rows)


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


def _responses(tx: Transaction) -> dict[str, tuple[Response, ...]]:
    """Read the responses without typed words: assurance needs only whether the answer was given for another person."""
    names = [name for name in Response.__dataclass_fields__ if name not in ("evidence", "text")]
    rows = select(*(getattr(ResponseRow, name) for name in names)).where(col(ResponseRow.council) == tx.council)
    by_milestone: dict[str, list[Response]] = {}
    for row in tx.session.exec(rows.order_by(col(ResponseRow.sequence))):
        parts = dict(zip(names, row, strict=True))
        response = Response(**parts | {"answered_by": "somebody" if parts["answered_by"] else ""})
        by_milestone.setdefault(response.milestone, []).append(response)
    return {ref: tuple(responses) for ref, responses in by_milestone.items()}


def _occurrences(tx: Transaction) -> frozenset[str]:
    mine = col(OccurrenceRow.council) == tx.council, col(OccurrenceRow.dropped_at).is_(None)
    return frozenset(tx.session.exec(select(OccurrenceRow.ref).where(*mine)))


def _messages(tx: Transaction) -> dict[str, MessageProgress]:
    columns = [getattr(MessageRow, name) for name in ("key", *MessageProgress._fields)]
    rows = tx.session.exec(select(*columns).where(col(MessageRow.council) == tx.council))
    return {key: MessageProgress(*rest) for key, *rest in rows}


def _written(tx: Transaction, rows: Iterable[LedgerRow]) -> dict[PromptKey, int]:
    """Count how often the trail says of a prompt that it was written; no row of the trail can be changed or deleted."""
    columns: tuple[Any, ...] = (AuditEventRow.ref, AuditEventRow.after, AuditEventRow.for_whom)
    mine = col(AuditEventRow.council) == tx.council, col(AuditEventRow.what).in_(_WRITTEN)
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
