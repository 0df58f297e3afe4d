"""Read the days on which a committee meets from an iCalendar file beside the timeline."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from icalendar import Calendar

from config.timeline_files.faults import BadInput, error
from timeline.calendar.london import in_london
from timeline.rules import RuleError
from timeline.rules.rrule import checked_rrule, recur

_FIRST_ON, _LAST_ON = date(2012, 1, 1), date(2100, 12, 31)
_EARLIEST_START = date(1990, 1, 1)
_LARGEST_BYTES = 2_000_000
_MOST_MEETINGS = 1_000
# Modern.Gov and Outlook put it into the title, and leave the status “confirmed”.
_CANCELLED = re.compile(
    r"\b(?:cancell?ed|postponed|abandoned|(?:moved|rescheduled) to|no longer (?:required|taking place))\b",
    re.IGNORECASE,
)
# Words beside the name of a body which make it another body, or no meeting of it.
_BEFORE = {"shadow", "informal", "pre", "joint", "deputy"}
_AFTER = {"member", "members", "sub", "pre", "briefing", "briefings", "agenda", "papers", "deadline", "dispatch"}
_AFTER |= {"decision", "decisions"}
# "Cabinet Procurement Sub-Committee" is a part of Cabinet, which decides for itself.
_PART = "sub"
# Other bodies are named by their field, and "Children and Families" is the Children and Families Committee.
_AFTER_EXECUTIVE = {"committee", "advisory", "assistant", "support", "working", "portfolio", "scrutiny", "office"}
_EXECUTIVE = {"cabinet", "executive"}


class Taken(NamedTuple):
    """Hold the days that were taken from a calendar, and the titles that were not, though they name the body."""

    days: tuple[date, ...]
    cancelled: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def meetings(path: Path, matches: str | None) -> Taken:
    """Read the days in London, 2012 to 2100, of the events whose title names the body `matches` in any capitals.

    Repeated events are expanded by days. Left out are cancelled events, also where only the title says so, and bodies
    of a like name ("Cabinet Member Decision"). Raises BadInput with a sentence when the file cannot be read, is larger
    than 2 MB, is no iCalendar file, or has no such event.
    """
    matches = matches or ""  # nothing given: every event is a meeting of this committee
    named = [event for event in _events(path) if matches.casefold() in _title(event).casefold()]
    own = [event for event in named if _is_of(matches, _title(event))]
    try:
        days = _days(own)
    # The library raises many kinds of errors for a property it cannot read; the file is always at fault.
    except Exception as fault:
        raise _bad(path, f"An event called “{matches}” has a day that cannot be read ({fault}).") from None
    if not days:
        raise _bad(path, f"No event from 2012 to 2100 has “{matches}” in its title; expected the committee's meetings.")
    if len(days) > _MOST_MEETINGS:
        raise _bad(path, f"More than {_MOST_MEETINGS} meetings are called “{matches}”; expected one committee's.")
    others = [_title(event) for event in named if not _is_of(matches, _title(event))]
    cancelled = [_title(event) for event in own if _is_cancelled(event)]
    return Taken(tuple(sorted(days)), tuple(dict.fromkeys(cancelled)), tuple(dict.fromkeys(others)))


def _title(event: Any) -> str:
    return str(event.get("SUMMARY", ""))


def _is_cancelled(event: Any) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED" or _CANCELLED.search(_title(event)) is not None


def _events(path: Path) -> list[Any]:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_BYTES + 1)
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        raise _bad(path, f"The file cannot be read: {why}.") from None
    if len(content) > _LARGEST_BYTES:
        raise _bad(path, "The file is larger than 2 MB; expected a calendar of one committee.")
    try:
        return list(Calendar.from_ical(content).walk("VEVENT"))
    # As above: random bytes lead to many errors.
    except Exception:
        raise _bad(path, "The file is no iCalendar file; expected one that begins with BEGIN:VCALENDAR.") from None


def _days(events: list[Any]) -> set[date]:
    """Collect the days of the events; an event that replaces an instance of a series replaces its day."""
    moved = {
        (str(event.get("UID", "")), _day(event["RECURRENCE-ID"].dt)) for event in events if "RECURRENCE-ID" in event
    }
    dates: set[date] = set()
    for event in events:
        if _is_cancelled(event):
            continue
        days = _series(event)
        if "RECURRENCE-ID" not in event:
            days = (on for on in days if (str(event.get("UID", "")), on) not in moved)
        for on in days:
            if _FIRST_ON <= on <= _LAST_ON:
                dates.add(on)
            if len(dates) > _MOST_MEETINGS:
                return dates
    return dates


def _series(event: Any) -> Iterator[date]:
    start_on = _day(event["DTSTART"].dt)
    left_out = set(_listed(event.get("EXDATE")))
    added = list(_listed(event.get("RDATE")))
    yield from (on for on in (start_on, *added, *_repeated(event, start_on)) if on not in left_out)


def _repeated(event: Any, start_on: date) -> Iterator[date]:
    given = event.get("RRULE")
    if given is None:
        return
    if isinstance(given, list):
        raise RuleError("it repeats by more than one rule")
    if start_on < _EARLIEST_START:
        raise RuleError("it repeats from before 1990")
    parts = dict(part.split("=", 1) for part in given.to_ical().decode().split(";"))
    # Only the day counts: the last day is included whole, whatever its time and zone.
    if "UNTIL" in parts:
        parts["UNTIL"] = f"{_day(given['UNTIL'][0]):%Y%m%d}"
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    yield from recur(checked_rrule(text), start_on, _LAST_ON)


def _listed(given: Any) -> Iterator[date]:
    for property_ in given if isinstance(given, list) else [given] if given is not None else []:
        yield from (_day(each.dt) for each in property_.dts)


def _day(given: Any) -> date:
    """Give the London day of a date, an instant, or the start of a period; a time without a zone is London's."""
    first = given[0] if isinstance(given, tuple) else given
    if isinstance(first, datetime):
        return (in_london(first) if first.tzinfo else first).date()
    if not isinstance(first, date):
        raise TypeError("expected a day")
    return first


def _bad(path: Path, text: str) -> BadInput:
    return BadInput([error(path.name, "", text)])


def _is_of(body: str, title: str) -> bool:
    """Tell whether a title is that of a meeting of `body`: "Cabinet Member Decision" is none of Cabinet.

    Without a body every title is.
    """
    wanted, words = _words(body), _words(title)
    if wanted and _PART in words and _PART not in wanted:
        return False
    starts = range(len(words) - len(wanted) + 1)
    return any(words[n : n + len(wanted)] == wanted and _alone(words, n, n + len(wanted)) for n in starts)


def _alone(words: list[str], start: int, end: int) -> bool:
    if start == end:
        return True
    before, after = words[max(0, start - 1) : start], words[end : end + 1]
    others = _AFTER | _AFTER_EXECUTIVE if words[end - 1] in _EXECUTIVE else _AFTER
    return not (_BEFORE.intersection(before) or others.intersection(after))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’']+", text.casefold())
