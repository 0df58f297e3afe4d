"""Reports of mail systems: who was not reached, and whose message it was."""

import pytest

from tests.timeline.replies.letters import OTHER_TOKEN, TOKEN, letter, sample, taken
from timeline.replies import MailReading, ReplyKind

BARE = {"To": "bounce@notices.x.gov.uk", "From": "<postmaster@borough.gov.uk>", "Authentication_Results": None}
REPORT = 'multipart/report; report-type=delivery-status; boundary="B"'


def report(*fields: str, kind: str = REPORT, returned: str = "", **headers: str | None) -> MailReading:
    parts = ["Content-Type: text/plain\n\nSorry", "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"]
    parts[1] += "\n\n".join(fields)
    parts += [f"Content-Type: {returned}"] if returned else []
    body = "".join(f"--B\n{part}\n" for part in parts) + "--B--"
    return taken(letter(body, **{**BARE, "Content_Type": kind, **headers}))


def failed(address: str, action: str = "failed") -> str:
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: 5.1.1"


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("failed", ReplyKind.BOUNCE),
        ("Failed", ReplyKind.BOUNCE),
        ("delayed", ReplyKind.DELAYED),
        ("delivered", ReplyKind.RECEIPT),
        ("relayed", ReplyKind.RECEIPT),
        ("expanded", ReplyKind.RECEIPT),
    ],
)
def test_what_a_delivery_report_says(action: str, kind: ReplyKind) -> None:
    assert report(failed("Sean@borough.gov.uk", action)).kind is kind


def test_a_report_about_one_of_several_recipients_names_that_one() -> None:
    reading = report(failed("priya@borough.gov.uk", "delivered"), failed("Sean@borough.gov.uk"))
    assert (reading.kind, reading.bounced) == (ReplyKind.BOUNCE, "sean@borough.gov.uk")


def test_a_report_about_two_recipients_names_none() -> None:
    assert report(failed("priya@borough.gov.uk"), failed("sean@borough.gov.uk")).bounced == ""


@pytest.mark.parametrize(
    "returned",
    [
        f"message/rfc822\n\nMessage-ID: <r.{TOKEN}.1@notices.x.gov.uk>\nSubject: x\n\nACK",
        f"text/rfc822-headers\n\nMessage-ID: <r.{TOKEN}.1@notices.x.gov.uk>\nSubject: x",
        f"message/rfc822\n\nReply-To: reminders+{TOKEN}@notices.x.gov.uk\n\nACK",
    ],
)
def test_the_message_that_a_report_brings_back_says_which_it_was(returned: str) -> None:
    assert report(failed("sean@borough.gov.uk")).token == ""
    assert report(failed("sean@borough.gov.uk"), returned=returned).token == TOKEN


def test_a_read_receipt_names_the_message_read() -> None:
    bare = sample("22_mdn_read.eml").replace(f"+{TOKEN}".encode(), b"").replace(b"<r.", b"<x.", 2)
    assert taken(bare).token == TOKEN


def test_a_report_that_a_person_sends_on_is_the_persons_mail() -> None:
    reading = report(failed("sean@borough.gov.uk"), kind='multipart/mixed; boundary="B"')
    assert reading.kind is not ReplyKind.BOUNCE


def test_a_report_whose_envelope_a_gateway_changed_is_still_one() -> None:
    reading = report(failed("sean@borough.gov.uk"), kind='multipart/mixed; boundary="B"', Return_Path="<>")
    assert (reading.kind, reading.bounced) == (ReplyKind.BOUNCE, "sean@borough.gov.uk")


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("Undeliverable: Action plan", ReplyKind.BOUNCE),
        ("Mail delivery failed: returning message to sender", ReplyKind.BOUNCE),
        ("Returned mail: see transcript", ReplyKind.BOUNCE),
        ("Warning: message delayed 24 hours", ReplyKind.DELAYED),
        ("Action plan", ReplyKind.AUTO_REPLY),
    ],
)
def test_a_report_in_a_plain_letter_is_known_by_its_subject_and_names_nobody(subject: str, kind: ReplyKind) -> None:
    reading = taken(letter("ACK", Return_Path="<>", From="MAILER-DAEMON@x.example", Subject=subject))
    assert (reading.kind, reading.bounced, reading.automatic, reading.text) == (kind, "", True, "")


@pytest.mark.parametrize(
    ("named", "bounced"),
    [("Sean@borough.gov.uk", "sean@borough.gov.uk"), ("sean@borough.gov.uk, priya@borough.gov.uk", "")],
)
def test_exim_names_the_address_in_a_header(named: str, bounced: str) -> None:
    reading = taken(letter("ACK", X_Failed_Recipients=named))
    assert (reading.kind, reading.bounced, reading.response) == (ReplyKind.BOUNCE, bounced, None)


def test_an_attached_mail_is_not_read() -> None:
    """What stands in a forwarded mail was said to somebody else, and its token too."""
    inner = f"From: Sean\nIn-Reply-To: <r.{OTHER_TOKEN}.1@x>\nTo: reminders+{OTHER_TOKEN}@notices.x.gov.uk\n\nACK"
    body = f"--B\nContent-Type: message/rfc822\n\n{inner}\n--B--"
    reading = taken(letter(body, Content_Type='multipart/mixed; boundary="B"'))
    assert (reading.token, reading.response, reading.text) == (TOKEN, None, "")


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
