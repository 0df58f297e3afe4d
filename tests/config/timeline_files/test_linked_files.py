"""Test what lies beside a timeline: a calendar of meetings, and a demo that moves."""

from datetime import date
from pathlib import Path

from config.load import digest, examine, meetings_taken
from config.timeline_files.faults import FaultLevel
from tests.config.checks.test_own_rules import usable

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//council//meetings//EN
BEGIN:VEVENT
UID:1@council.example
DTSTAMP:20190801T090000Z
DTSTART;VALUE=DATE:20191015
SUMMARY:Cabinet
END:VEVENT
END:VCALENDAR
"""
COMMITTEE = (
    "committees: {cabinet: {title: Cabinet, meetings: [2019-09-24], calendar: meetings.ics, matches: cabinet}}\n"
)


def test_the_meetings_of_a_calendar_are_added_and_the_digest_changes_with_it(tmp_path: Path) -> None:
    (tmp_path / "meetings.ics").write_bytes(CALENDAR.replace("\n", "\r\n").encode())
    timeline = usable(tmp_path, COMMITTEE)
    assert timeline.council.committees[0].meetings == (date(2019, 9, 24), date(2019, 10, 15))
    before = digest(tmp_path / "council.yaml", rules=tmp_path)
    (tmp_path / "meetings.ics").write_bytes(CALENDAR.replace("20191015", "20191022").encode())
    assert digest(tmp_path / "council.yaml", rules=tmp_path) != before


def test_check_notes_which_meetings_were_taken_and_which_of_a_like_name_were_not(tmp_path: Path) -> None:
    other = CALENDAR[CALENDAR.index("BEGIN:VEVENT") : CALENDAR.index("END:VCALENDAR")]
    events = other.replace("SUMMARY:Cabinet", "SUMMARY:Cabinet Member Decision") + other.replace(
        "SUMMARY:Cabinet", "SUMMARY:CANCELLED - Cabinet"
    )
    (tmp_path / "meetings.ics").write_text(CALENDAR.replace("END:VCALENDAR", f"{events}END:VCALENDAR"))
    usable(tmp_path, COMMITTEE)
    (note,) = meetings_taken(tmp_path / "council.yaml")
    assert (note.level, note.key) == (FaultLevel.NOTE, "committees.cabinet")
    assert note.text == (
        "1 meeting taken from meetings.ics: Tue 15 Oct 2019. Left out as cancelled: “CANCELLED - Cabinet”. "
        "Left out as of another body: “Cabinet Member Decision”."
    )
    usable(tmp_path, "")
    assert meetings_taken(tmp_path / "council.yaml") == ()


def test_everything_dated_moves_with_a_demo_but_bank_holidays(tmp_path: Path) -> None:
    usable(
        tmp_path,
        "lay: 2019-08-26\nlive_from: 2019-08-28\nclosure_days: [{on: 2019-12-27, name: Closed}]\n"
        "pre_election_periods: [{name: E, from: 2019-11-06, until: 2019-12-12}]\n"
        "proclaimed_bank_holidays: [{on: 2019-11-18, name: Day, source: Act}]\n",
    )
    laid, faults = examine(tmp_path / "council.yaml", on=date(2020, 8, 25), rules=tmp_path)
    assert faults == ()
    assert laid is not None
    assert (laid.council.live_from, [*laid.closure_days]) == (date(2020, 8, 26), [date(2020, 12, 25)])
    assert laid.council.pre_election_periods[0].from_on == date(2020, 11, 4)
    assert [*laid.proclaimed_bank_holidays] == [date(2019, 11, 18)]
