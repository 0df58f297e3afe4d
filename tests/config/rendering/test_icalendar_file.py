"""Test calendar entries as a calendar reads them back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from config.rendering.icalendar import carried, filled, icalendar, invitation_text
from tests.timeline.literals import at, day
from tests.timeline.occurrences import visit
from timeline.definitions.facts import Embargo
from timeline.ical.entries import CalendarEntry, entries, uid
from timeline.ical.invitations import Invitation, Method, SentInvitation
from timeline.planning.occurrences import Occurrence, OccurrenceState

MADE = at("Wed 28 Aug 2019 10:00")
VISIT = visit(
    "Thu 20 Aug 2020",
    "Fri 21 Aug 2020",
    title="Monitoring visit – “Zoë”, " + "focus; and more " * 8,
    why=("Set for Thursday 20 August 2020.",),
)
WINDOW = replace(VISIT, starts_on=None, ends_on=None, opens_on=day("Sat 1 Aug 2020"), closes_on=day("Mon 31 Aug 2020"))


def made(occurrence: Occurrence, *, windows: bool = False, moved: int = 0) -> list[CalendarEntry]:
    return list(entries([occurrence], council="medway", sequences={occurrence.ref: moved}, windows=windows, at=MADE))


def test_a_visit_comes_back_as_it_was() -> None:
    content = icalendar(made(VISIT, moved=2), name="Medway", at=MADE)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    # The library types a property as any of thirty kinds.
    calendar: Any = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert str(event["SUMMARY"]) == VISIT.title
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (day("Thu 20 Aug 2020"), day("Sat 22 Aug 2020"))
    assert (event["UID"], event["SEQUENCE"]) == (uid("medway", VISIT.ref), 2)
    assert (event["STATUS"], event["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")
    assert (event["X-MICROSOFT-CDO-BUSYSTATUS"], event["X-MICROSOFT-CDO-INTENDEDSTATUS"]) == ("FREE", "FREE")
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == MADE


def test_a_cancelled_visit_says_so_under_the_same_uid() -> None:
    (entry,) = made(replace(VISIT, state=OccurrenceState.CANCELLED))
    assert (entry.uid, entry.cancelled) == (made(VISIT)[0].uid, True)
    content = icalendar([entry], name="Medway", at=MADE)
    assert b"STATUS:CANCELLED" in content
    assert b"SUMMARY:Cancelled: Monitoring visit" in content  # Outlook shows no status


@pytest.mark.parametrize(("windows", "number"), [(False, 0), (True, 1)])
def test_a_window_is_an_entry_only_when_asked_for(windows: bool, number: int) -> None:
    assert len(made(WINDOW, windows=windows)) == number


def test_under_embargo_there_are_only_private_days() -> None:
    secret = replace(VISIT, embargoes=(Embargo(circulation=frozenset({"director"})),))
    content = icalendar(made(secret), name="Medway", at=MADE)
    assert b"SUMMARY:Private" in content
    assert b"isit" not in content
    assert b"DESCRIPTION" not in content


def test_a_file_tells_calendars_what_it_is_called_and_when_to_come_back() -> None:
    content = icalendar([], name="Improvement programme: Head of improvement", at=MADE)
    for line in (
        b"NAME:Improvement programme: Head of improvement",
        b"X-WR-CALNAME:Improvement programme: Head of improvement",
        b"REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        b"X-PUBLISHED-TTL:PT1H",
    ):
        assert line in content.split(b"\r\n")


@pytest.mark.parametrize(("sure", "status"), [(True, b"STATUS:CONFIRMED"), (False, b"STATUS:TENTATIVE")])
def test_an_estimate_is_tentative(sure: bool, status: bytes) -> None:
    assert status in icalendar(made(replace(VISIT, estimate=not sure)), name="Medway", at=MADE)


# Invitations


def invited(method: Method = Method.REQUEST, *, attendee: str = "Sean O'Brien", **changes: Any) -> str:
    given = Invitation(method=method, entry=replace(made(VISIT)[0], **changes), alarm=timedelta(hours=-15))
    name = 'Improvement, "the" programme'
    return invitation_text(given, address="reminders@council.example", name=name, attendee=attendee, at=MADE)


def test_an_invitation_is_stored_without_token_address_and_folding_and_leaves_with_all_three() -> None:
    stored = invited()
    assert "«token»@council.example" in stored
    assert "mailto:«address»" in stored
    assert "\r\n " not in stored
    left = filled(stored, token="abcdefghjkmnpq23", address="sean.o'brien@children.council.example")
    assert "«" not in left
    calendar: Any = Calendar.from_ical(left)
    (event,) = calendar.walk("VEVENT")
    assert str(event["ORGANIZER"]) == "mailto:reminders+abcdefghjkmnpq23@council.example"
    assert str(event["ATTENDEE"]) == "mailto:sean.o'brien@children.council.example"
    assert event["ATTENDEE"].params["CN"] == "Sean O'Brien"
    assert str(event["SUMMARY"]) == VISIT.title


def test_lines_are_folded_at_75_octets_and_by_hand_they_are_the_same_again() -> None:
    """Test that by hand: a second reading of RFC 5545 3.1, beside the library's own."""
    left = filled(invited(), token="abcdefghjkmnpq23", address="sean.o'brien@children.council.example")
    assert all(len(line.encode()) <= 75 for line in left.split("\r\n"))
    lines = by_hand(left)
    assert lines["SUMMARY"].replace("\\,", ",").replace("\\;", ";") == VISIT.title
    assert (lines["METHOD"], lines["TRIGGER"], lines["DTSTART;VALUE=DATE"]) == ("REQUEST", "-PT15H", "20200820")
    assert lines["UID"] == uid("medway", VISIT.ref)


def by_hand(text: str) -> dict[str, str]:
    """Give each property's name with its parameters, and its value."""
    assert text.endswith("\r\n")
    whole = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    return {name: value for name, _, value in (line.partition(":") for line in whole)}


@pytest.mark.parametrize("method", [Method.REQUEST, Method.CANCEL])
def test_what_an_invitation_told_can_be_read_back(method: Method) -> None:
    told = carried(invited(method, sequence=7))
    assert told == SentInvitation(
        method=method,
        uid=uid("medway", VISIT.ref),
        sequence=7,
        title=VISIT.title,
        starts_on=day("Thu 20 Aug 2020"),
        ends_on=day("Fri 21 Aug 2020"),
    )


@pytest.mark.parametrize("words", ["A\r\nATTENDEE:mailto:x@evil.example", 'Ann "x";RSVP=FALSE', "a\u2028b", "«token»"])
def test_no_words_of_a_title_or_a_name_become_a_line_of_their_own(words: str) -> None:
    left = filled(invited(attendee=words, title=words), token="abcdefghjkmnpq23", address="ann@council.example")
    calendar: Any = Calendar.from_ical(left)
    (event,) = calendar.walk("VEVENT")
    assert str(event["ATTENDEE"]) == "mailto:ann@council.example"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"


def test_the_same_ref_of_two_councils_is_two_entries() -> None:
    assert uid("medway", VISIT.ref) != uid("arden", VISIT.ref)
