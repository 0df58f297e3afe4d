"""Keep responses: each recorded once, however often a button is pressed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit import free_text as texts
from models.store.audit.audit import Event
from models.store.base import prepared
from models.store.base.noted import note_added
from models.store.base.seals import sealed_columns
from models.store.base.transaction import Transaction
from models.store.inbound import inbound as coming_in
from models.store.inbound.absences import SaidEnd, end_absence
from models.store.ledger import prompts
from models.store.ledger.history import about
from models.store.outbox.composing import OutgoingNotice
from models.store.programme import updates as programme
from models.tables import ResponseRow
from timeline.answers.inbound import Inbound
from timeline.answers.responses import Answer, Response, State
from timeline.escalation.prompts import Prompt, PromptState
from timeline.programme.updates import RecordUpdate

_TYPED = ("evidence", "text", "answered_by")
_PARTS = tuple(name for name in Response.__dataclass_fields__ if name not in _TYPED)
_ADD = prepared.Prepared(prepared.ADD_RESPONSE.returning(*sealed_columns(ResponseRow)))


def record_response(
    tx: Transaction,
    response: Response,
    *,
    expected: int,
    climb: Sequence[Prompt] = (),
    next_rung_at: datetime | None,
    state: State,
    inbound: Inbound | None = None,
    notice: OutgoingNotice | None = None,
    ends: Sequence[SaidEnd] = (),
    updates: Sequence[RecordUpdate] = (),
) -> bool:
    """Record a response with the milestone's new state, its prompts, the message that brought it and the notice that
    goes back. `ends`: the absences that it ends; `updates`: what it adds to
    records of the programme, which go in first.

    `expected` is how many responses the caller has seen. False, and nothing is written, when there are more by now:
    the caller reads again. Raise AlreadyReceived, and nothing is written, when that message came in before.
    """
    connection, mine = tx.connection, {"of_council": tx.council, "of_ref": response.milestone}
    task = prepared.TASK.row(connection, mine)
    if task is None or task.responses != expected:
        return False
    if inbound:
        coming_in.add(tx, inbound, notice=notice)
    for given in updates:
        programme.update(tx, given, at=given.at)
    typed = keep(tx, response, expected)
    audit.record(tx, [_event(response, task.state, state, typed)], at=response.at)
    opened = prompts.add(tx, [(prompt, PromptState.WAITING) for prompt in climb], at=response.at)
    after = _after(task, response, state, next_rung_at, opened=bool(opened))
    prepared.CHANGE_TASK.run(connection, mine | after)
    for said in ends:
        end_absence(tx, said, at=response.at)
    return True


def _after(
    task: Row[Any], response: Response, state: State, next_rung_at: datetime | None, *, opened: bool
) -> dict[str, Any]:
    """Give what changes of a task with a response to it."""
    return {
        "state": state,
        "responses": task.responses + 1,
        # The links of the person who delegated it answer no more.
        "generation": task.generation + (response.answer is Answer.DELEGATED),
        "next_rung_at": next_rung_at,
        "looked_at": response.at,
        "changed_at": response.at,
        "opened_at": task.opened_at or (response.at if opened else None),
    }


def keep(tx: Transaction, response: Response, sequence: int) -> dict[str, str]:
    """Keep a response under its number, and what was typed apart; give the digests of that."""
    typed = texts.keep(tx, {name: getattr(response, name) for name in _TYPED})
    added = _ADD.rows(tx.connection, _row(tx.council, response, sequence, typed))
    note_added(tx.session, ResponseRow, [row._asdict() for row in added])
    return typed


def responses(
    tx: Transaction, obligations: Collection[str] = (), *, refs: Collection[str] = ()
) -> dict[str, tuple[Response, ...]]:
    """Read the responses about the milestones of these duties, or about these milestones, by reference, in order."""
    if refs:
        rows: Sequence[Any] = prepared.RESPONSES.rows(tx.connection, tx.council, refs)
    else:
        mine = col(ResponseRow.council) == tx.council, about(tx, ResponseRow.milestone, obligations, refs)
        rows = list(tx.session.exec(select(ResponseRow).where(*mine).order_by(col(ResponseRow.sequence))))
    bodies = texts.bodies(tx, [digest for row in rows for digest in (row.evidence, row.text, row.answered_by)])
    responses: dict[str, list[Response]] = {}
    for row in rows:
        responses.setdefault(row.milestone, []).append(_response(row, bodies))
    return {ref: tuple(given) for ref, given in responses.items()}


def _row(council: str, response: Response, sequence: int, typed: dict[str, str]) -> dict[str, Any]:
    parts = {name: getattr(response, name) for name in _PARTS}
    return parts | dict.fromkeys(_TYPED) | typed | {"council": council, "sequence": sequence}


def _response(row: Any, bodies: Mapping[str, str]) -> Response:
    parts: dict[str, Any] = {name: getattr(row, name) for name in _PARTS}
    return Response(**parts | {name: bodies.get(getattr(row, name), "") for name in _TYPED})


def _event(response: Response, before: State, after: State, typed: Mapping[str, str]) -> Event:
    """Describe the response as an event. A person who answers for another is a typed name, or a key where it is known;
    the person asked then stands in `for_whom`.
    """
    other = "answered_by" in typed
    names = {"text": "why", "answered_by": "who"}
    return Event(
        what=response.answer.value,
        ref=response.milestone,
        who="" if other else response.person,
        for_whom=response.person if other else "",
        via=response.via,
        before=before.value,
        after=response.delegated_to or after.value,
        texts={names.get(name, name): digest for name, digest in typed.items()},
    )
