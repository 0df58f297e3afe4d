"""Test whose answer the calendar part of a mail is, and a calendar that somebody only sends on."""

import pytest

from tests.timeline.replies.letters import letter, taken
from timeline.replies.reading import ReplyKind

ENTRY = "BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:1@x\n{attendees}\nEND:VEVENT\nEND:VCALENDAR"
SAID = "ATTENDEE;PARTSTAT={choice}:MAILTO:{address}"
SEAN = "Sean.O'Brien@borough.gov.uk"


@pytest.mark.parametrize(
    ("method", "attendees", "response"),
    [
        ("REPLY", [("ACCEPTED", SEAN)], "acknowledged"),
        ("reply", [("accepted", SEAN)], "acknowledged"),
        ("REPLY", [("DECLINED", SEAN)], "declined"),
        ("REPLY", [("TENTATIVE", SEAN)], None),
        ("REPLY", [("NEEDS-ACTION", SEAN)], None),
        ("REPLY", [("DELEGATED", SEAN)], None),
        ("REPLY", [("ACCEPTED", "priya@borough.gov.uk")], None),
        ("REPLY", [("ACCEPTED", SEAN), ("ACCEPTED", "priya@borough.gov.uk")], None),
        ("REPLY", [("ACCEPTED", SEAN), ("DECLINED", SEAN)], None),
        ("REPLY", [], None),
        ("REQUEST", [("ACCEPTED", SEAN)], None),
        ("COUNTER", [("ACCEPTED", SEAN)], None),
        ("CANCEL", [("ACCEPTED", SEAN)], None),
    ],
)
def test_a_calendar_reply_answers_for_its_one_attendee(
    method: str, attendees: list[tuple[str, str]], response: str | None
) -> None:
    said = "\n".join(SAID.format(choice=choice, address=address) for choice, address in attendees)
    reading = taken(letter(ENTRY.format(method=method, attendees=said), Content_Type="text/calendar; method=REPLY"))
    assert (reading.kind, reading.response) == (ReplyKind.CALENDAR, response)


def test_the_lines_of_a_calendar_are_unfolded() -> None:
    said = f'ATTENDEE;CN="O\'Brien: Sean";PART\n STAT=ACCEPTED:mailto:{SEAN[:9]}\n\t{SEAN[9:]}'
    reading = taken(letter(ENTRY.format(method="REPLY", attendees=said), Content_Type="text/calendar"))
    assert (reading.response, reading.calendar_uid) == ("acknowledged", "1@x")


def test_an_invitation_attached_to_a_persons_mail_does_not_hide_it() -> None:
    entry = ENTRY.format(method="PUBLISH", attendees="")
    attached = f"Content-Type: text/calendar\nContent-Disposition: attachment; filename=x.ics\n\n{entry}"
    body = f"--B\nContent-Type: text/plain\n\nACK\n--B\n{attached}\n--B--"
    reading = taken(letter(body, Content_Type='multipart/mixed; boundary="B"'))
    assert (reading.kind, reading.response) == (ReplyKind.RESPONSE, "acknowledged")
