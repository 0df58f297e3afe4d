"""Test encryption and passwords, against real TLS servers with a certificate made for the test."""

import base64
import logging
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.channels.mail import send
from tasks.channels.receipt import SendOutcome, Stage
from tasks.channels.smtp.connection import close_connections
from tasks.channels.smtp.timed_smtp import tls_context
from tests.tasks.smtp_servers import A_MAIL, Act, SmtpServer, self_signed

PASSWORD = "hunter2-correct-horse"
LOGIN = base64.b64encode(f"\0reminders\0{PASSWORD}".encode()).decode()


@pytest.fixture(autouse=True)
def _no_line_is_left_open() -> Iterator[None]:
    tls_context.cache_clear()
    yield
    close_connections()
    tls_context.cache_clear()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    return self_signed(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def tls(certificate: tuple[ssl.SSLContext, Path]) -> ssl.SSLContext:
    return certificate[0]


def with_login(url: str) -> str:
    return url.replace("://", f"://reminders:{PASSWORD}@")


@pytest.mark.parametrize("implicit", [False, True])
def test_an_unknown_certificate_is_refused(tls: ssl.SSLContext, implicit: bool) -> None:
    with SmtpServer(tls, implicit) as server:
        receipt = send(server.url, A_MAIL)
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.CONNECT)
    assert "certificate verify failed" in receipt.text
    assert server.mails == []


@pytest.mark.parametrize("implicit", [False, True])
def test_verify_no_takes_any_certificate(tls: ssl.SSLContext, implicit: bool) -> None:
    with SmtpServer(tls, implicit) as server:
        receipts = [send(f"{server.url}?verify=no", A_MAIL) for _ in range(2)]
    assert [receipt.outcome for receipt in receipts] == [SendOutcome.ACCEPTED, SendOutcome.ACCEPTED]
    assert server.connections == 1
    assert server.commands.count("STARTTLS") == (0 if implicit else 1)


@pytest.mark.parametrize("implicit", [False, True])
def test_a_trusted_certificate_is_verified_for_its_host(
    certificate: tuple[ssl.SSLContext, Path], implicit: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, file = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with SmtpServer(tls, implicit) as server:
        by_address = send(server.url, A_MAIL)
        by_name = send(server.url.replace("127.0.0.1", "localhost"), A_MAIL)
    assert by_address.outcome is SendOutcome.ACCEPTED
    assert by_name.outcome is SendOutcome.UNREACHABLE
    assert "Hostname mismatch" in by_name.text


def test_encryption_is_used_when_offered_and_done_without_when_not(tls: ssl.SSLContext) -> None:
    with SmtpServer() as plain, SmtpServer(tls) as offering:
        assert send(plain.url, A_MAIL).outcome is SendOutcome.ACCEPTED
        assert send(f"{offering.url}?starttls=no", A_MAIL).outcome is SendOutcome.ACCEPTED
    assert "STARTTLS" not in plain.commands + offering.commands


def test_always_means_that_no_mail_goes_out_in_the_clear() -> None:
    with SmtpServer() as server:
        receipt = send(f"{server.url}?starttls=always", A_MAIL)
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.CONNECT)
    assert "does not offer STARTTLS" in receipt.text
    assert not any(command.startswith("MAIL") for command in server.commands)


def test_a_password_never_travels_in_the_clear() -> None:
    with SmtpServer() as server:
        receipt = send(with_login(server.url), A_MAIL)
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.CONNECT)
    assert not any(command.startswith("AUTH") for command in server.commands)


def test_login_comes_after_encryption(tls: ssl.SSLContext) -> None:
    with SmtpServer(tls) as server:
        assert send(with_login(f"{server.url}?verify=no"), A_MAIL).outcome is SendOutcome.ACCEPTED
    assert server.commands.index("STARTTLS") < server.commands.index(f"AUTH PLAIN {LOGIN}")


@pytest.mark.parametrize(
    ("answer", "code", "retryable"),
    [
        (f"535 5.7.8 wrong password {PASSWORD} for reminders", 535, False),
        ("454 4.7.0 come again", 454, True),
        (Act.CUT, None, True),
    ],
)
def test_a_refused_login_is_unreachable_at_auth(
    tls: ssl.SSLContext, answer: str | Act, code: int | None, retryable: bool
) -> None:
    with SmtpServer(tls, AUTH=answer) as server:
        receipt = send(with_login(f"{server.url}?verify=no"), A_MAIL)
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.AUTH)
    assert (receipt.code, receipt.retryable, receipt.gone) == (code, retryable, False)
    assert server.mails == []


def test_a_server_that_offers_starttls_and_then_refuses_is_unreachable(tls: ssl.SSLContext) -> None:
    with SmtpServer(tls, STARTTLS="454 4.7.0 not now") as server:
        receipt = send(f"{server.url}?verify=no", A_MAIL)
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.UNREACHABLE, Stage.CONNECT, 454)


def test_a_handshake_that_never_comes_ends_at_the_limit() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"daymarkmails://127.0.0.1:{silent.getsockname()[1]}/"
        receipt = send(url, A_MAIL, limit_seconds=0.7)
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.CONNECT)
    assert receipt.text.endswith("no answer within 0.7 seconds")


def test_the_password_stands_in_no_log_receipt_or_message(
    tls: ssl.SSLContext, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(1)
    logging.getLogger("apprise").setLevel(1)
    receipts = []
    for answer in ("235 ok", f"535 {PASSWORD} is wrong", f"501 what is AUTH PLAIN {LOGIN}?", Act.CUT):
        with SmtpServer(tls, AUTH=answer) as server:
            receipts.append(send(with_login(f"{server.url}?verify=no"), A_MAIL))
            receipts.append(send(with_login(server.url), A_MAIL))
    everything = f"{receipts} {caplog.text} {capsys.readouterr()}"
    assert "accepted" in everything
    assert "what is AUTH PLAIN ****?" in everything
    assert PASSWORD not in everything
    assert LOGIN not in everything
    assert "sean.o'brien" not in everything
