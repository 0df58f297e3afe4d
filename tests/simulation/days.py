"""Hold a calendar of the simulation's own: which days are off, counted one by one."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from tests.timeline.second_count import official

DAY = timedelta(days=1)
_OPENS, _CLOSES = time(8), time(18)


def last_sunday(year: int, month: int) -> date:
    on = date(year, month, 31)
    return on - timedelta(days=(on.weekday() + 1) % 7)


def london(at: datetime) -> datetime:
    """Give the wall clock in London without a time zone, from the rule of the two last Sundays and nothing else."""
    utc = at.astimezone(UTC).replace(tzinfo=None)
    begins = datetime.combine(last_sunday(utc.year, 3), time(1))
    ends = datetime.combine(last_sunday(utc.year, 10), time(1))
    return utc + timedelta(hours=1) if begins <= utc < ends else utc


class Days:
    """Tell which days the council works, as somebody knew on one day."""

    def __init__(self, proclaimed: Iterable[date], closures: Iterable[date], known_on: date) -> None:
        self.off = frozenset({*_official(_epoch(known_on)), *proclaimed, *closures})

    def works(self, on: date) -> bool:
        return on.weekday() < 5 and on not in self.off

    def after(self, on: date, n: int) -> date:
        """Give day n after an event, the event being day 0 whatever day it is; before it when n is negative."""
        step = DAY if n > 0 else -DAY
        for _ in range(abs(n)):
            on += step
            while not self.works(on):
                on += step
        return on

    def in_hours(self, at: datetime) -> bool:
        local = london(at)
        return self.works(local.date()) and _OPENS <= local.time() <= _CLOSES


# When the official list itself changed.
_EPOCHS = (date.min, date(2019, 6, 7), date(2020, 11, 12), date(2022, 9, 10), date(2022, 11, 6))


def _epoch(known_on: date) -> date:
    return max(day for day in _EPOCHS if day <= known_on)


def new_list_since(on: date, *, until: date) -> bool:
    """Tell whether the official list changed on a day from `on` to `until`."""
    return any(on <= day <= until for day in _EPOCHS)


@lru_cache(maxsize=8)
def _official(known_on: date) -> frozenset[date]:
    return frozenset(official(known_on))
