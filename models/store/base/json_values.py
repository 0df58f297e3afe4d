"""Write dataclasses of `timeline` as JSON: one text for one value, so that texts and digests can be compared."""

import json
from collections.abc import Hashable, Mapping
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


class UnreadableRow(ValueError):
    """Report a row that is not as Daymark writes it, as a sentence that quotes nothing of it."""

    def __init__(self, kind: Any) -> None:
        name = getattr(kind, "__name__", str(kind))
        super().__init__(
            f"What the database holds of this council cannot be read (a {name} is not as Daymark writes it): another "
            "hand may have changed it. Bring a backup back with daymark restore."
        )


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def written(value: object, kind: Any = None) -> str:
    """Write a dataclass (of `kind`, else its own class) as canonical JSON."""
    return canonical(plain(value, kind))


def plain(value: object, kind: Any = None) -> Any:
    """Give a dataclass (of `kind`, else its own class) as plain values, which `canonical` writes."""
    return _adapter(cast("Hashable", kind or type(value))).dump_python(value)


def compact(value: object) -> str:
    """Write a dataclass as JSON that is stored and never compared: its maps may have dates for keys."""
    return _adapter(cast("Hashable", type(value))).dump_json(value).decode()


def read(kind: type[T], definition: str) -> T:
    """Read a dataclass of that kind from its JSON. Raise UnreadableRow."""
    return cast("T", _read(kind, definition))


def recall(kind: type[T], definition: str) -> T:
    """Read a frozen dataclass that names no person: a text that was read before gives the same value. Raise
    UnreadableRow.

    Each step of a run reads the milestones of a council, nearly all of them as they were. People are never kept so:
    what is erased leaves the memory of every process.
    """
    return cast("T", _recall(cast("Hashable", kind), definition))


@lru_cache(maxsize=4096)
def _recall(kind: Any, definition: str) -> Any:
    return _read(kind, definition)


def _read(kind: Any, definition: str) -> Any:
    try:
        return _adapter(cast("Hashable", kind)).validate_json(definition)
    except ValidationError:
        # Its words quote the row, which may hold names and addresses.
        raise UnreadableRow(kind) from None


def canonical(plain: object) -> str:
    """Give JSON with sorted keys and no spaces; the same for equal values in every process."""
    return _CANONICAL.encode(plain)


def storable(text: str) -> str:
    """Drop from a text what a database refuses (NUL on PostgreSQL, halves of surrogate pairs on both)."""
    # Nearly every text: what a database refuses is not printable.
    return text if text.isprintable() else text.encode("utf-8", "replace").decode().replace("\0", "")


def only_text(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _executemany: Any
) -> tuple[str, Any]:
    """Drop from every text what a database refuses: strangers write into mails, pages and reports what they like."""
    return statement, parameters if _is_storable(parameters) else storable_values(parameters)


def _is_storable(parameters: Any) -> bool:
    """Tell quickly that no text of a single row needs any care, as nearly always."""
    values = parameters.values() if isinstance(parameters, dict) else parameters
    return all(type(each) in _NO_TEXTS or (type(each) is str and each.isprintable()) for each in values)


_NO_TEXTS = frozenset({int, float, bool, type(None), datetime, date})


def storable_values(given: Any) -> Any:
    """Drop it from every text in rows of values."""
    if isinstance(given, str):
        return storable(given)
    if isinstance(given, Mapping):
        return {name: storable_values(value) for name, value in given.items()}
    return type(given)(map(storable_values, given)) if isinstance(given, list | tuple) else given


def digest_of(text: str) -> str:
    """Give the SHA-256 in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        # The order of a set differs from process to process.
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in a definition.")


# Built once: an answer writes a dozen values.
_CANONICAL = json.JSONEncoder(default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
