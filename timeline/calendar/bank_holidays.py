"""Hold the working calendar of England and Wales: official bank holidays, proclaimed ones and closure days.

Bank holidays can be proclaimed at nine days' notice, so they are data. The data ends, and the verified span of years is
derived from it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pkgutil import get_data
from types import MappingProxyType
from typing import NamedTuple

import govuk_bank_holidays

from timeline.calendar.working_days import WEEKEND, WorkingCalendar

NO_DAYS: Mapping[date, str] = MappingProxyType({})

# New Year, Good Friday, Easter Monday, two in May, August, Christmas, Boxing Day: no year has had fewer.
BANK_HOLIDAYS_A_YEAR = 8


@dataclass(frozen=True, eq=False)
class Calendars:
    """Hold both calendars: `law` counts legal dates; `office` adds the council's closure days, which move working dates
    only.
    """

    law: WorkingCalendar
    office: WorkingCalendar


class Proclamation(NamedTuple):
    """Hold bank holidays proclaimed out of turn; until `known_on` the calendar had the days of `instead_of`."""

    known_on: date
    days: frozenset[date]
    instead_of: Mapping[date, str] = NO_DAYS


# The announcements on GOV.UK, in order. A replay of an earlier decision must not use a later announcement.
PROCLAMATIONS = (
    Proclamation(date(2019, 6, 7), frozenset({date(2020, 5, 8)}), {date(2020, 5, 4): "Early May bank holiday"}),
    Proclamation(
        date(2020, 11, 12),
        frozenset({date(2022, 6, 2), date(2022, 6, 3)}),
        {date(2022, 5, 30): "Spring bank holiday"},
    ),
    Proclamation(date(2022, 9, 10), frozenset({date(2022, 9, 19)})),
    Proclamation(date(2022, 11, 6), frozenset({date(2023, 5, 8)})),
)


@cache
def official() -> Mapping[date, str]:
    """Give the bank holidays of England and Wales as GOV.UK published them, from the library's bundled copy."""
    # The library's class reads the same file, but its import takes an HTTP client with it, which would slow down
    # every command. The division matters: without it Easter Monday is a working day.
    published = json.loads(get_data(govuk_bank_holidays.__name__, "bank-holidays.json") or "")
    days = published["england-and-wales"]["events"]
    return MappingProxyType({date.fromisoformat(day["date"]): _named(day["title"], day["notes"]) for day in days})


def _named(title: str, notes: str) -> str:
    """Name a bank holiday so that nobody who reads "Monday 28 December (Boxing Day)" takes it for a slip."""
    return f"{title}, substitute day" if notes.casefold() == "substitute day" else title


@cache
def official_on(known_on: date) -> Mapping[date, str]:
    """Give the official bank holidays as they were known on a day, before later ones were proclaimed."""
    days = dict(official())
    for proclamation in PROCLAMATIONS:
        if known_on < proclamation.known_on:
            days = {on: name for on, name in days.items() if on not in proclamation.days}
            days |= proclamation.instead_of
    return MappingProxyType(days)


def calendars(
    proclaimed: Mapping[date, str] = NO_DAYS, closures: Mapping[date, str] = NO_DAYS, known_on: date = date.max
) -> Calendars:
    """Make both views from the official days, the days a council adds with their names, and its closure days.

    `known_on` asks for the days as they were known then; without it they are as known by now.

    A year is verified when at least eight bank holidays are known in it, official or proclaimed, so that a
    council can add the next year itself.
    """
    known = max(
        (proclamation.known_on for proclamation in PROCLAMATIONS if proclamation.known_on <= known_on), default=date.min
    )
    return _calendars(tuple(sorted(proclaimed.items())), tuple(sorted(closures.items())), known)


@lru_cache(maxsize=256)
def _calendars(
    proclaimed: Iterable[tuple[date, str]], closures: Iterable[tuple[date, str]], known_on: date
) -> Calendars:
    law = dict(proclaimed) | dict(official_on(known_on))
    first, last = _verified_years(law)
    span = date(first, 1, 1), date(last, 12, 31)
    return Calendars(WorkingCalendar(law, *span), WorkingCalendar(dict(closures) | law, *span))


def _verified_years(law: Iterable[date]) -> tuple[int, int]:
    known = Counter(on.year for on in law if on.weekday() not in WEEKEND)
    complete = {year for year, days in known.items() if days >= BANK_HOLIDAYS_A_YEAR}
    first = last = min(on.year for on in official())
    while first - 1 in complete:
        first -= 1
    while last + 1 in complete:
        last += 1
    return first, last
