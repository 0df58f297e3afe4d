"""Write tasks (milestones) so that what many of them share is stored once, and read them back.

The tasks of a step of a duty share their words, their ladder and their basis; each has only its dates and the reasons
for them of its own. A task that an earlier version wrote stands whole in its row, until `models.store.plan.parting`.
"""

from collections.abc import Collection, Iterable
from dataclasses import MISSING, Field, field, fields, make_dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from sqlalchemy import ColumnElement, delete, exists
from sqlmodel import col, select

from models.store.base.json_values import UnreadableRow, canonical, digest_of, plain, read, storable, written
from models.store.base.turns import Transaction, add_missing
from models.tables import MilestoneRow, SharedDefinitionRow
from timeline.planning.occurrences import Milestone

_SHARED = frozenset(
    {
        *("obligation", "key", "title", "duty", "asks", "act", "owner", "duty_class", "ladder", "basis", "standing"),
        *("checklist", "completes", "confirm", "finds_out", "asks_owner"),
    }
)


def _part(name: str, which: Iterable[Field[Any]]) -> type[Any]:
    """Make a class of some fields of a task, by which they are read."""
    return make_dataclass(name, [(each.name, each.type, field(default=each.default)) for each in which], kw_only=True)


_FIELDS = fields(Milestone)
_SharedPart = _part("SharedPart", (each for each in _FIELDS if each.name in _SHARED))
_OwnPart = _part("OwnPart", (each for each in _FIELDS if each.name not in _SHARED))


class HoldsTask(Protocol):
    """Hold what a row says of a task: what it has of its own, and the SHA-256 of what it shares."""

    definition: Any
    shared: Any


class Written(NamedTuple):
    """Hold a task as a row keeps it: what it has of its own, and the SHA-256 of what it shares."""

    definition: str
    shared: str


WHOLE = ""
"""In place of the SHA-256 of what a task shares, where its row has all of it."""
SHARED: Any = col(SharedDefinitionRow.definition).label("shared_definition")
"""The column of what a task shares, of a statement that joins `SharedDefinitionRow` on `of_task`."""
PARTS: tuple[Any, ...] = (MilestoneRow.definition, MilestoneRow.shared, SHARED)


def of_task() -> ColumnElement[bool]:
    """Build the condition that a shared definition is that of a task."""
    same_council = col(SharedDefinitionRow.council) == MilestoneRow.council
    return same_council & (col(SharedDefinitionRow.sha256) == MilestoneRow.shared)


def tasks_with(*columns: Any) -> Any:
    """Select these columns of tasks with all that `task_of` reads."""
    rows: Any = select(*columns, *PARTS)
    return rows.select_from(MilestoneRow).join(SharedDefinitionRow, of_task(), isouter=True)


def whole_tasks() -> Any:
    """Select rows of tasks, each with the text of what it shares."""
    return select(MilestoneRow, SHARED).join(SharedDefinitionRow, of_task(), isouter=True)


def task_of(row: HoldsTask, shared: str | None) -> Milestone:
    """Read the task of a row, with the text of what it shares. Raise UnreadableRow.

    The same texts give the same value: each step of a run reads the tasks of a council, nearly all of them as they
    were. They name no person.
    """
    return _task(row.definition, row.shared, shared or "")


@lru_cache(maxsize=4096)
def _task(definition: str, sha256: str, shared: str) -> Milestone:
    if sha256 == WHOLE:
        return read(Milestone, definition)
    return Milestone(**vars(_shared(sha256, shared)), **vars(read(_OwnPart, definition)))


@lru_cache(maxsize=4096)
def _shared(sha256: str, shared: str) -> Any:
    if digest_of(shared) != sha256:
        raise UnreadableRow(Milestone)
    return read(_SharedPart, shared)


def keep(tx: Transaction, tasks: Iterable[Milestone]) -> list[Written]:
    """Keep what these tasks share, where it is not there yet; give each as its row is to keep it.

    While all tasks of the council stand whole, these do as well: pages of an earlier version may still read them.
    """
    if _all_stand_whole(tx):
        return [Written(storable(written(task)), WHOLE) for task in tasks]
    return keep_parted(tx, tasks)


def _all_stand_whole(tx: Transaction) -> bool:
    """Tell whether the council has tasks, and none of them was parted: the first to be parted ends this for all."""
    tasks, shared = (exists().where(col(each.council) == tx.council) for each in (MilestoneRow, SharedDefinitionRow))
    return bool(tx.session.exec(select(tasks & ~shared)).one())


def keep_parted(tx: Transaction, tasks: Iterable[Milestone]) -> list[Written]:
    """Keep what these tasks share apart from them, whatever stands already."""
    parted = [_parted(task) for task in tasks]
    new = {digest_of(shared): shared for _, shared in parted}
    rows = [{"council": tx.council, "sha256": sha256, "definition": shared} for sha256, shared in sorted(new.items())]
    add_missing(tx.session, SharedDefinitionRow, rows)
    return [Written(definition, digest_of(shared)) for definition, shared in parted]


def _parted(task: Milestone) -> tuple[str, str]:
    """Write what a task has of its own and what it shares; of its own, only what is not as it nearly always is."""
    parts = plain(task)
    own = {
        each.name: parts[each.name]
        for each in _FIELDS
        if each.name not in _SHARED and (each.default is MISSING or getattr(task, each.name) != each.default)
    }
    # The digest is that of what the database keeps.
    return canonical(own), storable(canonical({name: parts[name] for name in _SHARED}))


def forget_unused(tx: Transaction, former: Collection[str]) -> None:
    """Delete those of these shared definitions that no task has any more."""
    if not former:
        return
    tx.session.flush()
    used = select(MilestoneRow.shared).where(col(MilestoneRow.council) == tx.council)
    mine = col(SharedDefinitionRow.council) == tx.council, col(SharedDefinitionRow.sha256).in_(former)
    tx.session.exec(delete(SharedDefinitionRow).where(*mine, col(SharedDefinitionRow.sha256).not_in(used)))
