"""Keep the world's own diary of what was added to the records, and tell from it how things stood on a day.

Nothing here asks the product: the days, colours and counts are worked out a second time, as the documents tell them.
"""

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.simulation.programme.given import given
from timeline.programme.programme import Programme


@dataclass(frozen=True)
class Entry:
    """Hold what somebody added: to which record, of which day, when it was entered, and what was said."""

    kind: str
    record: str
    on: date
    at: datetime
    said: dict[str, Any]


@dataclass
class Diary:
    """Hold the entries in the order in which they were entered."""

    start: date
    entries: list[Entry] = field(default_factory=list)

    @property
    def programme(self) -> Programme:
        return given(self.start)

    def of(self, kind: str, on: date, until: datetime, record: str = "") -> list[Entry]:
        """Give the entries known by an instant, of a day and earlier, by their days."""
        known = [each for each in self.entries if each.kind == kind and each.on <= on and each.at <= until]
        return sorted((each for each in known if record in ("", each.record)), key=lambda each: each.on)


def month_before(on: date) -> date:
    """Give the same day a month earlier, or that month's last."""
    year, month = (on.year, on.month - 1) if on.month > 1 else (on.year - 1, 12)
    return date(year, month, min(on.day, calendar.monthrange(year, month)[1]))


def month_after(on: date, n: int) -> date:
    """Give the same day so many months later, or that month's last."""
    count = on.year * 12 + on.month - 1 + n
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(on.day, calendar.monthrange(year, month)[1]))


def words(on: date) -> str:
    """Write a day as reports do."""
    return f"{on.day} {calendar.month_name[on.month]} {on.year}"


def number(n: int) -> str:
    """Write a count as reports do."""
    return "fewer than 5" if n in (1, 2, 3, 4) else str(n)


def colour(diary: Diary, key: str, on: date, until: datetime) -> str:
    """Give the colour of an action on a day, from what was said of it by then."""
    action = diary.programme.actions[key]
    said = diary.of("progress", on, until, f"actions.{key}")
    moved = diary.of("rebase", on, until, f"actions.{key}")
    last = said[-1] if said else None
    how = last.said["progress"] if last else ""
    due = moved[-1].said["due"] if moved else action.due_on
    if how == "done":
        return "green"
    if (due and due < on) or how == "needs help":
        return "red"
    if how == "slipping":
        return "amber"
    if action.starts_on and on < action.starts_on:
        return "grey"
    expected = [each.said["expected"] for each in said if each.said["expected"]]
    later = not last or any(each.on > last.on for each in moved)
    forecast = due if later or not expected else expected[-1]
    if forecast and action.due_on and forecast > action.due_on:
        return "amber"
    since = last.on if last else action.starts_on
    if since and month_after(since, 1) < on:
        return "amber"
    return {"": "grey", "not started": "grey"}.get(how, "green")
