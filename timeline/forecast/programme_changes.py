"""Compare two statements of the improvement programme, record by record."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from timeline.calendar.wording import shortened
from timeline.forecast.changes import RECORD_ADDED, RECORD_CHANGED, RECORD_REMOVED, Change
from timeline.programme.programme import Programme

# The file's words for what the records call otherwise.
_WORDS = {"due_on": "due", "starts_on": "starts", "expires_on": "expires", "review_on": "review", "issued_on": "issued"}


def record_changes(before: Programme | None, after: Programme | None) -> Iterator[Change]:
    """Find the records that were added, changed or removed, in the order of the file; `ref` is the place of each there.

    What was added to a record (an update, a value, an assessment) changes that record.
    """
    old, new = _records(before), _records(after)
    for ref, record in new.items():
        if ref not in old:
            yield Change(change=RECORD_ADDED, ref=ref, to=_title(record))
        elif old[ref] != record:
            yield Change(change=RECORD_CHANGED, ref=ref, why=f"Its {', '.join(_differing(old[ref], record))} changed.")
    for ref, record in old.items():
        if ref not in new:
            yield Change(change=RECORD_REMOVED, ref=ref, from_=_title(record))


def _records(programme: Programme | None) -> dict[str, Any]:
    records: dict[str, Any] = {}
    for part in fields(Programme) if programme else ():
        value = getattr(programme, part.name)
        if isinstance(value, Mapping):
            records |= {f"{part.name}.{key}": record for key, record in value.items()}
        elif value:
            records[part.name] = value
    return records


def _title(record: Any) -> str:
    """Give the first words of a record by which a reader knows it."""
    words = next((getattr(record, name) for name in _TITLES if hasattr(record, name)), "")
    return shortened(words, _SHORT)


_SHORT = 80
_TITLES = ("title", "area", "words", "kind", "framework")


def _differing(old: Any, new: Any) -> Iterator[str]:
    if isinstance(old, tuple):
        yield "posts"
        return
    for part in fields(old):
        if getattr(old, part.name) != getattr(new, part.name):
            yield _WORDS.get(part.name, part.name)
