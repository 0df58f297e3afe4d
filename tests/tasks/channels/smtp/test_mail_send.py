"""Test sending through Apprise to real servers: the right person, one line for many mails, the receipt."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from multiprocessing import get_context

import apprise
import pytest

from tasks.channels.mail import send
from tasks.channels.receipt import SendOutcome, Stage
from tasks.channels.smtp import connection as kept
from tasks.channels.smtp.connection import close_connections
from tasks.channels.smtp.plugin import build
from tests.tasks.smtp_servers import A_MAIL, Act, SmtpServer, a_mail


@pytest.fixture(autouse=True)
def _no_line_is_left_open() -> Iterator[None]:
    yield
    close_connections()


def test_an_address_with_an_apostrophe_is_reached_exactly() -> None:
    with SmtpServer() as server:
        receipt = send(server.url, A_MAIL)
    assert receipt.outcome is SendOutcome.ACCEPTED
    assert [mail.recipient for mail in server.mails] == ["<sean.o'brien@council.gov.example>"]
    assert [mail.sender for mail in server.mails] == ["<reminders+abcd2345efgh6789@council.gov.example>"]


def test_the_receipt_of_an_accepted_mail() -> None:
    with SmtpServer() as server:
        receipt = send(server.url, A_MAIL)
    assert (receipt.stage, receipt.code, receipt.enhanced) == (Stage.DATA, 250, "2.0.0")
    assert (receipt.text, receipt.message_id) == ("queued", A_MAIL.message_id)
    assert not receipt.retryable
    assert not receipt.gone


def test_the_mail_arrives_to_the_byte_with_its_lines_of_dots() -> None:
    mail = a_mail(text="Before.\n.\n..\n.gov is a domain.\n")
    with SmtpServer() as server:
        send(server.url, mail)
    assert server.mails[0].content == build(mail)
    # A dot alone would end the mail on its way.
    assert b"\r\n=2E\r\n..\r\n.gov is a domain.\r\n" in server.mails[0].content


def test_a_blank_line_in_the_subject_adds_no_header_and_no_recipient() -> None:
    with SmtpServer() as server:
        send(server.url, a_mail(subject="Plan\r\n\r\nBcc: everybody@council.gov.example"))
    message = message_from_bytes(server.mails[0].content, policy=policy.default)
    assert message["Subject"] == "Plan Bcc: everybody@council.gov.example"
    assert message["Bcc"] is None
    assert [command for command in server.commands if command.startswith("RCPT")] == [
        "RCPT TO:<sean.o'brien@council.gov.example>"
    ]


def test_a_mail_without_text_is_sent_all_the_same() -> None:
    with SmtpServer() as server:
        assert send(server.url, a_mail(text="", subject="")).outcome is SendOutcome.ACCEPTED


def test_many_mails_go_over_one_line() -> None:
    with SmtpServer() as server:
        for number in range(20):
            send(server.url, a_mail(message_id=f"<r.x.{number}@council.gov.example>"))
    assert server.connections == 1
    assert len(server.mails) == 20
    assert [command[:4].upper() for command in server.commands].count("EHLO") == 1


def test_threads_never_share_a_line() -> None:
    mails = [a_mail(to_address=f"post{n}@council.gov.example", text=f"for post{n}\n" * 50) for n in range(60)]
    with SmtpServer() as server, ThreadPoolExecutor(6) as threads:
        receipts = list(threads.map(lambda mail: send(server.url, mail), mails))
    assert {receipt.outcome for receipt in receipts} == {SendOutcome.ACCEPTED}
    assert 1 <= server.connections <= 6
    assert sorted((m.recipient, m.content) for m in server.mails) == sorted(
        (f"<{mail.to_address}>", build(mail)) for mail in mails
    )


@pytest.mark.parametrize("refusal", ["550 5.1.1 <sean.o'brien@council.gov.example> unknown", "451 4.7.1 grey"])
def test_after_a_refusal_the_line_serves_the_next_mail(refusal: str) -> None:
    with SmtpServer(RCPT=[refusal]) as server:
        first, second = send(server.url, A_MAIL), send(server.url, A_MAIL)
    assert (first.outcome, second.outcome) == (SendOutcome.REFUSED, SendOutcome.ACCEPTED)
    assert server.connections == 1
    assert server.commands[-4:-2] == ["RSET", f"MAIL FROM:<{A_MAIL.envelope_from}>"]
    assert len(server.mails) == 1


def test_a_line_closed_between_two_mails_is_opened_again_and_both_arrive_once() -> None:
    with SmtpServer(MAIL=["250 ok", Act.CUT]) as server:
        receipts = [send(server.url, a_mail(message_id=f"<{n}@council.gov.example>")) for n in range(2)]
    assert [receipt.outcome for receipt in receipts] == [SendOutcome.ACCEPTED, SendOutcome.ACCEPTED]
    assert server.connections == 2
    assert len(server.mails) == 2


@pytest.mark.parametrize("last_words", ["421 4.4.2 idle too long", "451 4.7.0 too many mails on this line"])
def test_a_line_that_takes_no_more_mails_is_replaced(last_words: str) -> None:
    with SmtpServer(MAIL=["250 ok", last_words]) as server:
        receipts = [send(server.url, A_MAIL) for _ in range(2)]
    assert [receipt.outcome for receipt in receipts] == [SendOutcome.ACCEPTED, SendOutcome.ACCEPTED]
    assert server.connections == 2
    assert len(server.mails) == 2


def test_a_line_cut_after_the_content_is_not_opened_again() -> None:
    with SmtpServer(end=["250 ok", Act.CUT]) as server:
        receipts = [send(server.url, A_MAIL) for _ in range(2)]
    assert [receipt.outcome for receipt in receipts] == [SendOutcome.ACCEPTED, SendOutcome.UNCERTAIN]
    assert server.connections == 1
    assert len(server.mails) == 2


def test_a_line_that_was_idle_too_long_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_IDLE_SECONDS", 0)
    with SmtpServer() as server:
        assert [send(server.url, A_MAIL).outcome for _ in range(2)] == [SendOutcome.ACCEPTED] * 2
    assert server.connections == 2


def test_a_forked_process_opens_a_line_of_its_own() -> None:
    with SmtpServer() as server:
        send(server.url, A_MAIL)
        child = get_context("fork").Process(target=send, args=(server.url, A_MAIL))
        child.start()
        child.join()
        assert send(server.url, A_MAIL).outcome is SendOutcome.ACCEPTED
    assert server.connections == 2
    assert len(server.mails) == 3


def test_closed_lines_say_goodbye_and_the_next_mail_opens_a_new_one() -> None:
    with SmtpServer() as server:
        send(server.url, A_MAIL)
        close_connections()
        send(server.url, A_MAIL)
    assert server.commands.count("QUIT") == 1
    assert server.connections == 2


def test_a_mail_that_cannot_be_built_is_refused_before_any_server_hears_of_it() -> None:
    with SmtpServer() as server:
        receipt = send(server.url, a_mail(to_address="seán@council.gov.example"))
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.REFUSED, Stage.BUILD, None)
    assert receipt.text.startswith("an address has letters outside ASCII")
    assert server.connections == 0


def test_a_null_sender_is_allowed() -> None:
    with SmtpServer() as server:
        send(server.url, a_mail(envelope_from=""))
    assert server.mails[0].sender == "<>"


def test_a_bad_url_raises_before_anything_is_sent() -> None:
    with pytest.raises(ValueError, match="Apprise's own mailto://"):
        send("mailto://127.0.0.1/", A_MAIL)


def test_the_plugin_is_registered_with_apprise_under_its_own_schemas() -> None:
    plugins = apprise.Apprise(["daymarkmail://relay.example/", "daymarkmails://user:secret@relay.example/"])
    assert plugins.urls(privacy=True) == [
        "daymarkmail://relay.example:25/?starttls=yes&verify=yes",
        "daymarkmails://user:****@relay.example:465/?verify=yes",
    ]


def test_apprise_itself_cannot_send_through_it_without_a_recipient() -> None:
    with SmtpServer() as server:
        assert not apprise.Apprise(server.url).notify("to nobody")
    assert server.connections == 0
