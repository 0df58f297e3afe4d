"""Test servers that refuse, hang, drip and cut: the receipt says how far the mail came, and nothing raises."""

import re
import socket
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest

from tasks.channels.mail import send
from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.channels.smtp.connection import close_connections
from tests.support.patience import LIMITS, NO_ANSWER, patiently
from tests.tasks.smtp_servers import A_MAIL, Act, Answer, SmtpServer


@pytest.fixture(autouse=True)
def _no_line_is_left_open() -> Iterator[None]:
    yield
    close_connections()


def sent(**told: Any) -> tuple[Receipt, SmtpServer]:
    def within(limit: float) -> tuple[Receipt, SmtpServer]:
        with SmtpServer(**told) as server:
            return send(server.url, A_MAIL, limit_seconds=limit), server

    return patiently(within, *told.values())


REFUSALS = [
    ("RCPT", "550 5.1.1 <sean.o'brien@council.gov.example>: unknown", Stage.RCPT, "5.1.1", False, True),
    ("RCPT", "451 4.7.1 greylisted", Stage.RCPT, "4.7.1", True, False),
    ("RCPT", "550-5.7.1 first line\r\n550 5.7.1 second line", Stage.RCPT, "5.7.1", False, False),
    ("MAIL", "452 4.3.1 disk full", Stage.FROM, "4.3.1", True, False),
    ("DATA", "451 4.3.0 not now", Stage.DATA, "4.3.0", True, False),
    ("end", "554 5.7.1 looks like spam", Stage.DATA, "5.7.1", False, False),
    ("end", "451 4.3.0 try again", Stage.DATA, "4.3.0", True, False),
]


@pytest.mark.parametrize(("step", "answer", "stage", "enhanced", "retryable", "gone"), REFUSALS)
def test_a_refusal_is_told_with_its_stage_and_codes(
    step: str, answer: str, stage: Stage, enhanced: str, retryable: bool, gone: bool
) -> None:
    receipt, _ = sent(**{step: answer})
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.REFUSED, stage, int(answer[:3]))
    assert (receipt.enhanced, receipt.retryable, receipt.gone) == (enhanced, retryable, gone)
    assert "@" not in receipt.text


@pytest.mark.parametrize(
    "answer", ["550 5.1.8 not from you", "553 5.7.1 sender rejected", "530 5.7.57 not authenticated"]
)
def test_a_refusal_of_our_own_sender_is_held_against_no_reader(answer: str) -> None:
    """Test that every mail would meet it: they wait, and the channel's trouble is told."""
    receipt, _ = sent(MAIL=answer)
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.UNREACHABLE, Stage.FROM, int(answer[:3]))
    assert not receipt.gone


@pytest.mark.parametrize("act", [Act.HANG, Act.DRIP])
@pytest.mark.parametrize(
    ("step", "stage"),
    [
        ("connect", Stage.CONNECT),
        ("EHLO", Stage.CONNECT),
        ("MAIL", Stage.FROM),
        ("RCPT", Stage.RCPT),
        ("DATA", Stage.DATA),
    ],
)
def test_silence_and_drips_end_at_the_limit_and_nothing_was_handed_over(step: str, act: Act, stage: Stage) -> None:
    receipt, server = sent(**{step: act})
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.UNREACHABLE, stage, None)
    assert re.fullmatch(rf"127\.0\.0\.1:{server.port}: {NO_ANSWER}", receipt.text)
    assert receipt.retryable
    assert server.mails == []


@pytest.mark.parametrize("act", [Act.HANG, Act.DRIP, Act.CUT, Act.BABBLE])
def test_without_an_answer_to_the_final_dot_the_outcome_is_uncertain(act: Act) -> None:
    receipt, server = sent(end=act)
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.UNCERTAIN, Stage.DATA, None)
    assert receipt.retryable
    assert len(server.mails) == 1  # it was delivered, which nobody told us


def test_a_line_cut_inside_the_content_is_uncertain() -> None:
    receipt, _ = sent(content=Act.CUT)
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNCERTAIN, Stage.DATA)


@pytest.mark.parametrize("step", ["connect", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("act", [Act.CUT, Act.BABBLE, "rubbish", "999 what", "099", "x" * 10_000, "\xff\xfe", ""])
def test_rubbish_before_the_content_hands_nothing_over(step: str, act: Answer) -> None:
    receipt, server = sent(**{step: act})
    assert receipt.outcome is SendOutcome.UNREACHABLE
    assert receipt.retryable
    assert server.mails == []


def test_an_answer_that_never_ends_is_cut_off_before_it_fills_the_memory() -> None:
    receipt, _ = sent(EHLO=Act.BABBLE)
    assert receipt.text.endswith("the server's answer does not end")


@pytest.mark.parametrize("answer", ["rubbish", "354 what", "999 what", "x" * 10_000])
def test_rubbish_after_the_content_is_uncertain(answer: str) -> None:
    receipt, _ = sent(end=answer)
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.UNCERTAIN, Stage.DATA, None)


def test_an_early_yes_to_data_is_no_receipt() -> None:
    receipt, server = sent(DATA="250 thank you, got it")
    assert receipt.outcome is SendOutcome.UNREACHABLE
    assert server.mails == []


@pytest.mark.parametrize(("banner", "retryable"), [("421 4.3.2 too busy", True), ("554 not you", False)])
def test_a_server_that_refuses_at_the_door_is_unreachable(banner: str, retryable: bool) -> None:
    receipt, _ = sent(connect=banner)
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.CONNECT)
    assert (receipt.code, receipt.retryable) == (int(banner[:3]), retryable)


def test_a_server_without_ehlo_is_greeted_with_helo() -> None:
    receipt, server = sent(EHLO="502 what?")
    assert receipt.outcome is SendOutcome.ACCEPTED
    assert any(command.lower().startswith("helo ") for command in server.commands)


def test_nobody_listening_is_unreachable() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        receipt = send(f"daymarkmail://127.0.0.1:{nobody.getsockname()[1]}/", A_MAIL)
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.CONNECT)
    assert "Connection refused" in receipt.text


def test_a_host_that_takes_no_connection_is_unreachable_at_the_limit() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):  # the queue is full: the next one waits
            receipt = send(f"daymarkmail://127.0.0.1:{port}/", A_MAIL, limit_seconds=LIMITS[0])
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.CONNECT)
    assert receipt.text == f"127.0.0.1:{port}: no answer within {LIMITS[0]} seconds"


def test_a_name_look_up_that_hangs_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    given_up, came_back = Event(), []

    def look_up(*_: object, **__: object) -> list[object]:
        came_back.append(given_up.wait(20))
        return []

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    receipt = send("daymarkmail://relay.council.gov.example/", A_MAIL, limit_seconds=LIMITS[0])
    assert came_back == []
    given_up.set()
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.CONNECT)
    assert receipt.text == f"relay.council.gov.example:25: no answer within {LIMITS[0]} seconds"


def test_a_name_that_nobody_has_is_unreachable() -> None:
    receipt = send("daymarkmail://relay.invalid/", A_MAIL, limit_seconds=5)
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.CONNECT)
