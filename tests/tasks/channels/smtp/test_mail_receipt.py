"""Test what a receipt says of a server's answer."""

import pytest

from tasks.channels.receipt import Receipt, SendOutcome, Stage

# stage, code, what the server said; outcome, enhanced code, retryable, gone
ANSWERS = [
    (Stage.DATA, 250, "2.0.0 queued", SendOutcome.ACCEPTED, "2.0.0", False, False),
    (Stage.RCPT, 550, "5.1.1 no such user", SendOutcome.REFUSED, "5.1.1", False, True),
    (Stage.RCPT, 550, "5.1.10 recipient not found", SendOutcome.REFUSED, "5.1.10", False, True),
    (Stage.RCPT, 550, "5.1.0 address rejected", SendOutcome.REFUSED, "5.1.0", False, True),
    (Stage.RCPT, 551, "5.1.6 has moved", SendOutcome.REFUSED, "5.1.6", False, True),
    (Stage.RCPT, 550, "5.2.1 mailbox disabled", SendOutcome.REFUSED, "5.2.1", False, True),
    (Stage.RCPT, 550, "no such user here", SendOutcome.REFUSED, None, False, True),
    (Stage.DATA, 550, "5.1.1 no such user", SendOutcome.REFUSED, "5.1.1", False, True),
    (Stage.DATA, 550, "looks like spam", SendOutcome.REFUSED, None, False, False),
    (Stage.FROM, 550, "5.1.0 sender rejected", SendOutcome.UNREACHABLE, "5.1.0", False, False),
    (Stage.FROM, 550, "sender rejected", SendOutcome.UNREACHABLE, None, False, False),
    (Stage.RCPT, 550, "5.7.1 not allowed", SendOutcome.REFUSED, "5.7.1", False, False),
    (Stage.RCPT, 552, "5.2.2 mailbox full", SendOutcome.REFUSED, "5.2.2", False, False),
    (Stage.RCPT, 451, "4.7.1 greylisted, come again", SendOutcome.REFUSED, "4.7.1", True, False),
    (Stage.RCPT, 450, "mailbox busy", SendOutcome.REFUSED, None, True, False),
    (Stage.DATA, 421, "4.3.2 shutting down", SendOutcome.REFUSED, "4.3.2", True, False),
    (Stage.RCPT, 421, "4.3.2 shutting down", SendOutcome.UNREACHABLE, "4.3.2", True, False),
    (Stage.FROM, 530, "5.7.0 log in first", SendOutcome.UNREACHABLE, "5.7.0", False, False),
    (Stage.AUTH, 535, "5.7.8 wrong password", SendOutcome.UNREACHABLE, "5.7.8", False, False),
    (Stage.AUTH, 454, "4.7.0 try later", SendOutcome.UNREACHABLE, "4.7.0", True, False),
    (Stage.CONNECT, 554, "no service for you", SendOutcome.UNREACHABLE, None, False, False),
]


@pytest.mark.parametrize(("stage", "code", "said", "outcome", "enhanced", "retryable", "gone"), ANSWERS)
def test_an_answer_is_read_by_where_it_was_given(
    stage: Stage, code: int, said: str, outcome: SendOutcome, enhanced: str | None, retryable: bool, gone: bool
) -> None:
    receipt = Receipt.of_reply(stage, code, said, "<a@b>")
    assert (receipt.outcome, receipt.enhanced, receipt.retryable, receipt.gone) == (
        outcome,
        enhanced,
        retryable,
        gone,
    )


@pytest.mark.parametrize("outcome", [SendOutcome.UNREACHABLE, SendOutcome.UNCERTAIN])
def test_without_a_code_it_may_be_tried_again(outcome: SendOutcome) -> None:
    assert Receipt(outcome, Stage.DATA, None, None, "cut", "<a@b>").retryable


def test_what_cannot_be_built_is_not_tried_again() -> None:
    assert not Receipt(SendOutcome.REFUSED, Stage.BUILD, None, None, "no address", "<a@b>").retryable


@pytest.mark.parametrize(
    "said",
    [
        "5.1.1 <sean.o'brien@council.gov.example>: no such user",
        "sean.o'brien@council.gov.example... User unknown",
        "rejected (to=sean.o'brien@council.gov.example, from=x@y.example)",
        '"sean o\'brien"@council.gov.example is not known',
        "see https://help.example/?who=sean.o'brien%40council.gov.example",
        "550 Seán.O’Brien@council.gov.example unknown",
    ],
)
def test_addresses_are_masked_in_the_text(said: str) -> None:
    receipt = Receipt.of_reply(Stage.RCPT, 550, said, "<a@b>")
    assert "(address)" in receipt.text
    assert "brien" not in receipt.text.lower()
    assert "council.gov" not in receipt.text


def test_the_text_is_one_short_line() -> None:
    receipt = Receipt.of_reply(Stage.RCPT, 550, "5.1.1 first\n5.1.1 second\r\n\tthird " + "x" * 2000, "<a@b>")
    assert receipt.text.startswith("first second third x")
    assert len(receipt.text) == 500


def test_the_token_in_the_message_id_is_not_in_the_repr() -> None:
    assert "abcd2345" not in repr(Receipt.of_reply(Stage.DATA, 250, "ok", "<r.abcd2345.0@b>"))
