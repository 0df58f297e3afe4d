"""Tell dates, clock times and months in London: the only place that turns an instant into a date and back.

The zone and the arithmetic of months are pendulum's. Every value that leaves is a plain `date` or `datetime`, because
pendulum's own types are unknown to columns and JSON, and lose a foreign zone when they are copied.
"""

from datetime import date, datetime, time, timedelta

import pendulum

LONDON = pendulum.timezone("Europe/London")
DAY = timedelta(days=1)


def in_london(at: datetime) -> datetime:
    """Give the same instant on London's clock. Raises ValueError for an instant without a zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone: an instant must say which.")
    local = at.astimezone(LONDON)
    return datetime.combine(local.date(), local.time().replace(fold=local.fold), tzinfo=LONDON)


def london_date(at: datetime) -> date:
    """Give the date in London at an aware instant."""
    return at.astimezone(LONDON).date()


def london_time(on: date, clock: time) -> datetime:
    """Give the instant at which London's clock shows `clock` on that day."""
    return datetime.combine(on, clock, tzinfo=LONDON)


def start_of_day(on: date) -> datetime:
    """Give the first instant of a day in London."""
    return london_time(on, time.min)


def end_of_day(at: datetime) -> datetime:
    """Give the last instant of the London day of `at`: a morning run writes what the whole day will say."""
    return london_time(london_date(at), time.max)


def start_of_week(on: date) -> date:
    """Give the Monday of the week of `on`."""
    return _plain(pendulum.Date(on.year, on.month, on.day).start_of("week"))


def is_weekday(on: date) -> bool:
    """Tell whether a day lies between Monday and Friday, a bank holiday or not."""
    return pendulum.Date(on.year, on.month, on.day).day_of_week < pendulum.SATURDAY


def start_of_month(on: date) -> date:
    """Give the first day of the month of `on`."""
    return _plain(pendulum.Date(on.year, on.month, on.day).start_of("month"))


def months_after(on: date, months: int) -> date:
    """Give the same day some months later, or earlier when negative, at most the end of the month.

    Raises ValueError or OverflowError outside the years 1 to 9999.
    """
    return _plain(pendulum.Date(on.year, on.month, on.day).add(months=months))


def _plain(on: pendulum.Date) -> date:
    return date(on.year, on.month, on.day)
