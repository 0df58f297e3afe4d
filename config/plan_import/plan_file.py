"""Read an action plan from a workbook: what each column was taken for, its actions, and every fault with its cell."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from config.plan_import.cells import InConfidence, NoDay, Reader, Unreadable, names
from config.plan_import.columns import TITLE, Columns, guess
from config.plan_import.workbook import Row, Sheet, Value, chosen, sheets
from config.timeline_files.faults import Fault, FaultLevel, error, warning
from config.timeline_files.words import is_key
from timeline.programme.programme import Priority, Programme
from timeline.programme.sheets.plan_sheet import PlannedAction

_SHORT = 48
_FIELDS = {"start": "starts_on", "due": "due_on", "expected": "expected_on", "completed": "completed_on"}


@dataclass(frozen=True)
class PlanFile:
    """Hold a plan as it was read: its sheet, the meaning of its columns, and its actions in order.

    `priorities` are those of a programme that has none yet.
    """

    sheet: str
    columns: Columns
    actions: tuple[PlannedAction, ...]
    priorities: tuple[Priority, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say what the plan was read from, and what each column was taken for."""
        return f"Sheet “{self.sheet}”, headings in row {self.columns.row}.", *self.columns.sentences()


@dataclass
class _Reading:
    """Gather what a sheet says, row by row. `heading` is the priority under whose heading the rows stand."""

    file: str
    columns: Columns
    reader: Reader
    faults: list[Fault] = field(default_factory=list)
    priorities: dict[str, Priority] = field(default_factory=dict)
    heading: str | None = None

    def where(self, row: Row, letter: str) -> str:
        heading = self.columns.headings.get(letter, "")
        return f"row {row.number}, {heading} ({letter}{row.number})" if letter else f"row {row.number}"


def read(
    file: str, content: bytes, programme: Programme, *, posts: Mapping[str, str], holders: Mapping[str, str], sheet: str
) -> tuple[PlanFile | None, tuple[Fault, ...]]:
    """Read the plan, compared with the programme; None when it cannot be used.

    `posts` are titles by key, `holders` posts by the names and addresses (in small letters) of those who hold just
    one. `sheet` names the sheet; empty for the one that looks most like a plan. Raise BadInput when nothing can be
    read at all.
    """
    all_sheets = sheets(file, content)
    picked = (chosen(file, all_sheets, sheet),) if sheet else all_sheets
    plan_sheet, columns = guess(file, picked)
    reading = _Reading(file, columns, Reader(programme, posts, holders))
    actions = tuple(_actions(reading, plan_sheet))
    faults = [*_merged(reading, plan_sheet), *reading.faults, *_twice(reading, actions)]
    if not actions and not faults:
        faults.append(error(file, plan_sheet.name, "It has no row below its headings; expected one for each action."))
    plan = PlanFile(
        plan_sheet.name, columns, tuple(action for _, action in actions), tuple(reading.priorities.values())
    )
    return (None if any(fault.level is FaultLevel.ERROR for fault in faults) else plan), tuple(faults)


def _actions(reading: _Reading, sheet: Sheet) -> Iterator[tuple[int, PlannedAction]]:
    taken: set[str] = set()
    for row in sheet.rows:
        if row.number <= reading.columns.row:
            continue
        if row.has_only_one:
            _head(reading, row)
        elif (action := _action(reading, sheet, row, taken)) is not None:
            taken.add(action.key)
            yield row.number, action


def _head(reading: _Reading, row: Row) -> None:
    """Take a row with a single thing for a heading; the priority that it names holds for the rows below."""
    (text,) = {value.text for value in row.values.values()}
    try:
        reading.heading = _priority(reading, Value(text))
    except Unreadable:
        # What follows stands under this heading, and no more under the priority before.
        reading.heading = None
        told = (
            f"“{text[:60]}” stands alone in its row and is taken for a heading; it names no priority, and the rows "
            "below it take none from a heading."
        )
        reading.faults.append(warning(reading.file, f"row {row.number}", told))


def _action(reading: _Reading, sheet: Sheet, row: Row, taken: set[str]) -> PlannedAction | None:
    letter = reading.columns.of(TITLE)
    title = _cell(reading, row, TITLE, reading.reader.words)
    if not title:
        # A cell that cannot be read has its own fault.
        if letter not in row.values:
            text = "It says no action, though something else stands in the row; expected what is to be done."
            reading.faults.append(error(reading.file, reading.where(row, letter), text))
        return None
    read = {column: _cell(reading, row, column, reader) for column, reader in _readers(reading).items()}
    if read["percent"] is not None and reading.columns.of("progress") not in row.values:
        text = "A percentage without a status says little, and is left out."
        reading.faults.append(warning(reading.file, reading.where(row, reading.columns.of("percent")), text))
    key = _key(reading, row, title, taken)
    values = {_FIELDS.get(column, column): value for column, value in read.items()}
    values["priority"] = values["priority"] or reading.heading
    if values["priority"] is None and key not in reading.reader.programme.actions:
        text = "A new action has no priority, in a cell or by the heading above; it stands below the others meanwhile."
        reading.faults.append(warning(reading.file, reading.where(row, reading.columns.of("priority")), text))
    return PlannedAction(key=key, title=title, source=f"{reading.file}, {sheet.name}, row {row.number}", **values)


def _readers(reading: _Reading) -> Mapping[str, Callable[[Value], Any]]:
    reader = reading.reader
    return {
        "priority": lambda value: _priority(reading, value),
        "owner": reader.post,
        "areas": reader.areas,
        **dict.fromkeys(("start", "due", "expected", "completed"), reader.day),
        **dict.fromkeys(("success", "cost", "funding", "why"), reader.words),
        "progress": reader.progress,
        "percent": reader.percent,
    }


def _cell(reading: _Reading, row: Row, column: str, reader: Callable[[Value], Any]) -> Any:
    """Read a cell, or keep its fault; None where it is empty, or cannot be read."""
    letter = reading.columns.of(column)
    value = row.values.get(letter)
    if value is None:
        return None
    where = reading.where(row, letter)
    try:
        if value.is_unknown:
            raise Unreadable("which Excel has not worked out; expected a value: open the file in Excel and save it.")
        return reader(value)
    except NoDay:
        reading.faults.append(warning(reading.file, where, f"Found “{value.text[:60]}”, no day: it is left out."))
    except InConfidence as sentence:
        reading.faults.append(error(reading.file, where, str(sentence)))
    except Unreadable as expected:
        reading.faults.append(error(reading.file, where, f"Found “{value.text[:60]}”, {expected}"))
    return None


def _priority(reading: _Reading, value: Value) -> str:
    """Read a priority; a programme that has none takes those of the workbook, whose aims nobody has stated yet."""
    if reading.reader.programme.priorities:
        return reading.reader.priority(value)
    title = value.text
    key = slug(list(names(title))[-1], "priority")
    reading.priorities.setdefault(key, Priority(key=key, title=title, aim="", source=reading.file))
    return key


def _key(reading: _Reading, row: Row, title: str, taken: set[str]) -> str:
    """Give the key of an action: its reference; else that of the action with its title, or a key made of the title."""
    known = reading.reader.programme.actions
    value = row.values.get(reading.columns.of("ref"))
    if value is not None:
        return value.text if value.text in known else slug(value.text, "action")
    titled = {action.title.casefold(): key for key, action in known.items()}
    if title.casefold() in titled:
        return titled[title.casefold()]
    base = slug(title, "action")
    return next(key for n in range(1, len(taken) + 2) if (key := base if n == 1 else f"{base}-{n}") not in taken)


def slug(text: str, kind: str) -> str:
    """Make a key of words: small letters, digits and dashes after a first letter."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:_SHORT].strip("-")
    return plain if is_key(plain) else f"{kind}-{plain}".strip("-")


def _merged(reading: _Reading, sheet: Sheet) -> Iterator[Fault]:
    below = [span for span in sheet.merged if int(re.sub(r"[A-Z]+([0-9]+).*", r"\1", span)) > reading.columns.row]
    if below:
        shown = ", ".join(below[:5]) + (f" and {len(below) - 5} more" if len(below) > 5 else "")
        text = f"Merged cells were read as if each held the same: {shown}."
        yield warning(reading.file, sheet.name, text)


def _twice(reading: _Reading, actions: Sequence[tuple[int, PlannedAction]]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for number, action in actions:
        earlier = first.setdefault(action.key, number)
        if earlier != number:
            where = f"row {number}, {reading.columns.headings.get(reading.columns.of('ref'), 'reference')}"
            text = f"Row {earlier} has the reference “{action.key}” too; expected one for each action (1.10 as text)."
            yield error(reading.file, where, text)
