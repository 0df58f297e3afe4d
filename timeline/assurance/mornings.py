"""The instants by which a day's prompts must stand in the ledger, and how long somebody had to send them."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from timeline.calendar import LONDON, WorkingCalendar, WorkingHours

# The last flow that writes the day's prompts begins at 07:40 (prefect.yaml).
WRITTEN_BY = time(7, 45)
_DAY = timedelta(days=1)
_FRIDAY = 4


def morning_before(at: datetime) -> datetime:
    """The latest instant up to `at` by which a day's prompts must have been written: a weekday's, as flows run."""
    local = at.astimezone(LONDON)
    on = local.date() if local.time() >= WRITTEN_BY else local.date() - _DAY
    while on.weekday() > _FRIDAY:
        on -= _DAY
    return datetime.combine(on, WRITTEN_BY, LONDON)


def mornings_between(since: datetime, until: datetime) -> Iterator[datetime]:
    """Those after `since` and before `until`, the first first."""
    at = morning_before(until - timedelta(microseconds=1))
    found = []
    while at > since:
        found.append(at)
        at = morning_before(at - timedelta(microseconds=1))
    yield from reversed(found)


def working_time(since: datetime, until: datetime, office: WorkingCalendar, hours: WorkingHours) -> timedelta:
    """How much working time lies between two instants."""
    since, until = since.astimezone(LONDON), until.astimezone(LONDON)
    total, on = timedelta(), since.date()
    while on <= until.date():
        if office.is_working(on):
            opens = max(since, datetime.combine(on, hours.opens, LONDON))
            total += max(min(until, datetime.combine(on, hours.closes, LONDON)) - opens, timedelta())
        on += _DAY
    return total
