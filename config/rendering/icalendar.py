"""Write calendar entries as iCalendar text (RFC 5545, RFC 5546): the same bytes for the same entries and instant."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event, vCalAddress
from icalendar.parser import Contentline

from timeline.calendar.london import DAY
from timeline.ical.entries import CalendarEntry
from timeline.ical.invitations import Invitation, Method, SentInvitation

# The interval at which calendars ask a feed again: Outlook reads the second property, others the first.
_REFRESHED_EVERY = timedelta(hours=1)
_TTL = "PT1H"
# Placeholders in a stored invitation until the mail is built: it is stored without token and address.
TOKEN, ADDRESS = "«token»", "«address»"


def icalendar(entries: Iterable[CalendarEntry], *, name: str, at: datetime) -> bytes:
    """Write the file to publish: calendars show `name`, and `at` (aware) is when it was made."""
    calendar = _calendar("PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", _TTL)
    for entry in entries:
        calendar.add_component(_event(entry, at))
    return bytes(calendar.to_ical())


def invitation_text(given: Invitation, *, address: str, name: str, attendee: str, at: datetime) -> str:
    """Write an invitation as it is stored.

    Lines are not folded; TOKEN is in the organizer's address, and ADDRESS in place of the attendee's.

    `address` and `name` are our mail's, `attendee` the name of the person. No links: calendars are shared.
    """
    calendar, event = _calendar(given.method.value), _event(given.entry, at)
    local, domain = address.rsplit("@", 1)
    event.add("organizer", _party(f"{local}+{TOKEN}@{domain}", name))
    asked = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    event.add("attendee", _party(ADDRESS, attendee, **(asked if given.method is Method.REQUEST else {})))
    if given.alarm is not None:
        event.add_component(_alarm(given.entry.title, given.alarm))
    calendar.add_component(event)
    return unfolded(calendar.to_ical().decode())


def filled(text: str, *, token: str, address: str) -> str:
    """Fill a stored invitation for sending: with the token and the attendee's address, lines folded at 75 octets."""
    # A percent sign begins an escape in an address that is a URI (RFC 6068).
    whole = text.replace(TOKEN, token).replace(ADDRESS, address.replace("%", "%25"))
    content: Any = Contentline  # it has no types
    lines = whole.removesuffix("\r\n").split("\r\n")
    return "".join(f"{content(line).to_ical().decode()}\r\n" for line in lines)


def unfolded(text: str) -> str:
    """Unfold the text to a line for each property."""
    return text.replace("\r\n ", "")


def carried(text: str) -> SentInvitation:
    """Read an invitation of ours."""
    calendar: Any = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    return SentInvitation(
        method=Method(str(calendar["METHOD"])),
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        title=str(event["SUMMARY"]),
        starts_on=event["DTSTART"].dt,
        ends_on=event["DTEND"].dt - DAY,
    )


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Daymark//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(entry: CalendarEntry, at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts_on)
    # The end of an all-day event is the day after its last (RFC 5545 3.6.1).
    event.add("dtend", entry.ends_on + DAY)
    event.add("status", _status(entry))
    # An all-day entry would block the whole day. Outlook reads its own two: the second is for who accepts.
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    event.add("x-microsoft-cdo-intendedstatus", "FREE")
    if entry.private:
        event.add("class", "PRIVATE")
    if entry.description:
        event.add("description", entry.description)
    return event


def _status(entry: CalendarEntry) -> str:
    if entry.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.tentative else "CONFIRMED"


def _party(address: str, name: str, **parameters: str) -> vCalAddress:
    party = vCalAddress(f"mailto:{address}")
    # A double quote cannot stand in a parameter, however it is written (RFC 5545 3.2).
    party.params.update({"CN": name.replace('"', "'")} if name else {})
    party.params.update(parameters)
    return party


def _alarm(title: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", before)
    return alarm
