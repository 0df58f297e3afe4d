"""Test reports of mail systems: who was not reached, and whose message it was."""

import base64

import pytest

from tasks.reading.mail import read
from tests.timeline.replies.letters import OTHER_TOKEN, OURS, TOKEN, letter, sample, taken
from timeline.replies import MailReading, ReplyKind

BARE = {"To": "bounce@notices.x.gov.uk", "From": "<postmaster@borough.gov.uk>", "Authentication_Results": None}
REPORT = 'multipart/report; report-type=delivery-status; boundary="B"'


def report(*fields: str, kind: str = REPORT, returned: str = "", **headers: str | None) -> MailReading:
    parts = ["Content-Type: text/plain\n\nSorry", "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"]
    parts[1] += "\n\n".join(fields)
    parts += [f"Content-Type: {returned}"] if returned else []
    body = "".join(f"--B\n{part}\n" for part in parts) + "--B--"
    return taken(letter(body, **{**BARE, "Content_Type": kind, **headers}))


def failed(address: str, action: str = "failed", status: str = "5.1.1") -> str:
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}"


@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        ("failed", "5.1.1", ReplyKind.BOUNCE),
        ("Failed", "5.1.1", ReplyKind.BOUNCE),
        ("failed", "4.4.7", ReplyKind.BOUNCE),
        ("failure", "", ReplyKind.BOUNCE),
        ("“failed”", "", ReplyKind.BOUNCE),
        ("failed (bad destination mailbox address)", "5.1.1", ReplyKind.BOUNCE),
        ("failed; see below", "5.1.1", ReplyKind.BOUNCE),
        ("", "5.1.1", ReplyKind.BOUNCE),
        ("rejected", "5.7.1 (policy)", ReplyKind.BOUNCE),
        ("delayed", "4.4.1", ReplyKind.DELAYED),
        ("delayed", "", ReplyKind.DELAYED),
        ("delivered", "2.1.5", ReplyKind.RECEIPT),
        ("relayed", "2.0.0", ReplyKind.RECEIPT),
        ("expanded", "", ReplyKind.RECEIPT),
        # It says neither: a person must look at it.
        ("", "", ReplyKind.OTHER),
        ("", "2.0.0", ReplyKind.OTHER),
        ("", "4.4.7", ReplyKind.OTHER),
        ("queued", "4.4.1", ReplyKind.OTHER),
        ("processed", "", ReplyKind.OTHER),
        ("delivered", "5.1.1", ReplyKind.OTHER),
        ("relayed", "4.4.7", ReplyKind.OTHER),
    ],
)
def test_what_a_delivery_report_says(action: str, status: str, kind: ReplyKind) -> None:
    reading = report(failed("Sean@borough.gov.uk", action, status))
    assert (reading.kind, reading.response, reading.automatic) == (kind, None, True)


@pytest.mark.parametrize("subject", ["Undeliverable: Action plan", "Mail delivery failed", "failure notice"])
def test_what_the_fields_do_not_say_the_subject_may(subject: str) -> None:
    assert report(failed("sean@borough.gov.uk", "", "4.4.7"), Subject=subject).kind is ReplyKind.BOUNCE
    assert report("X-Queue: 7", Subject=subject).kind is ReplyKind.BOUNCE
    assert report(failed("sean@borough.gov.uk", "", "4.4.7"), Subject="Delayed: Action plan").kind is ReplyKind.DELAYED
    assert report(failed("sean@borough.gov.uk", "delivered", "2.0.0"), Subject=subject).kind is ReplyKind.RECEIPT


SEAN_FAILED = (ReplyKind.BOUNCE, "sean@borough.gov.uk", True)


@pytest.mark.parametrize(
    "fields",
    [
        "Final-Recipient : rfc822; sean@borough.gov.uk\nAction : failed\nStatus : 5.1.1",
        "Final-Recipient\t: rfc/822;sean@borough.gov.uk\nACTION:failed\nSTATUS:5.1.1",
        "final-recipient: <sean@borough.gov.uk>\naction: failed\nstatus: #5.1.1",
        "Diagnostic-Code: smtp; 550-no\n550 5.1.1: user unknown\nStatus: 5.1.1\nAction: failed\n"
        "Final-Recipient: rfc822; sean@borough.gov.uk",
        "Final-Recipient: rfc822; sean@borough.gov.uk\nDiagnostic-Code: smtp; 550 5.1.1\n  Action: relayed\n"
        "Action: failed",
        "Final-Recipient: rfc822; sean@borough.gov.uk (Sean O'Brien)\nAction: failed\nStatus: 5.0.0\n"
        "Diagnostic-Code: smtp; 550 5.1.1 unknown",
        "Final-Recipient: rfc822; sean@borough.gov.uk\n\nAction: failed\n\nStatus: 5.1.1",
        "Original-Recipient: rfc822;sean@borough.gov.uk\nFinal-Recipient: rfc822;s07@mail.example\nAction: failed\n"
        "Status: 5.1.1",
        "Original-Recipient: rfc822;sean+40borough.gov.uk\nFinal-Recipient: x400; /g=Sean/\nAction: failed\n"
        "Status: 5.1.1",
        "Original-Recipient: unknown\nFinal-Recipient: rfc822;sean@borough.gov.uk\nAction: failed\nStatus: 5.1.1",
        "Final-Recipient: rfc822;sean@borough.gov.uk\nAction: failed\nDiagnostic-Code: smtp; 550 no such user here",
        "Final-Recipient: rfc822;sean@borough.gov.uk\nAction: failed\nStatus: 5.0.0\n"
        "Diagnostic-Code: X-Notes; 550 unknown",
    ],
)
def test_a_fault_in_a_field_hides_no_other(fields: str) -> None:
    reading = report(fields)
    assert (reading.kind, reading.bounced, reading.gone) == SEAN_FAILED


def test_a_report_in_base64_is_read() -> None:
    fields = base64.encodebytes(f"Reporting-MTA: dns; x\n\n{failed('sean@borough.gov.uk')}\n".encode()).decode()
    body = f"--B\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n{fields}\n--B--"
    reading = taken(letter(body, **{**BARE, "Content_Type": REPORT}))
    assert (reading.kind, reading.bounced, reading.gone) == SEAN_FAILED


GONE = [
    ("5.1.0", ""), ("5.1.0", "550 #5.1.0 Address rejected."), ("5.1.0", "550-'5.1.1 User unknown'"),
    ("5.1.1", ""), ("5.1.6", ""), ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound"), ("5.2.1", ""),
    ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)"),
    ("5.7.124", ""), ("5.7.129", ""), ("5.7.133", ""), ("5.7.134", ""),
    ("5.0.0", "550 5.1.1 no such user"), ("", "550 User unknown"), ("5.0.0", "550 no mailbox here by that name"),
]  # fmt: skip
NOT_GONE = [
    ("5.2.2", "552 5.2.2 mailbox full"), ("4.4.7", "delivery time expired"), ("5.4.7", "time expired"),
    ("5.7.1", "550 5.7.1 rejected as spam"), ("5.4.1", "no answer from host"), ("5.3.4", "message too large"),
    ("5.0.0", "550 5.7.1 Access denied"), ("5.0.0", "554 refused"), ("", ""), ("5.0.0", ""),
    ("5.1.1", "552 5.2.2 Over quota"), ("5.1.0", "550-'5.2.2 Mailbox full'"), ("5.1.0", "550 5.1.0 sender rejected"),
    ("5.1.0", "550 5.1.0 listed by Spamhaus"), ("5.0.0", "550 message refused as spam"),
    ("", "550 sender verification failed"), ("", "550 blocked using a list"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "said", "gone"), [(*pair, True) for pair in GONE] + [(*pair, False) for pair in NOT_GONE]
)
def test_a_mailbox_is_gone_by_its_codes_alone(status: str, said: str, gone: bool) -> None:
    code = f"\nDiagnostic-Code: smtp; {said}" if said else ""
    reading = report(failed("sean@borough.gov.uk", "failed", status) + code)
    assert (reading.kind, reading.gone) == (ReplyKind.BOUNCE, gone)


def test_the_servers_words_are_kept_in_one_line_without_an_address() -> None:
    said = "smtp; 550 5.1.1 <sean@borough.gov.uk>:\n  Recipient address\x07 rejected\n  in table"
    reading = report(failed("sean@borough.gov.uk") + f"\nDiagnostic-Code: {said}")
    assert reading.said == "550 5.1.1 <(address)>: Recipient address rejected in table"
    assert report(failed("sean@borough.gov.uk")).said == "5.1.1"
    assert len(report(failed("sean@borough.gov.uk") + f"\nDiagnostic-Code: smtp; {'word ' * 300}").said) <= 300


LETTERS = {
    "qmail": (
        "failure notice",
        "Hi. This is the qmail-send program.\n\n<sean@borough.gov.uk>:\nSorry, no mailbox here by that name.\n\n"
        "--- Below this line is a copy of the message.\n\nTo: someone@else.example",
        "Sorry, no mailbox here by that name.",
    ),
    "exchange": (
        "Undeliverable: Action plan",
        "did not reach the following recipient(s):\n\nSean@borough.gov.uk on Mon\n  The recipient is not known\n",
        "The recipient is not known",
    ),
    "postfix": (
        "Undelivered Mail Returned to Sender",
        "<sean@borough.gov.uk>: host mx.borough.gov.uk said: 550 no such user\n  (in reply to RCPT TO command)",
        "(in reply to RCPT TO command)",
    ),
    "html": (
        "Mail System Error - Returned Mail",
        "This is the mail system. We wrote to 'sean@borough.gov.uk'.\nUser unknown\nQuestions: postmaster@x.example",
        "User unknown",
    ),
    "by its text alone": (
        "Action plan",
        "Your message could not be delivered to\n  sean@borough.gov.uk.\nNo such mailbox",
        "No such mailbox",
    ),
}


@pytest.mark.parametrize("kind", LETTERS)
def test_a_plain_letter_names_the_address_in_its_words(kind: str) -> None:
    subject, text, said = LETTERS[kind]
    head = {"Return_Path": "<>", "From": "Mail System <MAILER-DAEMON@x.example>", "Subject": subject}
    reading = taken(letter(f"{text}\n\nOur mailbox: reminders+{TOKEN}@notices.x.gov.uk", **head))
    assert (reading.kind, reading.gone, reading.said) == (ReplyKind.BOUNCE, False, said)
    assert "sean@borough.gov.uk" in reading.named
    unasked = read(letter(text, **head), mailbox=OURS)
    assert unasked.bounced == "sean@borough.gov.uk"


def test_of_several_addresses_in_a_letter_the_one_that_we_wrote_to_counts() -> None:
    text = "could not be delivered\n<priya@borough.gov.uk>, <sean@borough.gov.uk>, help@borough.gov.uk"
    head = {"Return_Path": "<>", "From": "MAILER-DAEMON@x.example", "Subject": "failure notice"}
    assert read(letter(text, **head), mailbox=OURS).bounced == ""
    assert read(letter(text, **head), mailbox=OURS, asked="Sean@borough.gov.uk").bounced == "sean@borough.gov.uk"
    assert read(letter(text, **head), mailbox=OURS, asked="nobody@borough.gov.uk").bounced == ""


@pytest.mark.parametrize(
    "path", [["<>"], ["<MAILER-DAEMON>"], ["MAILER-DAEMON"], ["< >"], [""], ["<>", "<>"], ["<>", "<MAILER-DAEMON>"]]
)
def test_an_empty_sender_has_several_spellings(path: list[str]) -> None:
    head = "".join(f"Return-Path: {value}\n" for value in path).encode()
    reading = taken(head + letter("Delivery has been delayed", From="Mail <postmaster@x.example>", Subject="Delayed"))
    assert reading.kind is ReplyKind.DELAYED
    assert taken(head + letter("Ack")).kind is ReplyKind.AUTO_REPLY
    assert taken(head + b"Return-Path: <sean@borough.gov.uk>\n" + letter("Ack")).kind is not ReplyKind.AUTO_REPLY


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Delivery Status Notification (Delay)", "It will be retried."),
        ("Warning: message delayed 24 hours", "could not be delivered yet"),
        ("Action plan", "THIS IS A WARNING MESSAGE ONLY.\nYou do not need to resend.\nsean@borough.gov.uk"),
        ("Action plan", "The mail has not yet been delivered, and we will keep trying. sean@borough.gov.uk"),
    ],
)
def test_a_letter_about_a_mail_that_still_waits_names_nobody(subject: str, text: str) -> None:
    reading = taken(letter(text, Return_Path="<>", From="MAILER-DAEMON@x.example", Subject=subject))
    assert (reading.kind, reading.bounced, reading.named) == (ReplyKind.DELAYED, "", ())


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/report; report-type=feedback-report",
        "multipart/report; report-type=tlsrpt",
        "multipart/report; report-type=feedback-report; x=y",
        "multipart/report",
    ],
)
def test_a_report_of_another_kind_is_nobodys_answer(kind: str) -> None:
    """Test that such as a complaint: somebody took our mail for junk. A person must hear of it."""
    body = (
        "--B\nContent-Type: text/plain\n\nAck\n--B\nContent-Type: message/feedback-report\n\n"
        "Feedback-Type: abuse\nVersion: 1\n--B\nContent-Type: message/rfc822\n\nSubject: Done\n\nDone\n--B--"
    )
    reading = taken(letter(body, Content_Type=f'{kind}; boundary="B"'))
    assert (reading.kind, reading.response, reading.automatic, reading.text) == (ReplyKind.OTHER, None, True, "")
    assert "junk" in reading.why


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
        ("Delivery status notification: error", ReplyKind.BOUNCE),
        ("failed delivery", ReplyKind.BOUNCE),
        ("There was an error sending your mail", ReplyKind.BOUNCE),
        ("Warning--Could not send mail for past 8.5 hours", ReplyKind.DELAYED),
        # A letter of a mail system that nobody understands may say that our mail was lost.
        ("Action plan", ReplyKind.OTHER),
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
    """Test that what stands in a forwarded mail was said to somebody else, and its token too."""
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
