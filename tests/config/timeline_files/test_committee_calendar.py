"""Test a committee's meetings from an iCalendar file, and every way in which one cannot be used."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.timeline_files.committee_calendar import Taken, meetings
from config.timeline_files.faults import BadInput
from tests.support.fuzzing import looks_at
from tests.timeline.literals import day


def written(folder: Path, *events: str) -> Path:
    body = "".join(f"BEGIN:VEVENT\nUID:{n}\n{event}\nEND:VEVENT\n" for n, event in enumerate(events))
    path = folder / "meetings.ics"
    path.write_text(f"BEGIN:VCALENDAR\n{body}END:VCALENDAR\n")
    return path


@pytest.mark.parametrize(
    ("event", "days"),
    [
        ("DTSTART;VALUE=DATE:20190924", ["Tue 24 Sep 2019"]),
        ("DTSTART;TZID=Europe/London:20190924T180000", ["Tue 24 Sep 2019"]),
        ("DTSTART:20190924T180000", ["Tue 24 Sep 2019"]),
        # In summer time 23:30 UTC is the next day in London; in winter it is not.
        ("DTSTART:20190923T233000Z", ["Tue 24 Sep 2019"]),
        ("DTSTART:20191223T233000Z", ["Mon 23 Dec 2019"]),
        ("DTSTART:20190924T180000Z\nRRULE:FREQ=WEEKLY;COUNT=2", ["Tue 24 Sep 2019", "Tue 1 Oct 2019"]),
        (
            "DTSTART;VALUE=DATE:20190924\nRRULE:FREQ=MONTHLY;BYDAY=4TU;UNTIL=20191126T000000Z\n"
            "EXDATE;VALUE=DATE:20191022\nRDATE;VALUE=DATE:20191029",
            ["Tue 24 Sep 2019", "Tue 29 Oct 2019", "Tue 26 Nov 2019"],
        ),
    ],
)
def test_the_days_of_an_event(tmp_path: Path, event: str, days: list[str]) -> None:
    path = written(tmp_path, f"SUMMARY:Meeting of CABINET\n{event}", "SUMMARY:Scrutiny\nDTSTART;VALUE=DATE:20190925")
    assert meetings(path, "cabinet").days == tuple(day(each) for each in days)


def test_cancelled_events_are_left_out(tmp_path: Path) -> None:
    gone = "SUMMARY:Cabinet\nDTSTART;VALUE=DATE:20190925\nSTATUS:CANCELLED"
    path = written(tmp_path, gone, "SUMMARY:Cabinet\nDTSTART;VALUE=DATE:20190924")
    assert meetings(path, "Cabinet").days == (date(2019, 9, 24),)


@pytest.mark.parametrize(
    "title",
    [
        "Canceled: Cabinet",
        "CANCELLED - Cabinet",
        "Cabinet (cancelled)",
        "POSTPONED Cabinet",
        "Cabinet: no longer required",
        "Moved to 2 March: Cabinet",
    ],
)
def test_a_title_that_says_cancelled_counts_whatever_its_status(tmp_path: Path, title: str) -> None:
    gone = f"SUMMARY:{title}\nDTSTART;VALUE=DATE:20190925\nSTATUS:CONFIRMED"
    taken = meetings(written(tmp_path, gone, "SUMMARY:Cabinet\nDTSTART;VALUE=DATE:20190924"), "Cabinet")
    assert (taken.days, taken.cancelled) == ((date(2019, 9, 24),), (title,))


@pytest.mark.parametrize(
    "title",
    [
        "Cabinet Member Decision – Highways",
        "Shadow Cabinet",
        "Cabinet pre-meeting",
        "Cabinet Committee on Finance",
        "Informal Cabinet",
        "Cabinet agenda dispatch",
        "Cabinetmakers' forum",
        "Cabinet Procurement Sub-Committee",
    ],
)
def test_a_body_of_a_like_name_is_another(tmp_path: Path, title: str) -> None:
    other = f"SUMMARY:{title}\nDTSTART;VALUE=DATE:20190925"
    path = written(tmp_path, other, "SUMMARY:Cabinet\nDTSTART;VALUE=DATE:20190924")
    assert meetings(path, "Cabinet") == Taken((date(2019, 9, 24),), others=(title,))
    assert date(2019, 9, 25) in meetings(path, title).days
    assert len(meetings(path, None).days) == 2


@pytest.mark.parametrize("title", ["Special Cabinet", "Medway Council CABINET - 3pm", "Cabinet, Tuesday 24 September"])
def test_a_meeting_of_the_body_may_have_more_words(tmp_path: Path, title: str) -> None:
    assert meetings(written(tmp_path, f"SUMMARY:{title}\nDTSTART;VALUE=DATE:20190924"), "Cabinet").others == ()


def test_a_committee_may_be_named_by_its_field(tmp_path: Path) -> None:
    path = written(tmp_path, "SUMMARY:Children and Families Committee\nDTSTART;VALUE=DATE:20190924")
    assert meetings(path, "children and families").days == (date(2019, 9, 24),)


def test_one_of_a_series_moves_and_another_is_cancelled(tmp_path: Path) -> None:
    series = "SUMMARY:Cabinet\nDTSTART;VALUE=DATE:20190924\nRRULE:FREQ=WEEKLY;COUNT=3"
    moved = "SUMMARY:Cabinet\nRECURRENCE-ID;VALUE=DATE:20191001\nDTSTART;VALUE=DATE:20191003"
    gone = "SUMMARY:Cabinet\nRECURRENCE-ID;VALUE=DATE:20191008\nDTSTART;VALUE=DATE:20191008\nSTATUS:CANCELLED"
    path = written(tmp_path, series, moved, gone)
    path.write_text(path.read_text().replace("UID:1", "UID:0").replace("UID:2", "UID:0"))
    assert meetings(path, "Cabinet").days == (day("Tue 24 Sep 2019"), day("Thu 3 Oct 2019"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no iCalendar file"),
        (b"hello", "no iCalendar file"),
        (b"\xff\xfe\x00", "no iCalendar file"),
        (b"x" * 2_000_001, "larger than 2 MB"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "No event from 2012 to 2100 has “Cabinet” in its title"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "meetings.ics"
    path.write_bytes(content)
    with pytest.raises(BadInput) as bad:
        meetings(path, "Cabinet")
    assert len(bad.value.faults) == 1
    assert sentence in str(bad.value)


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART:nonsense",
        "X-NOTHING:1",
        "DTSTART;VALUE=DATE:20190924\nRRULE:FREQ=DAILY;INTERVAL=0",
        "DTSTART;VALUE=DATE:20190924\nRRULE:FREQ=SECONDLY",
        "DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY",
        "DTSTART;VALUE=DATE:20190924\nRRULE:FREQ=DAILY",
    ],
)
def test_an_event_that_cannot_be_followed_is_one_sentence(tmp_path: Path, event: str) -> None:
    with pytest.raises(BadInput) as bad:
        meetings(written(tmp_path, f"SUMMARY:Cabinet\n{event}"), "Cabinet")
    assert len(bad.value.faults) == 1


def test_a_missing_file_or_a_folder_is_one_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.ics"):
        with pytest.raises(BadInput, match="The file cannot be read"):
            meetings(path, "Cabinet")


_LINES = st.lists(st.sampled_from(["DTSTART", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "STATUS"]), max_size=5)


@looks_at(150)
@given(st.binary(max_size=200) | st.builds(lambda names, junk: _event(names, junk), _LINES, st.text(max_size=12)))
def test_whatever_the_bytes_there_are_days_or_one_sentence(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "meetings.ics"
        path.write_bytes(content)
        # Anything but BadInput is a traceback, and fails here.
        with suppress(BadInput):
            assert meetings(path, "Cabinet")


def _event(names: list[str], junk: str) -> bytes:
    lines = "\n".join(f"{name}:{junk}" for name in names)
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Cabinet\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
    return text.encode(errors="replace")
