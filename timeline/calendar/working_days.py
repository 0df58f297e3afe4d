"""Hold a view of which days are off, and the counting of working days in it.

A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England and Wales
(SI 2007/462 reg 1(2)). Outside the years whose bank holidays are known every question is refused, never guessed.
"""

from bisect import bisect, bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate

from timeline.calendar.london import DAY

WEEKEND = {5: "a Saturday", 6: "a Sunday"}


class BeyondCalendar(ValueError):
    """Report a question about working days in a year whose bank holidays are not known; the text says the remedy."""


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """Hold a view of which days are off, with their names, from `first_on` to `last_on` (both included).

    Every method raises BeyondCalendar when it would have to look outside that span.
    """

    days_off: Mapping[date, str]
    first_on: date
    last_on: date

    def is_working(self, on: date) -> bool:
        return self.why_off(on) is None

    def why_off(self, on: date) -> str | None:
        """Give the name of the day ("Summer bank holiday"), "a Saturday" or "a Sunday"; None on a working day."""
        self._offset(on)
        return self.days_off.get(on) or WEEKEND.get(on.weekday())

    def add(self, on: date, n: int) -> date:
        """Give the n-th working day after `on` (n ≥ 1): `on` is day 0, day 1 is the next working day."""
        return self._nth(self._through[self._offset(on)] + _at_least_one(n) - 1)

    def ahead(self, on: date, n: int) -> date:
        """Give the same as far as the calendar goes, else the day after its end: for what is looked ahead to.

        No date of a duty is counted so: it is refused past the calendar.
        """
        index = self._through[self._offset(on)] + _at_least_one(n) - 1
        return self._working[index] if index < len(self._working) else self.last_on + DAY

    def subtract(self, on: date, n: int) -> date:
        """Give the n-th working day before `on` (n ≥ 1): `on` is day 0, day 1 is the working day before it."""
        return self._nth(self._before(on) - _at_least_one(n))

    def roll_back(self, on: date) -> date:
        """Give the last working day on or before `on`."""
        return self._nth(self._through[self._offset(on)] - 1)

    def roll_forward(self, on: date) -> date:
        """Give the next working day on or after `on`."""
        return self._nth(self._before(on))

    def days_between(self, start_on: date, end_on: date) -> int:
        """Count the working days after `start_on`, up to and including `end_on`; 0 when `end_on` is not later."""
        start, end = self._offset(start_on), self._offset(end_on)
        return max(0, self._through[end] - self._through[start])

    def holidays_between(self, start_on: date, end_on: date) -> Iterator[tuple[date, str]]:
        """Give the named days off strictly between two dates in order, without those at a weekend."""
        inside = self._named[bisect(self._named, start_on) : bisect_left(self._named, end_on)]
        return ((on, self.days_off[on]) for on in inside)

    @cached_property
    def _named(self) -> list[date]:
        return sorted(on for on in self.days_off if on.weekday() not in WEEKEND)

    @cached_property
    def _working(self) -> list[date]:
        span = (self.first_on + n * DAY for n in range((self.last_on - self.first_on).days + 1))
        return [on for on in span if on.weekday() not in WEEKEND and on not in self.days_off]

    @cached_property
    def _through(self) -> list[int]:
        """Count, for each day of the span, the working days up to and including it."""
        working = set(self._working)
        length = (self.last_on - self.first_on).days + 1
        return list(accumulate(int(self.first_on + n * DAY in working) for n in range(length)))

    def _before(self, on: date) -> int:
        offset = self._offset(on)
        return self._through[offset - 1] if offset else 0

    def _offset(self, on: date) -> int:
        if not self.first_on <= on <= self.last_on:
            raise BeyondCalendar(self._remedy(on.year))
        return (on - self.first_on).days

    def _nth(self, index: int) -> date:
        if index < 0:
            raise BeyondCalendar(self._remedy(self.first_on.year - 1))
        if index >= len(self._working):
            raise BeyondCalendar(self._remedy(self.last_on.year + 1))
        return self._working[index]

    def _remedy(self, year: int) -> str:
        first, last = self.first_on.year, self.last_on.year
        missing = (last + 1, year) if year > last else (year, first - 1)
        years = f"{missing[0]}" if missing[0] == missing[1] else f"{missing[0]} to {missing[1]}"
        upgrade = "upgrade the govuk-bank-holidays package, or " if year > last else ""
        return (
            f"The bank holidays of {years} are not known (the calendar is verified for {first} to {last}): "
            f"{upgrade}list every bank holiday of {years} yourself "
            "(proclaimed_bank_holidays in a timeline, --holiday on the command line)."
        )


def _at_least_one(n: int) -> int:
    if n < 1:
        raise ValueError(f"Counted {n} working days, expected at least 1.")
    return n
