"""Keep the hours in which Daymark writes to people, in Europe/London over both clock changes."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Self

from timeline.calendar.london import DAY, in_london, london_time
from timeline.calendar.working_days import WorkingCalendar


@dataclass(frozen=True)
class WorkingHours:
    """Hold the hours of a working day in which Daymark writes to people, local time, both ends included."""

    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read hours such as "08:00-18:00"; raise ValueError with a sentence for anything else."""
        matched = re.fullmatch(r"\s*(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)\s*", text, re.ASCII)
        try:
            opens, closes = (time.fromisoformat(part) for part in matched.groups()) if matched else (time(), time())
        except ValueError:
            opens = closes = time()
        if opens >= closes:
            raise ValueError(f"Working hours “{text}” were not understood: expected such as 08:00-18:00.")
        return cls(opens, closes)


def in_working_time(at: datetime, calendar: WorkingCalendar, hours: WorkingHours) -> bool:
    """Tell whether an aware instant falls in the working hours of a working day in London."""
    local = in_london(at)
    return calendar.is_working(local.date()) and hours.opens <= local.time() <= hours.closes


def next_working_instant(at: datetime, calendar: WorkingCalendar, hours: WorkingHours) -> datetime:
    """Give the first instant in working time at or after `at`, in Europe/London.

    After the last working day that the calendar knows it is the day after its end: it waits for the year to be added.
    """
    local = in_london(at)
    if in_working_time(local, calendar, hours):
        return local
    today = local.time() <= hours.closes and calendar.is_working(local.date())
    return london_time(local.date() if today else calendar.ahead(local.date(), 1), hours.opens)


def last_working_instant(at: datetime, calendar: WorkingCalendar, hours: WorkingHours) -> datetime:
    """Give the last instant in working time at or before `at`, in Europe/London."""
    local = in_london(at)
    if in_working_time(local, calendar, hours):
        return local
    early = local.time() < hours.opens
    return london_time(calendar.roll_back(local.date() - DAY if early else local.date()), hours.closes)
