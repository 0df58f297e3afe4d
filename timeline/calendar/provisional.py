"""Work out the bank holidays of the years after the calendar, provisionally, by the Act of 1971 and by custom.

They are a guess, and every date counted on them says so. A proclamation may add to them or move them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import count

from dateutil.easter import easter

from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.london import DAY
from timeline.calendar.working_days import WEEKEND, WorkingCalendar

YEARS = 3
_MONDAY = 0


@lru_cache(maxsize=64)
def provisional(calendars: Calendars) -> Calendars:
    """Give the same calendars with the years that follow them."""
    last_on = calendars.law.last_on
    years = range(last_on.year + 1, last_on.year + 1 + YEARS)
    guessed = {on: name for year in years for on, name in holidays_of(year)}
    until = date(years[-1], 12, 31)
    law, office = (
        WorkingCalendar({**guessed, **each.days_off}, each.first_on, until)
        for each in (calendars.law, calendars.office)
    )
    return Calendars(law, office)


def holidays_of(year: int) -> Iterator[tuple[date, str]]:
    """Give the days of a year: Schedule 1 to the Act, New Year's Day, Good Friday and the Monday proclaimed in May."""
    sunday = easter(year)
    yield _next_free(date(year, 1, 1), set()), "New Year's Day"
    yield sunday - 2 * DAY, "Good Friday"
    yield sunday + DAY, "Easter Monday"
    yield _monday_from(date(year, 5, 1)), "Early May bank holiday"
    yield _monday_from(date(year, 5, 25)), "Spring bank holiday"
    yield _monday_from(date(year, 8, 25)), "Summer bank holiday"
    christmas = _next_free(date(year, 12, 25), {date(year, 12, 26)})
    yield christmas, "Christmas Day"
    yield _next_free(date(year, 12, 26), {christmas}), "Boxing Day"


def _next_free(on: date, taken: set[date]) -> date:
    """Give the day itself, or the next that is neither at a weekend nor a holiday already."""
    days = (on + n * DAY for n in count())
    return next(day for day in days if day.weekday() not in WEEKEND and (day == on or day not in taken))


def _monday_from(on: date) -> date:
    return on + timedelta(days=(_MONDAY - on.weekday()) % 7)
