"""The working calendar of England and Wales: official bank holidays, proclaimed ones and closure days.

Bank holidays can be proclaimed at nine days' notice, so they are data, and the data ends: the span that is
verified is derived from them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType

from govuk_bank_holidays.bank_holidays import BankHolidays

from timeline.hours import LONDON, WorkingHours, in_working_time, last_working_instant, next_working_instant
from timeline.working_days import DAY, WEEKEND, BeyondCalendar, WorkingCalendar, months_after

__all__ = [
    "DAY",
    "LONDON",
    "BeyondCalendar",
    "Calendars",
    "WorkingCalendar",
    "WorkingHours",
    "calendars",
    "in_working_time",
    "last_working_instant",
    "months_after",
    "next_working_instant",
    "official",
]

NO_DAYS: Mapping[date, str] = MappingProxyType({})

# New Year, Good Friday, Easter Monday, two in May, August, Christmas, Boxing Day: no year has had fewer.
BANK_HOLIDAYS_A_YEAR = 8


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
    known = Counter(on.year for on in law if on.weekday() not in WEEKEND)
    complete = {year for year, days in known.items() if days >= BANK_HOLIDAYS_A_YEAR}
    first = last = min(on.year for on in official())
    while first - 1 in complete:
        first -= 1
    while last + 1 in complete:
        last += 1
    return first, last
