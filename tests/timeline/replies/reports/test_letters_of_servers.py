"""Test plain letters of mail systems, which no program was meant to read."""

import pytest

from tasks.reading.mail import read
from tests.timeline.replies.letters import OURS, TOKEN, letter, taken
from timeline.replies.reading import ReplyKind

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
