"""Collect the faults of a file, all at once, each with file, key and a sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from timeline.calendar.wording import near


class FaultLevel(StrEnum):
    ERROR = "error"  # the file cannot be used
    WARNING = "warning"  # usable, but somebody should look
    NOTE = "note"  # nothing to mend: what was understood


@dataclass(frozen=True)
class Fault:
    """Name a fault at a key, such as `facts[0].on`; `line` and `column` count from 1, and are 0 where none is known."""

    file: str
    key: str
    level: FaultLevel
    text: str
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}: " if self.key else f"{self.file}: "
        return where + self.text

    @property
    def told(self) -> str:
        """Tell people where it is: in which line, and with entries counted from 1."""
        place = f"line {self.line}, column {self.column}" if self.line else ""
        return ": ".join(part for part in (self.file, place, spoken(self.key), self.text) if part)


def spoken(key: str) -> str:
    """Write a key as people count: `facts[0].on` is "facts, entry 1, on"."""
    return re.sub(r"\[(\d+)\]\.?", lambda entry: f", entry {int(entry[1]) + 1}, ", key).rstrip(", ")


class BadInput(ValueError):
    """Report a file that cannot be used; `faults` holds all its faults."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.told for fault in self.faults))


def error(file: str, key: str, text: str) -> Fault:
    return Fault(_printable(file), _printable(key), FaultLevel.ERROR, _printable(text))


def warning(file: str, key: str, text: str) -> Fault:
    return Fault(_printable(file), _printable(key), FaultLevel.WARNING, _printable(text))


def note(file: str, key: str, text: str) -> Fault:
    return Fault(_printable(file), _printable(key), FaultLevel.NOTE, _printable(text))


def _printable(text: str) -> str:
    """Replace line breaks and escape sequences: a fault repeats words of the file on a terminal, in a single line."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


# They replace pydantic's own words, which speak of patterns, dictionaries and instances.
_EXPECTED = {
    "string_type": "expected words",
    "int_parsing": "expected a whole number",
    "int_type": "expected a whole number",
    "bool_parsing": "expected true or false",
    "bool_type": "expected true or false",
    "dict_type": "expected keys, each with what it means, such as “{director: …}”",
    "model_type": "expected keys, each with what it means, such as “{title: …}”",
    "list_type": "expected a list",
    "tuple_type": "expected a list",
    "too_short": "expected at least one entry",
    "string_too_short": "expected words",
    "invalid_key": "expected a word",
    "time_parsing": "expected a time such as 08:30",
    "time_type": "expected a time such as 08:30",
}
_KEY = "expected small letters, digits, “-” and “_” after a first letter, such as “plo-panel”"
_ADDRESS = "expected an address such as officer@council.example"
_LONGEST_SHOWN = 60


def faults(file: str, invalid: ValidationError, shape: type[BaseModel] | None = None) -> Iterator[Fault]:
    """Turn pydantic's errors into faults, each with its key as a path such as `facts[1].on`.

    From the `shape` of the file comes the key that was meant by an unknown key.
    """
    for error_details in invalid.errors(include_url=False):
        key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error_details["loc"]).strip(".")
        sentence = _sentence(error_details["type"], error_details["msg"], error_details["input"])
        if shape and error_details["type"] == "extra_forbidden":
            sentence += _suggestion(shape, error_details["loc"])
        if shape and error_details["type"] == "model_type":
            sentence = sentence.replace("{title: …}", _example(shape, error_details["loc"]))
        least = error_details.get("ctx", {}).get("min_length", 1)
        if least > 1:
            sentence = sentence.replace("one entry", f"{least} entries")
        yield error(file, key.replace(".[key]", ""), sentence)


def _sentence(kind: str, message: str, value: Any) -> str:
    if kind == "extra_forbidden":
        return "This key is not known here."
    if kind == "missing":
        return "This key is missing."
    text = message.removeprefix("Value error, ").rstrip(".")
    shown = str(value) if value is not None else "nothing"
    short = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[: _LONGEST_SHOWN - 1]}…"
    if text.startswith("found"):
        return f"F{text[1:]}.".replace(shown, short)
    return f"Found “{short}”, {_expected(kind, text)}."


def _expected(kind: str, text: str) -> str:
    if kind == "string_pattern_mismatch":
        return _ADDRESS if "@" in text else _KEY
    return _EXPECTED.get(kind) or f"expected {text.removeprefix('Input should be ')}"


def _suggestion(shape: type[BaseModel], place: Sequence[int | str]) -> str:
    """Suggest the key that was meant by the last part of a place, as a second sentence; or nothing."""
    *way, typed = place
    keys = {key for kind in _kinds(shape, way) for key in _keys(kind)}
    return near(str(typed), sorted(keys))


def _example(shape: type[BaseModel], place: Sequence[int | str]) -> str:
    """Show the keys that must stand at a place, such as “{on: …, name: …}”; of many, or of none, the first two."""
    models = [kind for kind in _kinds(shape, place) if isinstance(kind, type) and issubclass(kind, BaseModel)]
    fields = [(field.alias or name, field) for kind in models[:1] for name, field in kind.model_fields.items()]
    needed = [name for name, field in fields if field.is_required()] or [name for name, _ in fields[:2]]
    return "{" + ", ".join(f"{name}: …" for name in needed[:4] or ["title"]) + "}"


def _kinds(shape: type[BaseModel], place: Sequence[int | str]) -> list[Any]:
    """Give the kinds of value that may stand at a place."""
    kinds: list[Any] = [shape]
    for part in place:
        kinds = [inside for kind in kinds for inside in _inside(kind, part)] or kinds
    return kinds


def _inside(kind: Any, part: int | str) -> Iterator[Any]:
    """Give the kinds of value behind a key, or of an entry of a list; none for a name that pydantic puts between."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = kind.model_fields.items()
        yield from (each for name, field in fields if part in (name, field.alias) for each in _single(field.annotation))
        return
    origin, arguments = get_origin(kind), get_args(kind)
    if isinstance(origin, type) and issubclass(origin, dict) and len(arguments) > 1:
        yield from _single(arguments[1])
    elif isinstance(origin, type) and issubclass(origin, list | tuple) and arguments:
        yield from _single(arguments[0])


def _single(kind: Any) -> Iterator[Any]:
    """Take a union apart, and leave out what only annotates."""
    if get_origin(kind) is Annotated:
        yield from _single(get_args(kind)[0])
    elif get_origin(kind) in (Union, UnionType):
        for each in get_args(kind):
            yield from _single(each)
    else:
        yield kind


def _keys(kind: Any) -> Iterator[str]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from (field.alias or name for name, field in kind.model_fields.items())
