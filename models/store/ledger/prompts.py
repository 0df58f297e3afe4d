"""Keep the ledger of prompts: each row is written before the send, finished after it, and never written twice."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, func, literal, update
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base import prepared
from models.store.base.at_once import change_rows
from models.store.base.json_values import canonical
from models.store.base.transaction import Transaction, add_missing
from models.tables import MilestoneRow, PromptRow
from models.tables.base import Instant
from timeline.answers.responses import State
from timeline.calendar.clock_jumps import TOLERANCE
from timeline.escalation.ladder import Decision
from timeline.escalation.prompts import Prompt, PromptKey, PromptState

_PARTS = tuple(name for name in Prompt.__dataclass_fields__ if name != "key")


def write(tx: Transaction, decisions: Sequence[Decision], *, at: datetime) -> int:
    """Write what was decided at `at`, and when to look again; return how many prompts are new.

    A prompt that the ledger holds already is not written again.
    """
    given = [(prompt, PromptState.WAITING) for decision in decisions for prompt in decision.prompts]
    given += [(prompt, PromptState.SUPERSEDED) for decision in decisions for prompt in decision.superseded]
    new = add(tx, given, at=at)
    tx.session.flush()
    _look_again(tx, decisions, opened={key.milestone for key in new}, at=at)
    return sum(1 for prompt, state in given if state is PromptState.WAITING and prompt.key in new)


def add(tx: Transaction, given: Sequence[tuple[Prompt, PromptState]], *, at: datetime) -> set[PromptKey]:
    """Add prompts to the ledger, with an event each; return the keys of those that were not there."""
    rows = [_parts(prompt) | {"council": tx.council, "state": state, "written_at": at} for prompt, state in given]
    new = {PromptKey(*(row[name] for name in PromptKey._fields)) for row in add_missing(tx.session, PromptRow, rows)}
    new |= _again(tx, [(prompt, state) for prompt, state in given if prompt.key not in new], at=at)
    audit.record(tx, [_event(prompt, state) for prompt, state in given if prompt.key in new], at=at)
    return new


def _again(tx: Transaction, given: Sequence[tuple[Prompt, PromptState]], *, at: datetime) -> set[PromptKey]:
    """Write again, in its own row, a prompt that was never sent: it was withdrawn for a pause, or decided or refused by
    a later look, whose clock was wrong.
    """
    if not given:
        return set()
    refs = {prompt.key.milestone for prompt, _ in given}
    held = select(PromptRow).where(
        col(PromptRow.council) == tx.council, col(PromptRow.milestone).in_(refs), col(PromptRow.paused) | _by_later(at)
    )
    rows = {_key(row): row for row in tx.session.exec(held)}
    again = [(prompt, state) for prompt, state in given if prompt.key in rows]
    for prompt, state in again:
        changes = _parts(prompt) | {"state": state, "written_at": at, "paused": False, "reason": "", "refused_at": None}
        for name, value in changes.items():
            setattr(rows[prompt.key], name, value)
    tx.session.flush()
    return {prompt.key for prompt, _ in again}


def _by_later(at: datetime) -> ColumnElement[bool]:
    """Select what a later clock decided and nobody has: in no message, refused by no address, never accepted."""
    decided_at = func.coalesce(col(PromptRow.refused_at), col(PromptRow.written_at))
    unsaid = col(PromptRow.message).is_(None), col(PromptRow.accepted_at).is_(None), ~col(PromptRow.undeliverable)
    return and_(decided_at > literal(at + TOLERANCE, Instant), *unsaid)


def waiting_about(tx: Transaction, milestones: Iterable[str]) -> list[int]:
    """List the ids of the prompts about these milestones that are in no message yet."""
    about = select(PromptRow.id).where(*still_waiting(tx), col(PromptRow.milestone).in_(list(milestones)))
    return [id_ for id_ in tx.session.exec(about) if id_ is not None]


def suppress(tx: Transaction, ids: Collection[int], *, reason: str, at: datetime, paused: bool = False) -> None:
    """Withdraw prompts that no longer hold, with the reason, and look at their milestones again. A `paused` prompt
    may be written again.
    """
    no_more = update(PromptRow).where(*still_waiting(tx), col(PromptRow.id).in_(ids))
    refused = no_more.values(state=PromptState.SUPPRESSED, reason=reason, paused=paused, refused_at=at)
    returning_update = refused.returning(*prompt_columns())
    gone = [prompt_of(row) for row in tx.session.exec(returning_update)] if ids else []
    wake(tx, {prompt.key.milestone for prompt in gone}, at=at)
    audit.record(tx, [_told("prompt suppressed", prompt, why=reason) for prompt in gone], at=at)


def wake(tx: Transaction, milestones: Collection[str], *, at: datetime) -> None:
    """Let the next flow look at these milestones: something happened that may call for another word."""
    if milestones:
        tx.session.exec(_look_at(tx, at).where(col(MilestoneRow.ref).in_(milestones)))


def wake_all(tx: Transaction, *, at: datetime) -> None:
    """Let the next flow look at every milestone that is not done."""
    tx.session.exec(_look_at(tx, at))


def _look_at(tx: Transaction, at: datetime) -> Update:
    open_ = col(MilestoneRow.state) != State.DONE, col(MilestoneRow.dropped_at).is_(None)
    rows = update(MilestoneRow).where(col(MilestoneRow.council) == tx.council, *open_)
    return rows.values(next_rung_at=at, looked_at=at, changed_at=at)


def still_waiting(tx: Transaction) -> tuple[Any, ...]:
    """Select the prompts that are to leave and are in no message yet."""
    return (
        col(PromptRow.council) == tx.council,
        col(PromptRow.state) == PromptState.WAITING,
        col(PromptRow.message).is_(None),
    )


def prompt_columns() -> list[Any]:
    """List the columns from which `prompt_of` makes a prompt."""
    return [getattr(PromptRow, name) for name in (*PromptKey._fields, *_PARTS)]


def prompt_of(row: Any) -> Prompt:
    """Read the prompt of a row that has `prompt_columns`."""
    parts = {name: getattr(row, name) for name in _PARTS}
    return Prompt(key=_key(row), **parts | {"channels": tuple(row.channels)})


def _key(row: Any) -> PromptKey:
    return PromptKey(*(getattr(row, name) for name in PromptKey._fields))


def _parts(prompt: Prompt) -> dict[str, Any]:
    parts = {name: getattr(prompt, name) for name in _PARTS}
    return prompt.key._asdict() | parts | {"channels": list(prompt.channels)}


def _event(prompt: Prompt, state: PromptState) -> Event:
    if state is PromptState.SUPERSEDED:
        return _told("prompt superseded", prompt, why=f"“{prompt.superseded_by}” says it instead.")
    return _told("prompt written", prompt, why=prompt.why)


def _told(what: str, prompt: Prompt, *, why: str) -> Event:
    key = prompt.key
    named = {"due_on": key.due_on, "rung": key.rung, "person": key.person, "repeat": key.repeat}
    after = canonical(named | {"kind": prompt.kind})
    return Event(what=what, ref=key.milestone, for_whom=prompt.meant_for, after=after, why=why)


def _look_again(tx: Transaction, decisions: Sequence[Decision], *, opened: set[str], at: datetime) -> None:
    decided = {decision.milestone.ref: decision.next_check_at for decision in decisions}
    names = ("ref", "next_rung_at", "looked_at", "changed_at", "opened_at")
    columns = [getattr(MilestoneRow, name) for name in names]
    mine = select(*columns).where(col(MilestoneRow.council) == tx.council, col(MilestoneRow.ref).in_(decided))
    changes = []
    for ref, stored_at, looked_at, changed_at, opened_at in tx.session.exec(mine):
        # The decision did not see what happened after it, such as an answer: it must be looked at soon.
        instants = [decided[ref], stored_at if changed_at > at else None]
        next_at = min((instant for instant in instants if instant), default=None)
        opened_now = opened_at or (at if ref in opened else None)
        # What a later clock stored is put right even where it is the same: nobody would believe it.
        if (next_at, opened_now) != (stored_at, opened_at) or (looked_at and looked_at > at):
            look = {"next_rung_at": next_at, "looked_at": at, "opened_at": opened_now}
            changes.append({"council": tx.council, "ref": ref} | look)
    if changes:
        change_rows(tx.connection, prepared.CHANGE_TASK, changes, key=("council", "ref"))
