"""Which days count: the working days of England and Wales, and the hours in which we write to people.

A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England and Wales
(SI 2007/462 reg 1(2)). Bank holidays are proclaimed, sometimes at nine days' notice, so they are data: past
the last verified year every question is refused, never guessed.
"""

import re
from bisect import bisect, bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import Self
from zoneinfo import ZoneInfo

from govuk_bank_holidays.bank_holidays import BankHolidays

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
NO_DAYS: Mapping[date, str] = MappingProxyType({})

# New Year, Good Friday, Easter Monday, two in May, August, Christmas, Boxing Day: no year has had fewer.
BANK_HOLIDAYS_A_YEAR = 8
_WEEKEND = {5: "a Saturday", 6: "a Sunday"}


class BeyondCalendar(ValueError):  # noqa: N818 (it reads as what it says)
    """A working day was asked for in a year whose bank holidays are not known; the text is the remedy."""


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """One view of which days are off, with their names, from `first_on` to `last_on` (both included).

    Every method raises BeyondCalendar when it would have to look outside that span.
    """

    days_off: Mapping[date, str]
    first_on: date
    last_on: date

    def is_working(self, on: date) -> bool:
        return self.why_off(on) is None

    def why_off(self, on: date) -> str | None:
        """The name of the day ("Summer bank holiday"), "a Saturday" or "a Sunday"; None on a working day."""
        self._offset(on)
        return self.days_off.get(on) or _WEEKEND.get(on.weekday())

    def add(self, on: date, n: int) -> date:
        """The n-th working day after `on` (n ≥ 1): `on` is day 0, day 1 is the next working day."""
        return self._nth(self._through[self._offset(on)] + _at_least_one(n) - 1)

    def subtract(self, on: date, n: int) -> date:
        """The n-th working day before `on` (n ≥ 1): `on` is day 0, day 1 is the working day before it."""
        return self._nth(self._before(on) - _at_least_one(n))

    def roll_back(self, on: date) -> date:
        """The last working day on or before `on`."""
        return self._nth(self._through[self._offset(on)] - 1)

    def roll_forward(self, on: date) -> date:
        """The next working day on or after `on`."""
        return self._nth(self._before(on))

    def days_between(self, start_on: date, end_on: date) -> int:
        """How many working days lie after `start_on`, up to and including `end_on`; 0 when not after."""
        start, end = self._offset(start_on), self._offset(end_on)
        return max(0, self._through[end] - self._through[start])

    def holidays_between(self, start_on: date, end_on: date) -> Iterator[tuple[date, str]]:
        """The named days off strictly between two dates that are not at a weekend, in order."""
        inside = self._named[bisect(self._named, start_on) : bisect_left(self._named, end_on)]
        return ((on, self.days_off[on]) for on in inside)

    @cached_property
    def _named(self) -> list[date]:
        return sorted(on for on in self.days_off if on.weekday() not in _WEEKEND)

    @cached_property
    def _working(self) -> list[date]:
        span = (self.first_on + n * DAY for n in range((self.last_on - self.first_on).days + 1))
        return [on for on in span if on.weekday() not in _WEEKEND and on not in self.days_off]

    @cached_property
    def _through(self) -> list[int]:
        """For each day of the span, how many working days there are up to and including it."""
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


@dataclass(frozen=True, eq=False)
class Calendars:
    """`law` counts legal dates; `office` adds the council's closure days, which move working dates only."""

    law: WorkingCalendar
    office: WorkingCalendar


@cache
def official() -> Mapping[date, str]:
    """The bank holidays of England and Wales as GOV.UK published them, from the library's bundled copy."""
    # Without the division Easter Monday is a working day; without the cached copy the library downloads.
    published = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return MappingProxyType({day["date"]: day["title"] for day in published})


def calendars(proclaimed: Mapping[date, str] = NO_DAYS, closures: Mapping[date, str] = NO_DAYS) -> Calendars:
    """Both views, from the official days, those a council adds with their names, and its closure days.

    A year is verified when at least eight bank holidays are known in it, official or proclaimed, so that a
    council can add the year after the last one itself.
    """
    return _calendars(tuple(sorted(proclaimed.items())), tuple(sorted(closures.items())))


@lru_cache(maxsize=128)
def _calendars(proclaimed: Iterable[tuple[date, str]], closures: Iterable[tuple[date, str]]) -> Calendars:
    law = dict(proclaimed) | dict(official())
    first, last = _verified_years(law)
    span = date(first, 1, 1), date(last, 12, 31)
    return Calendars(WorkingCalendar(law, *span), WorkingCalendar(dict(closures) | law, *span))


def _verified_years(law: Iterable[date]) -> tuple[int, int]:
    known = Counter(on.year for on in law if on.weekday() not in _WEEKEND)
    complete = {year for year, days in known.items() if days >= BANK_HOLIDAYS_A_YEAR}
    first = last = min(on.year for on in official())
    while first - 1 in complete:
        first -= 1
    while last + 1 in complete:
        last += 1
    return first, last


@dataclass(frozen=True)
class WorkingHours:
    """The hours of a working day in which we write to people, local time, both ends included."""

    opens: time
    closes: time

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads "08:00-18:00"; ValueError with one sentence for anything else."""
        found = re.fullmatch(r"\s*(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)\s*", text, re.ASCII)
        try:
            opens, closes = (
                (time.fromisoformat(part) for part in found.groups()) if found else (time(), time())
            )
        except ValueError:
            opens = closes = time()
        if opens >= closes:
            raise ValueError(f"Working hours “{text}” were not understood: expected such as 08:00-18:00.")
        return cls(opens, closes)


def in_working_time(at: datetime, calendar: WorkingCalendar, hours: WorkingHours) -> bool:
    """Whether an aware instant falls in the working hours of a working day in London."""
    local = _in_london(at)
    return calendar.is_working(local.date()) and hours.opens <= local.time() <= hours.closes


def next_working_instant(at: datetime, calendar: WorkingCalendar, hours: WorkingHours) -> datetime:
    """The first instant in working time at or after `at`, in Europe/London."""
    local = _in_london(at)
    if in_working_time(local, calendar, hours):
        return local
    late = local.time() > hours.closes
    return _combine(calendar.roll_forward(local.date() + DAY if late else local.date()), hours.opens)


def last_working_instant(at: datetime, calendar: WorkingCalendar, hours: WorkingHours) -> datetime:
    """The last instant in working time at or before `at`, in Europe/London."""
    local = _in_london(at)
    if in_working_time(local, calendar, hours):
        return local
    early = local.time() < hours.opens
    return _combine(calendar.roll_back(local.date() - DAY if early else local.date()), hours.closes)


def _in_london(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone: an instant must say which.")
    return at.astimezone(LONDON)


def _combine(on: date, clock: time) -> datetime:
    return datetime.combine(on, clock, tzinfo=LONDON)


def _at_least_one(n: int) -> int:
    if n < 1:
        raise ValueError(f"Counted {n} working days, expected at least 1.")
    return n
