"""Name the columns of a file of people, and read the cells of a line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from config.people_import.csv_file import Line
from config.timeline_files.faults import Fault, error
from config.timeline_files.timeline_shapes import PersonShape
from config.timeline_files.words import Day, Key, expected_address, weekdays
from timeline.calendar.wording import near
from timeline.definitions.duties import Level
from timeline.definitions.people import Post

# All the names that a header may use for a column.
COLUMNS: Mapping[str, str] = {
    **{name: name for name in ("name", "address", "person", "post", "title", "level", "from", "until", "acting")},
    **{name: name for name in ("line manager", "deputy", "assistant", "away from", "away until")},
    **{name: name for name in ("channels", "works", "teams", "phone", "shared")},
    **dict.fromkeys(("email", "e mail", "email address", "mail"), "address"),
    **dict.fromkeys(("full name",), "name"),
    **dict.fromkeys(("manager",), "line manager"),
}
_YES = frozenset({"yes", "y", "true", "x", "acting"})
_NO = frozenset({"no", "n", "false"})
_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: 00:00(?::00)?)?")
_OF_A_POST = ("from", "until", "acting", "title", "level", "line manager", "deputy", "assistant")


@dataclass(frozen=True)
class Cells:
    """Hold a line as it was read, by column; None where the cell is empty or cannot be read."""

    number: int
    read: Mapping[str, Any]
    faults: tuple[Fault, ...]

    def __getitem__(self, column: str) -> Any:
        return self.read.get(column)


class Unreadable(ValueError):
    """Report a cell that cannot be read, with the end of a sentence that says what was expected."""


Reader = Callable[[str], Any]


def cells(file: str, line: Line, posts: Mapping[str, Post], channels: frozenset[str]) -> Cells:
    """Read a line; posts may be named by their keys or their titles."""
    readers: dict[str, Reader] = {
        **dict.fromkeys(("from", "until", "away from", "away until"), _day),
        **dict.fromkeys(("line manager", "deputy", "assistant"), lambda cell: _post(cell, posts)),
        "address": _address,
        "person": _key,
        "level": _level,
        **dict.fromkeys(("acting", "shared"), _yes_or_no),
        "works": _works,
        "channels": lambda cell: _channels(cell, channels),
        "teams": lambda cell: _field("teams", cell.lower(), "a Microsoft Entra object id (letters, digits and dashes)"),
        "phone": lambda cell: _field("phone", cell, "a number such as 01634 306000"),
        # A title makes a new post.
        "post": lambda cell: _post(cell, posts, new=bool(line.cells.get("title"))),
    }
    read: dict[str, Any] = {}
    faults = []
    for column, cell in line.cells.items():
        if column in line.unfit:
            continue
        try:
            reader = readers.get(column, _as_it_is)
            read[column] = reader(cell) if cell else None
        except Unreadable as expected:
            faults.append(error(file, f"line {line.number}, {column}", f"Found “{cell[:60]}”, {expected}"))
    return Cells(line.number, read, (*faults, *_senseless(file, line, read)))


def _senseless(file: str, line: Line, read: Mapping[str, Any]) -> Iterator[Fault]:
    where = f"line {line.number}"
    if line.cells.get("address") == "":
        yield error(file, f"{where}, address", "It is empty; expected whose line this is.")
    if not line.cells.get("post"):
        for column in _OF_A_POST:
            if line.cells.get(column):
                yield error(file, f"{where}, {column}", "It says something of a post, and no post is named here.")
    for first, last in (("from", "until"), ("away from", "away until")):
        if read.get(first) and read.get(last) and read[last] < read[first]:
            yield error(file, f"{where}, {last}", f"{read[last]} is before {read[first]}; expected the last day.")
    if bool(line.cells.get("away from")) != bool(line.cells.get("away until")):
        yield error(file, where, "An absence has a first and a last day; one of them is missing.")


def _as_it_is(cell: str) -> str:
    return cell


def _day(cell: str) -> date:
    """Read an ISO date, or a date with the day first; never the month first, which would be misread in silence."""
    british = _BRITISH.fullmatch(cell)
    text = f"{british[3]}-{int(british[2]):02}-{int(british[1]):02}" if british else cell
    day: date = _valid(Day, text, "expected a day that exists, such as 2026-09-01 or 01/09/2026.")
    return day


def _address(cell: str) -> str:
    if expected := expected_address(cell):
        raise Unreadable(f"{expected}.")
    return cell


def _key(cell: str) -> str:
    return str(_valid(Key, cell, "expected a key such as “head-of-plo”: small letters, digits and “-”."))


def _field(name: str, cell: str, expected: str) -> str:
    if not re.fullmatch(_pattern(name), cell):
        raise Unreadable(f"expected {expected}.")
    return cell


def _pattern(name: str) -> str:
    patterns = (getattr(constraint, "pattern", None) for constraint in PersonShape.model_fields[name].metadata)
    return str(next(filter(None, patterns)))


def _level(cell: str) -> Level:
    try:
        return Level(cell.casefold().replace(" ", "_"))
    except ValueError:
        raise Unreadable(f"expected {', '.join(level.value for level in Level)}.") from None


def _yes_or_no(cell: str) -> bool:
    if cell.casefold() not in _YES | _NO:
        raise Unreadable("expected yes or no.")
    return cell.casefold() in _YES


def _works(cell: str) -> tuple[int, ...]:
    try:
        return tuple(weekdays(re.sub(r"[,;/]", " ", cell)))
    except ValueError:
        raise Unreadable("expected days of the week such as “mon tue wed” or “mon to thu”.") from None


def _channels(cell: str, known: frozenset[str]) -> tuple[str, ...]:
    names = tuple(name for name in re.split(r"[ ,;/]+", cell.casefold()) if name)
    for name in names:
        if name not in known:
            raise Unreadable(f"expected channels that are set up ({', '.join(sorted(known))}).{near(name, known)}")
    return names


def _post(cell: str, posts: Mapping[str, Post], *, new: bool = False) -> str:
    written = cell.casefold()
    keys = [key for key, post in posts.items() if written in (key, post.title.casefold())]
    if len(keys) == 1:
        return keys[0]
    if new and not keys:
        return _key(cell)
    names = frozenset({*posts, *(post.title for post in posts.values())})
    if keys:
        raise Unreadable(f"which could be {' or '.join(keys)}; expected one of these keys.")
    raise Unreadable(f"which is no post here; expected its key or title.{near(cell, names)}")


def _valid(kind: Any, text: str, expected: str) -> Any:
    try:
        return TypeAdapter(kind).validate_python(text)
    except ValidationError:
        raise Unreadable(expected) from None
