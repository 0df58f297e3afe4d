"""Tell the instants by which a day's prompts must be in the ledger, and the working time since then."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from timeline.calendar.london import DAY, in_london, is_weekday, london_time
from timeline.calendar.schedules import FROM_WRITTEN_TO_ASSURANCE, WRITTEN_BY
from timeline.calendar.working_days import WorkingCalendar
from timeline.calendar.working_hours import WorkingHours


def morning_before(at: datetime) -> datetime:
    """Give the latest instant up to `at` by which a weekday's prompts must have been written."""
    local = in_london(at)
    on = local.date() if local.time() >= WRITTEN_BY else local.date() - DAY
    while not is_weekday(on):
        on -= DAY
    return london_time(on, WRITTEN_BY)


def look_before(at: datetime) -> datetime:
    """Give the instant of the look before that of `at`: an assurance looks each weekday at the same hour."""
    before = in_london(at) - DAY
    while not is_weekday(before.date()):
        before -= DAY
    return before


def mornings_between(since: datetime, until: datetime) -> Iterator[datetime]:
    """Give the mornings after `since` and before `until`, earliest first."""
    at = morning_before(until - timedelta(microseconds=1))
    mornings = []
    while at > since:
        mornings.append(at)
        at = morning_before(at - timedelta(microseconds=1))
    yield from reversed(mornings)


def working_time(since: datetime, until: datetime, office: WorkingCalendar, hours: WorkingHours) -> timedelta:
    """Add up the working time between two instants."""
    since, until = in_london(since), in_london(until)
    total, on = timedelta(), since.date()
    while on <= until.date():
        if office.is_working(on):
            opens = max(since, london_time(on, hours.opens))
            total += max(min(until, london_time(on, hours.closes)) - opens, timedelta())
        on += DAY
    return total


# A machine that was off in the morning does the work when it comes up.
_GRACE = timedelta(hours=1)


def is_silent(last_at: datetime | None, *, since: datetime | None, at: datetime) -> bool:
    """Tell whether a weekday's assurance is missing at `at`.

    `last_at` is when it last ran, `since` when it could first have run. Prefect asks at weekends too: then the last
    assurance was Friday's, and none is missing.
    """
    due_at = morning_before(at - _GRACE - FROM_WRITTEN_TO_ASSURANCE) + FROM_WRITTEN_TO_ASSURANCE
    first = last_at or since
    return first is not None and first < due_at
