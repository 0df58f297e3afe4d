"""Calendar entries as a calendar reads them back."""

from dataclasses import replace
from typing import Any

import pytest
from icalendar import Calendar

from config.icalendar_file import icalendar
from tests.timeline.literals import at, day
from timeline.duties import DutyClass, Kind
from timeline.entries import Entry, entries, uid
from timeline.facts import Embargo
from timeline.occurrences import Occurrence, OccurrenceState

MADE = at("Wed 28 Aug 2019 10:00")
VISIT = Occurrence(
    ref="monitoring-visit/1",
    obligation="monitoring-visit",
    number=1,
    title="Monitoring visit – “Zoë”, " + "focus; and more " * 8,
    kind=Kind.VISIT,
    duty_class=DutyClass.B,
    state=OccurrenceState.CONFIRMED,
    original_on=None,
    legal_on=day("Thu 20 Aug 2020"),
    working_on=day("Thu 20 Aug 2020"),
    starts_on=day("Thu 20 Aug 2020"),
    ends_on=day("Fri 21 Aug 2020"),
    why=("Set for Thursday 20 August 2020.",),
)
WINDOW = replace(VISIT, starts_on=None, ends_on=None, opens_on=day("Sat 1 Aug 2020"), closes_on=day("Mon 31 Aug 2020"))


def made(occurrence: Occurrence, *, windows: bool = False, moved: int = 0) -> list[Entry]:
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
    assert (event["STATUS"], event["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == MADE


def test_a_cancelled_visit_says_so_under_the_same_uid() -> None:
    (entry,) = made(replace(VISIT, state=OccurrenceState.CANCELLED))
    assert (entry.uid, entry.cancelled) == (made(VISIT)[0].uid, True)
    assert b"STATUS:CANCELLED" in icalendar([entry], name="Medway", at=MADE)


@pytest.mark.parametrize(("windows", "number"), [(False, 0), (True, 1)])
def test_a_window_is_an_entry_only_when_asked_for_and_takes_no_time(windows: bool, number: int) -> None:
    found = made(WINDOW, windows=windows)
    assert len(found) == number
    assert all(one.free for one in found)


def test_under_embargo_there_are_only_busy_days() -> None:
    secret = replace(VISIT, embargoes=(Embargo(circulation=frozenset({"director"})),))
    content = icalendar(made(secret), name="Medway", at=MADE)
    assert b"SUMMARY:Busy" in content
    assert b"isit" not in content
    assert b"DESCRIPTION" not in content


def test_the_same_ref_of_two_councils_is_two_entries() -> None:
    assert uid("medway", VISIT.ref) != uid("arden", VISIT.ref)
