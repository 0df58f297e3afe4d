"""Test answers from a calendar: the attendee's choice, whatever else a line holds, and no line that holds the reader
up.
"""

import pytest

from tests.timeline.replies.letters import SEAN, letter, taken
from timeline.answers.responses import Answer
from timeline.replies.reading import ReplyKind


def entry(attendee: str) -> bytes:
    text = f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\n{attendee}\nEND:VEVENT\nEND:VCALENDAR"
    return letter(text, Content_Type="text/calendar")


@pytest.mark.parametrize(
    ("parameters", "response"),
    [
        ("PARTSTAT=ACCEPTED", Answer.ACKNOWLEDGED),
        ('partstat="accepted"', Answer.ACKNOWLEDGED),
        ("PARTSTAT=DECLINED;CN=Sean", Answer.DECLINED),
        ('CN="Sean: PLO; Panel";PARTSTAT=ACCEPTED', Answer.ACKNOWLEDGED),
        ('CN="Pat;PARTSTAT=ACCEPTED";PARTSTAT=DECLINED', Answer.DECLINED),
        ('CN="Pat;PARTSTAT=ACCEPTED"', None),
        ('X-NOTE="PARTSTAT=DECLINED";PARTSTAT=ACCEPTED', Answer.ACKNOWLEDGED),
        ("X-PARTSTAT=ACCEPTED;CN=Sean", None),
        ("PARTSTAT=ACCEPTED;PARTSTAT=DECLINED", None),
        ("PARTSTAT=TENTATIVE", None),
    ],
)
def test_only_the_attendees_own_choice_counts(parameters: str, response: Answer | None) -> None:
    reading = taken(entry(f"ATTENDEE;{parameters}:mailto:{SEAN}"))
    assert (reading.kind, reading.response) == (ReplyKind.CALENDAR, response)


@pytest.mark.parametrize("line", [";" * 42, ';"' * 5_000, '";' * 5_001, ";=" * 50_000, '""' * 50_001, ";A=" * 50_000])
def test_a_line_without_an_end_is_passed_over(line: str) -> None:
    """Test that forty-two semicolons held the reader for ever, and every answer behind them."""
    assert taken(entry(f"X{line}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{SEAN}")).response is Answer.ACKNOWLEDGED
    assert taken(entry(f"ATTENDEE{line}:mailto:{SEAN}")).response is None


@pytest.mark.parametrize(
    ("method", "attendee", "unclear"),
    [
        ("REPLY", f"ATTENDEE;PARTSTAT=DELEGATED:mailto:{SEAN}", True),
        ("REPLY", f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{SEAN}", True),
        ("REPLY", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:sean@alias.borough.gov.uk", True),
        ("REPLY", "ATTENDEE;PARTSTAT=ACCEPTED:", True),
        ("COUNTER", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{SEAN}", True),
        ("REPLY", f"ATTENDEE;PARTSTAT=TENTATIVE:mailto:{SEAN}", False),
        ("REPLY", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{SEAN}", False),
        ("REQUEST", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{SEAN}", False),
    ],
)
def test_an_answer_that_cannot_be_recorded_is_for_a_person(method: str, attendee: str, unclear: bool) -> None:
    reading = taken(entry(attendee).replace(b"METHOD:REPLY", f"METHOD:{method}".encode()))
    assert (reading.kind, reading.unclear) == (ReplyKind.CALENDAR, unclear)
    assert not (unclear and reading.response)


@pytest.mark.parametrize(
    "attendee",
    [
        f'attendee;cn="O\'Brien, Sean";partstat=accepted:MAILTO:{SEAN.upper()}',
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Sean;X-NUM-GUESTS=0:mailto:{SEAN}",
        f'ATTENDEE;PARTSTAT="ACCEPTED";SENT-BY="mailto:pa@borough.gov.uk":mailto:{SEAN}',
        f"ATTENDEE;CN=Sean\\, O;PARTSTAT=ACCEPTED:mailto:{SEAN}",
        f"X-ODD;;;:x\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{SEAN}",
        f"ATTENDEE ;PARTSTAT=ACCEPTED:mailto:x@x\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{SEAN}",
    ],
)
def test_the_calendars_of_many_programs_are_read(attendee: str) -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nRRULE:FREQ=SECONDLY\nUID:2\nEND:STANDARD\nEND:VTIMEZONE\n"
    raw = entry(attendee).replace(b"BEGIN:VEVENT", f"{zone}BEGIN:VEVENT".encode())
    reading = taken(raw)
    assert (reading.response, reading.calendar_uid) == (Answer.ACKNOWLEDGED, "1")
