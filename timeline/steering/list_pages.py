"""Divide a long list into pages, and tell which part of it a page shows."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from timeline.steering.narrowing import NotOffered

_BESIDE = 1

T = TypeVar("T")


class ListPage(NamedTuple):
    """Hold a page of a list by its number, which begins at 1, with how many entries the whole list and a page have."""

    number: int
    of: int
    size: int

    @property
    def last(self) -> int:
        """Give the number of the last page; an empty list has a single page."""
        return max(1, -(-self.of // self.size))

    @property
    def from_entry(self) -> int:
        """Give the number of its first entry, counted from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def to_entry(self) -> int:
        return min(self.number * self.size, self.of)

    def entries(self, whole: Sequence[T]) -> Sequence[T]:
        """Give its part of the list."""
        return whole[self.from_entry - 1 : self.to_entry]

    def offered(self) -> Iterator[int | None]:
        """Give the pages that links lead to: the first, the last and those beside this page; None where some are left
        out.
        """
        shown = {1, *range(self.number - _BESIDE, self.number + _BESIDE + 1), self.last}
        before = 0
        for page in sorted(shown & {*range(1, self.last + 1)}):
            # A gap of a single page takes as much room as its number.
            if page - before == 2:
                yield page - 1
            elif page - before > 2:
                yield None
            yield page
            before = page


def list_page(typed: str, of: int, *, size: int) -> ListPage:
    """Read the number of a page of a list with so many entries; nothing typed is the first. Raise NotOffered."""
    last = ListPage(1, of, size).last
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= len(f"{last}") else 0
    if not typed or 1 <= number <= last:
        return ListPage(number or 1, of, size)
    expected = f"a number from 1 to {last:,}" if last > 1 else "1, because the list has a single page"
    raise NotOffered(f"There is no page “{typed}” of this list; expected {expected}.")
