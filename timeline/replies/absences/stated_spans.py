"""Read the spans of days that a note states, and their dates: without a year, of all years the span nearest to the
mail.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from timeline.calendar.london import DAY
from timeline.replies.absences.stated_days import StatedDay, day_of, meant

Span = tuple[date | None, date | None]
NO_SPAN: Span = (None, None)
NOON = 12


@dataclass(frozen=True)
class StatedSpan:
    """Hold a first and a last day, with the hours that stand beside them."""

    first: StatedDay
    last: StatedDay
    first_hour: float | None = None
    last_hour: float | None = None


def span_meant(stated: StatedSpan, near: date | None) -> Span:
    """Return both dates. Somebody who leaves in the afternoon is away from the next day; who is back in the morning of
    a day was away until the day before.
    """
    pairs = [(first, last) for last in _lasts(stated.last, near) for first in _firsts(stated.first, last, near)]
    if not pairs:
        return NO_SPAN
    first, last = min(pairs, key=lambda pair: distance(pair, near))
    if any(day.weekday not in (None, on.weekday()) for day, on in ((stated.first, first), (stated.last, last))):
        return NO_SPAN
    late = stated.first_hour is not None and stated.first_hour > NOON
    early = stated.last_hour is not None and stated.last_hour <= NOON
    return first + late * DAY, last - early * DAY


def week_meant(stated: StatedDay, near: date | None) -> Span:
    """Return the working week that begins on that Monday."""
    monday = meant(stated, near)
    return (monday, monday + timedelta(days=4)) if monday and monday.weekday() == 0 else NO_SPAN


def distance(span: Span, near: date | None) -> timedelta:
    """Return how far the day lies from the span; nothing within it."""
    first, last = span
    return max(first - near, near - last, timedelta()) if first and last and near else timedelta()


def _lasts(stated: StatedDay, near: date | None) -> Iterator[date]:
    if stated.month and not stated.year and near:
        days = (day_of(near.year + years, stated.month, stated.day) for years in (-1, 0, 1, 2))
        yield from (day for day in days if day)
    elif day := meant(stated._replace(weekday=None), near):
        yield day


def _firsts(stated: StatedDay, last: date, near: date | None) -> Iterator[date]:
    """Give the first day: "2" means the last day's month, "23 December" the latest before that day."""
    if stated.month is None and stated.day:
        days = [day_of(last.year, last.month, stated.day)]
    elif stated.month and not stated.year:
        days = [day_of(year, stated.month, stated.day) for year in (last.year, last.year - 1)]
    else:
        days = [meant(stated._replace(weekday=None), near)]
    yield from [day for day in days if day and day <= last][:1]
