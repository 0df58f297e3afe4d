"""Calendar entries into an iCalendar file (RFC 5545), the same bytes for the same entries and instant."""

from collections.abc import Iterable
from datetime import datetime

from icalendar import Calendar, Event

from timeline.calendar import DAY
from timeline.entries import Entry


def icalendar(entries: Iterable[Entry], *, name: str, at: datetime) -> bytes:
    """The file to publish: `name` is what calendars call it, `at` (aware) when it was made."""
    calendar = Calendar()
    calendar.add("prodid", "-//Daymark//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry, at))
    return bytes(calendar.to_ical())


def _event(entry: Entry, at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts_on)
    # The end of an all-day event is the day after its last (RFC 5545 3.6.1).
    event.add("dtend", entry.ends_on + DAY)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.free or entry.cancelled else "OPAQUE")
    if entry.description:
        event.add("description", entry.description)
    return event
