"""Test SMTP with a token in place of a password (XOAUTH2), as Exchange Online takes it."""

import base64
import logging
from typing import Any

import pytest

from tasks.channels.mail import check_url, send
from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.channels.smtp.connection import close_connections
from tasks.channels.smtp.message import build
from tasks.channels.smtp.server_url import MailServer
from tests.tasks.exchange_refusals import MAILBOX, REVOKED_APP, SECRET
from tests.tasks.exchange_servers import Cloud, ExchangeSmtp, account_of
from tests.tasks.smtp_servers import Act, SmtpServer, a_mail

MAIL = a_mail(from_=f"Improvement programme <{MAILBOX}>")


def sent(cloud: Cloud, server: SmtpServer, *, url: str = "", from_: str = MAIL.from_) -> Receipt:
    return send(url or server.url, a_mail(from_=from_), account=account_of(cloud), limit_seconds=60)


def test_a_mail_is_taken_from_the_mailbox_and_not_from_a_plus_address_of_it() -> None:
    with Cloud() as cloud, ExchangeSmtp(cloud) as server:
        receipt = sent(cloud, server)
        assert (receipt.outcome, receipt.message_id) == (SendOutcome.ACCEPTED, MAIL.message_id)
        (mail,) = server.mails
        assert (mail.sender, mail.content) == (f"<{MAILBOX}>", build(MAIL))
        sent(cloud, server)
        assert (len(cloud.asked), server.connections) == (1, 1)


def test_the_url_may_name_another_mailbox() -> None:
    with Cloud(mailboxes=frozenset({"o'brien@council.example"})) as cloud, ExchangeSmtp(cloud) as server:
        url = server.url.replace("://", "://o%27brien%40council.example@")
        assert sent(cloud, server, url=url, from_="o'brien@council.example").outcome is SendOutcome.ACCEPTED


def test_a_token_that_was_revoked_is_replaced_at_once() -> None:
    with Cloud() as cloud, ExchangeSmtp(cloud) as server:
        sent(cloud, server)
        cloud.tenant.revoke()
        close_connections()
        assert sent(cloud, server).outcome is SendOutcome.ACCEPTED
        assert (len(cloud.asked), len(server.mails)) == (2, 2)


def test_a_mailbox_that_is_not_ours_is_refused_after_the_challenge_and_the_mail_waits() -> None:
    with Cloud(mailboxes=frozenset({"other@council.example"})) as cloud, ExchangeSmtp(cloud) as server:
        receipt = sent(cloud, server)
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.UNREACHABLE, Stage.AUTH, 535)
    assert (receipt.enhanced, server.mails) == ("5.7.3", [])


@pytest.mark.parametrize("told", [{}, {"end": "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.Mapi"}])
def test_a_sender_that_is_not_the_mailbox_is_no_fault_of_the_reader(told: dict[str, str]) -> None:
    with Cloud() as cloud, ExchangeSmtp(cloud, **told) as server:
        receipt = sent(cloud, server, from_="Director <director@council.example>")
    assert (receipt.outcome, receipt.code, receipt.gone) == (SendOutcome.UNREACHABLE, 554, False)


THROTTLES = [
    ({"AUTH": "454 4.7.0 Temporary authentication failure"}, SendOutcome.UNREACHABLE, Stage.AUTH),
    ({"connect": "421 4.3.2 Service not available"}, SendOutcome.UNREACHABLE, Stage.CONNECT),
    ({"MAIL": "421 4.4.2 Message submission rate for this client has exceeded"}, SendOutcome.UNREACHABLE, Stage.FROM),
    ({"end": "432 4.3.2 Concurrent connections limit exceeded"}, SendOutcome.REFUSED, Stage.DATA),
    ({"end": Act.CUT}, SendOutcome.UNCERTAIN, Stage.DATA),
]


@pytest.mark.parametrize(("told", "outcome", "stage"), THROTTLES)
def test_throttling_and_a_cut_line_are_tried_again(told: dict[str, Any], outcome: SendOutcome, stage: Stage) -> None:
    with Cloud() as cloud, ExchangeSmtp(cloud, **told) as server:
        receipt = sent(cloud, server)
    assert (receipt.outcome, receipt.stage, receipt.retryable) == (outcome, stage, True)


def test_a_revoked_app_gets_no_token_and_says_nothing_to_the_server_but_hello() -> None:
    with Cloud(tokens=[REVOKED_APP]) as cloud, ExchangeSmtp(cloud) as server:
        receipt = sent(cloud, server)
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.AUTH)
    assert "look at DAYMARK_MAIL_CLIENT_ID and DAYMARK_MAIL_TENANT" in receipt.text
    assert not any(command.startswith("AUTH") for command in server.commands)


def test_without_an_app_the_setting_is_named() -> None:
    with Cloud() as cloud, ExchangeSmtp(cloud) as server:
        receipt = send(server.url, MAIL)
    assert (receipt.stage, "DAYMARK_MAIL_CLIENT_ID" in receipt.text) == (Stage.AUTH, True)


def test_a_token_never_travels_in_the_clear() -> None:
    with Cloud() as cloud, SmtpServer() as server:
        receipt = sent(cloud, server, url=f"{server.url}?auth=xoauth2", from_=MAILBOX)
    assert receipt.outcome is SendOutcome.UNREACHABLE
    assert not any(command.startswith("AUTH") for command in server.commands)


def test_no_token_stands_in_a_log_or_a_receipt(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Cloud() as cloud, ExchangeSmtp(cloud, MAIL=Act.CUT) as server:
        receipts = [sent(cloud, server)]
        server.told = {"AUTH": "echo"}
        receipts.append(sent(cloud, server))
        server.told = {"end": "554 5.7.1 token-1-for-https://outlook.office365.com/.default is no good"}
        receipts.append(sent(cloud, server))
    everything = f"{receipts} {caplog.text}"
    assert "what is AUTH XOAUTH2 ****?" in everything
    assert "**** is no good" in everything
    assert "token-1" not in everything
    assert base64.b64encode(f"user={MAILBOX}".encode()).decode()[:20] not in everything
    assert SECRET not in everything


def test_a_url_with_oauth_is_read_and_writes_itself() -> None:
    plain = "daymarkmail://smtp.office365.com/?auth=xoauth2"
    named = "daymarkmail://a%40b.example@smtp.office365.com:587/?auth=xoauth2"
    assert MailServer.parse(plain) == MailServer("smtp.office365.com", 587, oauth=True)
    assert MailServer.parse(named) == MailServer("smtp.office365.com", 587, "a@b.example", oauth=True)
    for url in (plain, named):
        assert MailServer.parse(MailServer.parse(url).url(with_password=True)) == MailServer.parse(url)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("daymarkmail://a:secret@relay.example/?auth=xoauth2", "a password beside auth=xoauth2"),
        ("daymarkmail://relay.example/?auth=xoauth2&starttls=no", "would send a token unencrypted"),
        ("daymarkmail://relay.example/?auth=plain", "takes only"),
    ],
)
def test_a_bad_url_is_refused_in_one_sentence(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as refused:
        check_url(url)
    assert "secret" not in str(refused.value)
