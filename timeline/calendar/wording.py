"""Word dates and counts as people say them, always with the weekday."""

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime
from difflib import get_close_matches
from textwrap import shorten

from timeline.calendar.london import DAY, in_london
from timeline.calendar.working_days import BeyondCalendar, WorkingCalendar

# Not strftime: its names follow the locale of the machine.
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def long_date(on: date) -> str:
    """Give words such as "Thursday 28 November 2019"."""
    return f"{day_month(on)} {on.year}"


def day_month(on: date) -> str:
    """Give words such as "Thursday 28 November"."""
    return f"{_WEEKDAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}"


def short_date(on: date) -> str:
    """Give words such as "Thu 28 Nov 2019"."""
    return f"{_WEEKDAYS[on.weekday()][:3]} {on.day} {_MONTHS[on.month - 1][:3]} {on.year}"


def in_short_dates(text: str) -> str:
    """Write the dates of a text for people: "2019-11-28 to 2019-11-29" is "Thu 28 Nov 2019 to Fri 29 Nov 2019"."""
    return _ISO.sub(lambda iso: _short_of(iso[0]), text)


def _short_of(iso: str) -> str:
    try:
        return short_date(date.fromisoformat(iso))
    except ValueError:
        return iso


def short_day(that_on: date, *, on: date) -> str:
    """Give words such as "Thu 28 Nov", with the year when it is more than ten months from `on`."""
    return short_date(that_on) if abs((that_on - on).days) > 300 else short_date(that_on).rpartition(" ")[0]


def without_year(text: str, *, on: date) -> str:
    """Leave out the year after days of this year: "Thursday 28 November 2019" is "Thursday 28 November"."""
    return re.sub(rf"({'|'.join(_MONTHS)}) {on.year}\b", r"\1", text)


def date_and_time(at: datetime) -> str:
    """Word an instant in London, such as "Thursday 28 November 2019 at 08:30"."""
    local = in_london(at)
    return f"{long_date(local.date())} at {local:%H:%M}"


def iso_date(on: date | None) -> str | None:
    """Write a date as "2019-11-28", as JSON has it; None stays None."""
    return on.isoformat() if on else None


def near_date(that_on: date, *, on: date) -> str:
    """Write the day and month, with the year when it is not the year of `on`."""
    return day_month(that_on) if that_on.year == on.year else long_date(that_on)


def plain_name(key: str) -> str:
    """Write the key of a fact or a post as people read it: "report_received" is "report received"."""
    return key.replace("_", " ")


def near(name: str, among: Collection[str]) -> str:
    """Suggest a name that is spelt alike, as a second sentence; or empty."""
    similar = get_close_matches(name, list(among), n=1)
    return f" Did you mean “{similar[0]}”?" if similar else ""


def near_address(address: str, among: Iterable[str]) -> str:
    """Suggest an address whose name is spelt alike, as a second sentence; or empty.

    Everybody's address ends alike, so the name alone tells a slip from a stranger.
    """
    by_name = {each.casefold().partition("@")[0]: each for each in among}
    similar = get_close_matches(address.casefold().partition("@")[0], by_name, n=1)
    return f" Did you mean “{by_name[similar[0]]}”?" if similar else ""


def awaited(names: Iterable[str]) -> str:
    """Name what a date waits for, such as "report received and action plan"."""
    return " and ".join(plain_name(name).replace("-", " ") for name in names)


def count(n: int, what: str) -> str:
    """Give words such as "1 working day" and "3 working days"."""
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def shortened(text: str, most: int) -> str:
    """Cut a text after a word to so many letters at most, with an ellipsis."""
    return shorten(text, most, placeholder=" …")


FEWEST = 5


def few(n: int) -> str:
    """Word a count for people outside the improvement team: a small number would tell of single people."""
    return f"fewer than {FEWEST}" if 0 < n < FEWEST else f"{n}"


def days_left(due_on: date, *, on: date, calendar: WorkingCalendar, legal_on: date | None = None) -> str:
    """Say how far off a due date is on the day `on`, without a capital or a full stop.

    "due in 3 working days (5 calendar days), Thursday 28 November"; "overdue by 2 working days (4 calendar
    days), since …". Day 1 is tomorrow. When the law allows until `legal_on`, nothing is overdue before that day has
    passed. Beyond the verified calendar only calendar days are counted.
    """
    day = near_date(due_on, on=on)
    if due_on in (on, on + DAY):
        return f"due {'today' if due_on == on else 'tomorrow'}, {day}"
    if due_on > on:
        return f"due in {_days_after(on, due_on, calendar)}, {day}"
    if legal_on is not None and legal_on >= on:
        last_day = "today" if legal_on == on else f"on {near_date(legal_on, on=on)}"
        return f"the last working day before it, {day}, has passed; it is due {last_day}"
    since_on = max(due_on, legal_on or due_on)
    return f"overdue by {_days_after(since_on, on, calendar)}, since {near_date(since_on, on=on)}"


def _days_after(start_on: date, end_on: date, calendar: WorkingCalendar) -> str:
    calendar_days = count((end_on - start_on).days, "calendar day")
    try:
        working_days = calendar.days_between(start_on, end_on)
    except BeyondCalendar:
        return calendar_days
    # "0 working days" reads like "now": a weekend lies between.
    return f"{count(working_days, 'working day')} ({calendar_days})" if working_days else calendar_days
