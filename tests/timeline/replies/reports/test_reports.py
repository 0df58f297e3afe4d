"""Test reports of mail systems: who was not reached, and whose message it was."""

import base64

import pytest

from tests.timeline.replies.letters import OTHER_TOKEN, TOKEN, letter, sample, taken
from timeline.replies.reading import MailReading, ReplyKind

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


def test_an_attached_mail_is_not_read() -> None:
    """Test that what stands in a forwarded mail was said to somebody else, and its token too."""
    inner = f"From: Sean\nIn-Reply-To: <r.{OTHER_TOKEN}.1@x>\nTo: reminders+{OTHER_TOKEN}@notices.x.gov.uk\n\nACK"
    body = f"--B\nContent-Type: message/rfc822\n\n{inner}\n--B--"
    reading = taken(letter(body, Content_Type='multipart/mixed; boundary="B"'))
    assert (reading.token, reading.response, reading.text) == (TOKEN, None, "")
