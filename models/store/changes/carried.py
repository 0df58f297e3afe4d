"""Carry what was said and answered about tasks from a council's memory into another's."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from models.store.base.stored_tasks import forget_unused, keep, task_of, whole_tasks
from models.store.base.transaction import Transaction, add_missing
from models.store.inbound import answers
from models.store.ledger import outdated
from models.store.people import directory
from models.store.programme import updates
from models.tables import MessageRow, MilestoneRow, PromptRow
from timeline.answers.responses import Response, State
from timeline.definitions.people import Person
from timeline.delivery.messages import MessageState
from timeline.escalation.prompts import SHADOW, PromptKey, PromptState
from timeline.planning.occurrences import Milestone
from timeline.programme.updates import RecordUpdate

_LEFT = (MessageState.SENDING, MessageState.UNCERTAIN)
_NO_PART = ("id", "council", "message")
_PEOPLE = ("person", "meant_for", "deliver_to", "stands_in_for")


@dataclass(frozen=True)
class TaskState:
    """Hold how a task stands: its state for a date, since when it has been asked for, and with which ladder."""

    milestone: Milestone
    state: State
    opened_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Carried:
    """Hold the tasks of a council with their prompts and answers, by reference, and the people they name."""

    tasks: Mapping[str, TaskState] = field(default_factory=dict)
    prompts: Sequence[Mapping[str, Any]] = ()
    responses: Mapping[str, tuple[Response, ...]] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)


def read(tx: Transaction) -> Carried:
    """Read what was said and answered about every task, and what waits to be said."""
    mine = col(MilestoneRow.council) == tx.council, col(MilestoneRow.dropped_at).is_(None)
    tasks = {
        row.ref: TaskState(task_of(row, shared), row.state, row.opened_at)
        for row, shared in tx.session.exec(whole_tasks().where(*mine))
    }
    return Carried(
        tasks=tasks,
        prompts=tuple(_said(tx)),
        responses=answers.responses(tx, refs=tasks.keys()) if tasks else {},
        people=directory.stored(tx).people,
    )


def _said(tx: Transaction) -> Iterator[dict[str, Any]]:
    of = (col(MessageRow.council) == PromptRow.council) & (col(MessageRow.key) == PromptRow.message)
    rows = select(PromptRow, MessageRow.state).join(MessageRow, of, isouter=True)
    for row, state in tx.session.exec(rows.where(col(PromptRow.council) == tx.council).order_by(col(PromptRow.id))):
        parts = {name: getattr(row, name) for name in PromptRow.model_fields if name not in _NO_PART}
        # On its way, it may arrive: it counts as said, for nothing is said twice.
        leaves = row.state is PromptState.WAITING and state in _LEFT
        yield parts | ({"state": PromptState.SENT, "accepted_at": row.send_at} if leaves else {})


def add(tx: Transaction, carried: Carried, known_as: Callable[[Person], str], *, at: datetime) -> Collection[str]:
    """Add it to the tasks that this council has under the same reference; give which. What is there already stays.

    `known_as` gives the key under which a person stands here. An answer about another date does not count for this.
    """
    refs = {*carried.tasks, *(parts["milestone"] for parts in carried.prompts)}
    mine = whole_tasks().where(col(MilestoneRow.council) == tx.council, col(MilestoneRow.ref).in_(refs))
    stood = {row.ref: (row, task_of(row, shared)) for row, shared in tx.session.exec(mine)}
    rows = {ref: row for ref, (row, _) in stood.items()}
    keys = _keys(carried, known_as)
    named = {each.person for given in carried.responses.values() for each in given}
    _remember(tx, carried, keys, named | {str(parts["meant_for"]) for parts in carried.prompts}, at)
    _add_prompts(tx, [_prompt(tx, parts, keys) for parts in carried.prompts if parts["milestone"] in rows])
    for ref, (row, here) in stood.items():
        _add_answers(tx, row, [_named(each, keys) for each in carried.responses.get(ref, ())])
        if ref in carried.tasks:
            _stand_as(row, here, carried.tasks[ref], at)
    _climb_as(tx, {ref: stood[ref] for ref in carried.tasks if ref in stood}, carried.tasks)
    tx.session.flush()
    outdated.look(tx, list(rows), at=at)
    return rows.keys()


def add_updates(
    tx: Transaction, given: Sequence[RecordUpdate], carried: Carried, known_as: Callable[[Person], str], *, at: datetime
) -> None:
    """Add what was added to records of the programme there, and is not here yet, in the names of the same people."""
    keys, there = _keys(carried, known_as), updates.updates(tx, at=at)
    _remember(tx, carried, keys, {each.who for each in given}, at)
    for update in (replace(each, who=keys.get(each.who, each.who)) for each in given):
        if update not in there:
            updates.update(tx, update, at=update.at)


def _keys(carried: Carried, known_as: Callable[[Person], str]) -> dict[str, str]:
    return {key: known_as(person) for key, person in carried.people.items()}


def _remember(tx: Transaction, carried: Carried, keys: Mapping[str, str], named: Collection[str], at: datetime) -> None:
    """Keep the names of people whom this council does not know: what they said has a name."""
    here = directory.stored(tx).people
    unknown = (carried.people[key] for key in named if key in carried.people and keys[key] not in here)
    directory.remember(tx, [Person(key=keys[each.key], name=each.name, address="") for each in unknown], at=at)


def _add_prompts(tx: Transaction, given: Sequence[dict[str, Any]]) -> None:
    """Add the prompts; any that was withdrawn here when its task went to another council stands as it stood there."""
    new = {PromptKey(*(row[name] for name in PromptKey._fields)) for row in add_missing(tx.session, PromptRow, given)}
    there = {PromptKey(*(parts[name] for name in PromptKey._fields)): parts for parts in given}
    withdrawn = select(PromptRow).where(col(PromptRow.council) == tx.council, col(PromptRow.paused))
    for row in tx.session.exec(withdrawn):
        parts = there.get(PromptKey(*(getattr(row, name) for name in PromptKey._fields)))
        if parts and PromptKey(*(parts[name] for name in PromptKey._fields)) not in new:
            for name in ("state", "reason", "refused_at", "written_at", "accepted_at", "undeliverable", "paused"):
                setattr(row, name, parts[name])


def _prompt(tx: Transaction, parts: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    named = {name: _key(str(parts[name]), keys) for name in _PEOPLE}
    ways = (way.rpartition("/") for way in parts["tried"])
    tried = [f"{_key(person, keys)}/{channel}" for person, _, channel in ways]
    return {**parts, **named, "tried": tried, "council": tx.council, "message": None}


def _key(person: str, keys: Mapping[str, str]) -> str:
    """Give the key of a person here; in the ledger it may be marked as of a trial run."""
    shadow = SHADOW if person.startswith(SHADOW) else ""
    plain = person.removeprefix(SHADOW)
    return f"{shadow}{keys.get(plain, plain)}"


def _named(response: Response, keys: Mapping[str, str]) -> Response:
    person, by, to = (_key(key, keys) for key in (response.person, response.by, response.delegated_to))
    return replace(response, person=person, by=by, delegated_to=to)


def _add_answers(tx: Transaction, row: MilestoneRow, given: Sequence[Response]) -> None:
    there = answers.responses(tx, refs={row.ref}).get(row.ref, ())
    known = {(each.at, each.answer) for each in there}
    new = [each for each in given if (each.at, each.answer) not in known]
    for response in new:
        answers.keep(tx, response, row.responses)
        row.responses += 1


def _stand_as(row: MilestoneRow, here: Milestone, task: TaskState, at: datetime) -> None:
    if here.due_on == task.milestone.due_on or task.state in (State.DONE, State.UNCONFIRMED):
        row.state = task.state
    row.opened_at = row.opened_at or task.opened_at
    row.changed_at, row.looked_at, row.next_rung_at = at, at, None if row.state is State.DONE else at


def _climb_as(
    tx: Transaction, stood: Mapping[str, tuple[MilestoneRow, Milestone]], tasks: Mapping[str, TaskState]
) -> None:
    """Give the tasks that had opened there the ladders that they had."""
    opened = [(row, replace(here, ladder=tasks[ref].milestone.ladder)) for ref, (row, here) in stood.items()]
    opened = [(row, task) for row, task in opened if tasks[row.ref].opened_at]
    unused = {row.shared for row, _ in opened}
    for (row, _), each in zip(opened, keep(tx, (task for _, task in opened)), strict=True):
        row.definition, row.shared = each
    forget_unused(tx, unused)


def words_of_open_tasks(carried: Carried) -> Carried:
    """Leave out what people wrote about tasks that are done: it stays in the record of the council that ended."""
    done = {ref for ref, task in carried.tasks.items() if task.state is State.DONE}
    plain = {
        ref: tuple(replace(each, text="", answered_by="") if ref in done else each for each in given)
        for ref, given in carried.responses.items()
    }
    return replace(carried, responses=plain)


def since(carried: Carried, at: datetime) -> Carried:
    """Keep only the answers and prompts from after that instant, and the tasks of these answers."""
    later = {ref: tuple(each for each in given if each.at > at) for ref, given in carried.responses.items()}
    later = {ref: given for ref, given in later.items() if given}
    return replace(
        carried,
        tasks={ref: carried.tasks[ref] for ref in later},
        responses=later,
        prompts=[parts for parts in carried.prompts if parts["written_at"] > at],
    )
