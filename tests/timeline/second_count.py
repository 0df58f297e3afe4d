"""Hold a second calculation of every date: numpy's business days, GOV.UK's own list, and a reader of rules of its own.

Nothing of `timeline/` runs here, so that a fault there cannot hide itself. What is worked out is the same promise:
the date language of docs/date-language.md and how a duty's occurrences and tasks are dated (docs/timelines.md).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from importlib.resources import files
from itertools import count, groupby, takewhile
from typing import Any, NamedTuple

import numpy as np
from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)
LEAST_BANK_HOLIDAYS = 8

# What GOV.UK announced out of turn: from when it was known, the days that came, and those that went.
LATE: tuple[tuple[date, list[str], list[str]], ...] = (
    (date(2019, 6, 7), ["2020-05-08"], ["2020-05-04"]),
    (date(2020, 11, 12), ["2022-06-02", "2022-06-03"], ["2022-05-30"]),
    (date(2022, 9, 10), ["2022-09-19"], []),
    (date(2022, 11, 6), ["2023-05-08"], []),
)

_COUNTED = re.compile(r"(\d+) (clear )?(working day|day|week|month|year)s? (after|before) (\S+)")
_STATED = re.compile(r"(?:by|on) (\S+)")
_WITHIN = re.compile(r"within (\d+) (working day|day|week|month|year)s? of (\S+)")
_BETWEEN = re.compile(r"between (\d+) and (\d+) (working day|day|week|month|year)s? after (\S+)")
_QUARTERLY = re.compile(r"quarterly from (\S+)")
_MONTHLY = re.compile(r"monthly on the (1st|2nd|3rd|4th|last) ([a-z]{3})[a-z]*day from (\S+)")
_EVERY = re.compile(r"every (\d+) (day|week|month)s? from (\S+)")
_RRULE = re.compile(
    r"RRULE:FREQ=(MONTHLY|YEARLY);(?:INTERVAL=(\d+);)?(?:BYMONTH=(\d+);)?BY(MONTHDAY|DAY)=(\S+) from (\S+)"
)
_ROLLED = re.compile(r"(.*) or (next|previous) working day")
_SERIES = (_QUARTERLY, _MONTHLY, _EVERY, _RRULE)
_ONE = (_COUNTED, _STATED, _WITHIN, _BETWEEN)


class Beyond(Exception):
    """Report that a day is needed whose bank holidays are not known."""


class Found(NamedTuple):
    """Hold one date with its working date (None when that is not known), or the last day of a window with its first."""

    legal_on: date
    working_on: date | None
    opens_on: date | None = None

    def __str__(self) -> str:
        window = f"{self.opens_on} to " if self.opens_on else ""
        return f"{window}{self.legal_on} (working {self.working_on})"


def official(known_on: date = date.max) -> set[date]:
    """Give the bank holidays of England and Wales as GOV.UK published them, as known on a day."""
    published = json.loads(files("govuk_bank_holidays").joinpath("bank-holidays.json").read_bytes())
    days = {event["date"] for event in published["england-and-wales"]["events"]}
    for since, came, went in LATE:
        if known_on < since:
            days = (days - set(came)) | set(went)
    return {date.fromisoformat(day) for day in days}


class Days:
    """Tell what numpy knows of working days: the law's, and the council's own with its closures."""

    def __init__(
        self, proclaimed: Iterable[date] = (), closures: Iterable[date] = (), known_on: date = date.max
    ) -> None:
        law = official(known_on) | set(proclaimed)
        self.law = np.busdaycalendar(holidays=_days(law))
        self.office = np.busdaycalendar(holidays=_days(law | set(closures)))
        self.first_on = date(min(on.year for on in official(known_on)), 1, 1)
        self.last_on = date(max(on.year for on in official(known_on)), 12, 31)
        while _complete(law, self.first_on.year - 1):
            self.first_on = date(self.first_on.year - 1, 1, 1)
        while _complete(law, self.last_on.year + 1):
            self.last_on = date(self.last_on.year + 1, 12, 31)

    def needs(self, *days: date) -> None:
        """Raise Beyond unless all these days lie in the years whose bank holidays are known."""
        if min(days) < self.first_on or max(days) > self.last_on:
            raise Beyond

    def working_days_from(self, on: date, n: int) -> date:
        """Give day n after an event, or before it when n is negative; the event is day 0 whatever day it is."""
        day = _date(np.busday_offset(on, n, roll="backward" if n > 0 else "forward", busdaycal=self.law))
        self.needs(on, day)
        return day

    def notice(self, meeting_on: date, n: int) -> date:
        """Give the last day with n whole working days between it and the meeting, found by counting them for
        each day.
        """
        notices = np.datetime64(meeting_on) - np.arange(n + 1, 3 * n + 60)
        whole = np.busday_count(notices + 1, np.datetime64(meeting_on), busdaycal=self.law)
        day = _date(notices[whole >= n][0])
        self.needs(meeting_on, day + DAY)
        return day

    def working_on(self, on: date, *, forward: bool = False) -> date:
        """Give the last day on which the council works up to a date, or the next from it."""
        roll = "forward" if forward else "backward"
        day = _date(np.busday_offset(on, 0, roll=roll, busdaycal=self.office))  # type: ignore[call-overload]
        self.needs(on, day)
        return day

    def dated(self, legal_on: date, opens_on: date | None = None) -> Found:
        """Give a date with the working date beside it, where that is known."""
        try:
            return Found(legal_on, self.working_on(legal_on), opens_on)
        except Beyond:
            return Found(legal_on, None, opens_on)


def anchor_of(rule: str) -> str:
    """Tell what a rule counts from: a name or a written date; it stands last."""
    return _bare(rule).split()[-1]


def is_series(rule: str) -> bool:
    return any(form.fullmatch(_bare(rule)) for form in _SERIES)


def outcome(rule: str, dates: Mapping[str, date], days: Days) -> Found:
    """Give the date, or the window, that a rule gives; raises Beyond, and KeyError for a name without a date."""
    given = _outcome(_bare(rule), _anchor(rule, dates), days)
    rolled = _ROLLED.fullmatch(rule)
    if rolled:
        return days.dated(days.working_on(given.legal_on, forward=rolled[2] == "next"))
    return given


def _outcome(rule: str, on: date, days: Days) -> Found:
    form = next(form for form in _ONE if form.fullmatch(rule))
    said = form.fullmatch(rule)
    assert said
    if form is _STATED:
        return days.dated(on)
    if form is _WITHIN:
        return days.dated(_moved(on, int(said[1]), said[2], days), on)
    if form is _BETWEEN:
        opens_on, closes_on = (_moved(on, int(said[k]), said[3], days) for k in (1, 2))
        return days.dated(closes_on, opens_on)
    n = int(said[1])
    if said[2]:
        return days.dated(days.notice(on, n) if said[3] == "working day" else on - (n + 1) * DAY)
    return days.dated(_moved(on, n if said[4] == "after" else -n, said[3], days))


def _moved(on: date, n: int, unit: str, days: Days) -> date:
    if unit == "working day":
        return days.working_days_from(on, n)
    by: dict[str, Any] = {f"{unit}s": n}
    return on + relativedelta(**by)


def every(rule: str, dates: Mapping[str, date], days: Days, *, until: date) -> list[Found]:
    """Give the elements of a series that open up to `until` (included): the k-th is the k-th of the list."""
    begin_on, rolled = _anchor(rule, dates), _ROLLED.fullmatch(rule)
    said = _QUARTERLY.fullmatch(rule)
    if said:
        openings = (begin_on + relativedelta(months=3 * k) for k in count())
        windows = ((begin_on + relativedelta(months=3 * k) - DAY, on) for k, on in enumerate(openings, start=1))
        return [days.dated(*window) for window in takewhile(lambda window: window[1] <= until, windows)]
    if not rolled:
        return [days.dated(on) for on in _days_of(_bare(rule), begin_on, until)]
    later = until if rolled[2] == "next" else until + 14 * DAY
    moved = (days.working_on(on, forward=rolled[2] == "next") for on in _days_of(_bare(rule), begin_on, later))
    return [days.dated(on) for on, _ in groupby(moved) if on <= until]


def _days_of(rule: str, begin_on: date, until: date) -> Iterator[date]:
    said = _EVERY.fullmatch(rule)
    if said:
        by: dict[str, Any] = {f"{said[2]}s": int(said[1])}
        days = (begin_on + relativedelta(**{unit: n * k for unit, n in by.items()}) for k in count())
        return takewhile(lambda on: on <= until, days)
    said = _RRULE.fullmatch(rule)
    if said:
        repeated = (_in_month(month, said[4], said[5]) for month in _months(begin_on, said[1], said[2], said[3]))
        return takewhile(lambda on: on <= until, (on for on in repeated if on >= begin_on))
    said = _MONTHLY.fullmatch(rule)
    assert said, rule
    months = (begin_on.replace(day=1) + relativedelta(months=k) for k in count())
    meetings = (_weekday_of(month, said[1], said[2]) for month in months)
    return takewhile(lambda on: on <= until, (on for on in meetings if on >= begin_on))


def _months(begin_on: date, often: str, interval: str | None, month: str | None) -> Iterator[date]:
    """Give the first day of every month that a recurrence names, from the month (or year) in which it begins."""
    start = begin_on.replace(day=1, month=int(month or begin_on.month))
    step = int(interval or 1) * (12 if often == "YEARLY" else 1)
    return (start + relativedelta(months=step * k) for k in count())


def _in_month(month: date, by: str, which: str) -> date:
    """Give `BYMONTHDAY=1` or `BYDAY=2WE`."""
    if by == "MONTHDAY":
        return month.replace(day=int(which))
    names = {"MO": "Mon", "TU": "Tue", "WE": "Wed", "TH": "Thu", "FR": "Fri"}
    return _weekday_of(month, which[:-2], names[which[-2:]])


def _weekday_of(month: date, nth: str, weekday: str) -> date:
    """Give numpy's own recipe: in a week whose only working day is the Tuesday, the second one is a Tuesday."""
    start = month + relativedelta(months=1) if nth == "last" else month
    n = -1 if nth == "last" else int(nth[0]) - 1
    return _date(np.busday_offset(start, n, roll="forward", weekmask=weekday.capitalize()))


def _bare(rule: str) -> str:
    rolled = _ROLLED.fullmatch(rule)
    return rolled[1] if rolled else rule


def _anchor(rule: str, dates: Mapping[str, date]) -> date:
    name = anchor_of(rule)
    return date.fromisoformat(name) if name[0].isdigit() else dates[name]


def _complete(law: set[date], year: int) -> bool:
    return sum(on.year == year and on.weekday() < 5 for on in law) >= LEAST_BANK_HOLIDAYS


def _days(days: Iterable[date]) -> "np.typing.NDArray[np.datetime64]":
    return np.array(sorted(days), dtype="datetime64[D]")


def _date(given: Any) -> date:
    on: date = np.datetime64(given, "D").item()
    return on
