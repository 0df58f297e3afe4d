"""Lay the records of a programme out as tables: a row for each record, and a table for what records hold many of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from timeline.programme.actions import Action
from timeline.programme.bodies import FOR_TRAINING_LEAD
from timeline.programme.programme import Programme

Cell = str | int | float | date | None


@dataclass(frozen=True)
class Table:
    """Hold a table: its name, and rows of as many cells as there are columns. None is an empty cell."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


PLAN = (
    *("Ref", "Action", "Priority", "Owner", "Start", "Due date", "Success measure", "Areas", "Cost", "Funding"),
    *("Status", "% complete", "Forecast", "Completed", "Comment", "First promised", "Source"),
)
"""The columns of the action plan as people know them: `daymark plan import` reads all but the last two."""


def plan_table(programme: Programme, posts: Mapping[str, str]) -> Table:
    """Lay the plan out as a council keeps it: an import of it changes nothing. `posts` are titles by key."""
    return Table(
        "Action plan", PLAN, tuple(_planned(action, programme, posts) for action in programme.actions.values())
    )


def _planned(action: Action, programme: Programme, posts: Mapping[str, str]) -> tuple[Cell, ...]:
    last = action.updates[-1] if action.updates else None
    is_done = last is not None and last.progress.value == "done"
    priority = programme.priorities.get(action.priority)
    return (
        action.key,
        action.title,
        priority.title if priority else action.priority,
        posts.get(action.owner, action.owner),
        action.starts_on,
        action.rebases[-1].due_on if action.rebases else action.due_on,
        action.success,
        "; ".join(action.areas),
        action.cost,
        action.funding,
        last.progress.value if last else "",
        last.percent if last else None,
        last.expected_on if last else None,
        last.on if last and is_done else None,
        last.why if last else "",
        action.due_on,
        action.source,
    )


Count = Callable[[int], Cell]
"""Show a count: as it is, or in words where a small number could tell of single people."""


def tables(programme: Programme, *, count: Count = int) -> Iterator[Table]:
    """Lay out every kind of record, and beside each what its records hold many of, such as `actions.updates`."""
    for part in fields(Programme):
        value = getattr(programme, part.name)
        if isinstance(value, Mapping):
            yield from _tables(part.name, list(value.values()), count)
        elif is_dataclass(value):
            yield from _tables(part.name, [value], count)
        elif value:
            yield Table(part.name, ("entry",), tuple((_cell(each, count),) for each in value))


def _tables(name: str, records: Sequence[Any], count: Count) -> Iterator[Table]:
    """Give the table of these records, and of what they hold, each row with the key of its record."""
    if not records:
        return
    held = [part.name for part in fields(records[0]) if any(_is_many(getattr(each, part.name)) for each in records)]
    columns = [name for name in _names(records[0]) if name not in held]
    yield Table(name, tuple(columns), tuple(_row(each, columns, count) for each in records))
    for part in held:
        rows = [(getattr(record, "key", ""), each) for record in records for each in getattr(record, part)]
        columns = _names(rows[0][1])
        yield Table(f"{name}.{part}", ("of", *columns), tuple((key, *_row(each, columns, count)) for key, each in rows))


def _names(record: Any) -> list[str]:
    """Name the fields of a record that a table may show."""
    return [part.name for part in fields(record) if part.name not in FOR_TRAINING_LEAD]


def _row(record: Any, columns: Iterable[str], count: Count) -> tuple[Cell, ...]:
    return tuple(_cell(getattr(record, column), int if column in _SHARES else count) for column in columns)


_SHARES = ("percent",)
"""They count no people."""


def _is_many(value: Any) -> bool:
    return isinstance(value, tuple) and any(is_dataclass(each) for each in value)


def _cell(value: Any, count: Count) -> Cell:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_cell(each, count)}" for key, each in value.items())
    if isinstance(value, tuple):
        return "; ".join(f"{_cell(each, count)}" for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal) and value != value.to_integral_value():
        return float(value)
    if isinstance(value, int | Decimal):
        return count(int(value))
    return value if value is None or isinstance(value, str | float | date) else str(value)
