"""Hold rows by a key of theirs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

Row = TypeVar("Row")


def indexed(rows: Iterable[Row], key: Callable[[Row], str]) -> Mapping[str, Sequence[Row]]:
    """Give the rows of each key, in their order."""
    index: dict[str, list[Row]] = {}
    for row in rows:
        index.setdefault(key(row), []).append(row)
    return index
