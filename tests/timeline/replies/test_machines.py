"""Test that a machine's receipt acknowledges nothing, though no header says that it is one; and people are heard."""

import pytest

from tests.timeline.replies.letters import TOKEN, letter, taken
from timeline.answers.responses import Answer
from timeline.replies.reading import ReplyKind

RECEIPTS = [
    "Received, thank you. We aim to answer within five working days.",
    "Received. This mailbox is monitored Monday to Friday 9-5.",
    "Received with thanks. This mailbox is looked at on weekdays.",
    "Received.\nThank you for contacting the Performance Team. A member of the team will be in touch.",
    "Noted, thank you for your email. We will respond within 3 working days.",
    "Acknowledged. Your request has been logged, reference number 4711.",
    "Confirmed: your enquiry has been received. Do not reply to this message.",
    "Received. This is an automatic acknowledgement.",
    "Received. Our office hours are 9am - 5pm.",
    "Done. Your ticket has been closed. Case #4711",
    "Derbyniwyd. Byddwn yn ymateb o fewn pum diwrnod.",
    "Derbyniwyd, diolch am gysylltu. Peidiwch ag ateb y neges hon.",
]
SUBJECTS = [
    "Thank you for your email", "Received: Action plan", "Message received", "Confirmation of receipt: Re: Action plan",
    "Your enquiry", "Your message to the Performance Team (Re: Action plan)", "Request received [#4711]", "",
    "Action plan", "Acknowledgement - RE: Action plan", f"Action plan [ref:{TOKEN}]", "Case 4711: Re: Action plan",
]  # fmt: skip
ANSWERS = [
    "Re: Action plan", "RE: Action plan", "re : Action plan", "Re[2]: Action plan", "ATB: Action plan",
    "AW: Action plan", "[EXTERNAL] Re: Action plan", "OFFICIAL - RE: Action plan",
    "[OFFICIAL-SENSITIVE] Re: Action plan", "[Secure] [External] RE: Action plan",
    "*** SPAM *** Re: Action plan", "RE: [OFFICIAL] Action plan",
    "Fwd: Action plan",
]  # fmt: skip


@pytest.mark.parametrize("text", RECEIPTS)
def test_the_words_of_a_machine_acknowledge_nothing(text: str) -> None:
    reading = taken(letter(text))
    assert (reading.kind, reading.response, reading.parts) == (ReplyKind.RESPONSE, None, ())


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_that_answers_no_mail_waits_for_a_person(subject: str) -> None:
    reading = taken(letter("Received, thank you.", Subject=subject))
    assert (reading.kind, reading.response) == (ReplyKind.RESPONSE, None)
    assert "subject" in reading.why


@pytest.mark.parametrize("subject", ANSWERS)
def test_the_subject_of_an_answer_may_be_marked_on_its_way(subject: str) -> None:
    assert taken(letter("Received, thank you.", Subject=subject)).response is Answer.ACKNOWLEDGED


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Ack\n\nKind regards\nSean\nThis mailbox is monitored Monday to Friday", Answer.ACKNOWLEDGED),
        ("Received, thanks\n\nKind regards\nSean\nWe aim to reply within five working days", Answer.ACKNOWLEDGED),
        ("Ack. We will reply to the board.", Answer.ACKNOWLEDGED),
        ("Noted, thanks", Answer.ACKNOWLEDGED),
        ("Help, we are two people short", Answer.HELP),
        ("Help with case number 123456, this mailbox is monitored", Answer.HELP),
        ("Not mine, thank you for your email", Answer.DECLINED),
    ],
)
def test_a_person_is_heard(text: str, answer: Answer) -> None:
    assert taken(letter(text)).response is answer


@pytest.mark.parametrize(
    ("text", "machines"), [("Received", True), ("Noted, thanks", True), ("Ack", False), ("Will do", False)]
)
def test_only_the_words_that_machines_use_too_may_be_a_machines(text: str, machines: bool) -> None:
    assert taken(letter(text)).may_be_a_machines is machines


@pytest.mark.parametrize(
    "mark", [{"List-Id": "<staff.borough.gov.uk>"}, {"Precedence": "list"}, {"Precedence": "LIST"}]
)
def test_an_answer_through_a_mailing_list_waits_for_a_person_and_everything_else_is_automatic(
    mark: dict[str, str],
) -> None:
    head = {name.replace("-", "_"): value for name, value in mark.items()}
    reading = taken(letter("Ack", **head))
    assert (reading.kind, reading.response, reading.automatic) == (ReplyKind.RESPONSE, None, False)
    assert "mailing list" in reading.why
    for raw in (
        letter("The newsletter of the borough", **head),
        letter("Ack", To="reminders@notices.x.gov.uk", **head),
        letter("Ack", Authentication_Results=None, **head),
        letter("Ack", Auto_Submitted="auto-replied", **head),
    ):
        reading = taken(raw)
        assert (reading.kind, reading.response, reading.automatic) == (ReplyKind.AUTO_REPLY, None, True)
