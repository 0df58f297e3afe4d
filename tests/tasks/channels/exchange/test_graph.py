"""Test `sendMail` of Microsoft Graph: what it is asked, and what becomes of a mail by each of its answers."""

import logging
from typing import Any

import pytest

from tasks.channels.exchange.graph import GraphRoute
from tasks.channels.mail import check_url, send
from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.channels.smtp.message import build
from tests.tasks.exchange_refusals import (
    ACCESS_DENIED,
    BAD_RECIPIENT,
    EXPIRED_SECRET,
    MAILBOX,
    NO_MIME,
    NO_SUCH_MAILBOX,
    SECRET,
    SEND_AS_DENIED,
    THROTTLED,
    UNAVAILABLE,
    Refusal,
)
from tests.tasks.exchange_servers import Act, Cloud, account_of
from tests.tasks.smtp_servers import a_mail

MAIL = a_mail(
    from_=f"Improvement programme <{MAILBOX}>", calendar="BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
)


def sent(cloud: Cloud, **given: Any) -> Receipt:
    return send(cloud.graph_url, given.get("mail", MAIL), account=account_of(cloud), limit_seconds=60)


def test_the_mail_arrives_to_the_byte_with_its_message_id_and_its_invitation() -> None:
    with Cloud() as cloud:
        receipt = sent(cloud)
        assert (receipt.outcome, receipt.code, receipt.message_id) == (SendOutcome.ACCEPTED, 202, MAIL.message_id)
        assert cloud.mails == [build(MAIL)]
        assert [asked["scope"] for asked in cloud.asked] == [f"{cloud.url}/.default"]
        sent(cloud)
        assert len(cloud.asked) == 1


def test_the_url_may_name_another_mailbox() -> None:
    with Cloud(mailboxes=frozenset({MAILBOX, "o'brien@council.example"})) as cloud:
        url = cloud.graph_url.replace("://", "://o%27brien%40council.example@")
        assert send(url, MAIL, account=account_of(cloud)).outcome is SendOutcome.ACCEPTED


WAITS, UNKNOWN, NEVER = SendOutcome.UNREACHABLE, SendOutcome.UNCERTAIN, SendOutcome.REFUSED
ANSWERS = [
    (ACCESS_DENIED, WAITS, Stage.AUTH, None, "the app may not send from the mailbox of DAYMARK_MAIL_ADDRESS"),
    (SEND_AS_DENIED, WAITS, Stage.AUTH, None, "it may not send as the sender in DAYMARK_MAIL_FROM"),
    (NO_SUCH_MAILBOX, WAITS, Stage.AUTH, None, "there is no such mailbox; look at DAYMARK_MAIL_URL and DAYMARK_MAIL_"),
    (Refusal(404), WAITS, Stage.AUTH, None, "there is no such mailbox"),
    (Refusal(400, "ErrorQuotaExceeded", "Full."), WAITS, Stage.AUTH, None, "Full."),
    (THROTTLED, WAITS, Stage.CONNECT, 120, "it asks us to wait"),
    (UNAVAILABLE, WAITS, Stage.CONNECT, 30, "Busy."),
    (Refusal(302, headers=(("Location", "https://proxy.example/"),)), WAITS, Stage.AUTH, None, "no reason given"),
    (Refusal(500, "ErrorInternalServerError", "Oops."), UNKNOWN, Stage.DATA, None, "Oops."),
    (Refusal(504, "UnknownError", ""), UNKNOWN, Stage.DATA, None, "no reason given"),
    (Act.PAGE, UNKNOWN, Stage.DATA, None, "no reason given"),
    (BAD_RECIPIENT, NEVER, Stage.RCPT, None, "At least one recipient is not valid."),
    (NO_MIME, NEVER, Stage.DATA, None, "Invalid base64 string"),
    (Refusal(413, "", ""), NEVER, Stage.DATA, None, "no reason given"),
]


@pytest.mark.parametrize(("answer", "outcome", "stage", "waits", "says"), ANSWERS)
def test_each_answer_leads_to_a_true_state(
    answer: Refusal | Act, outcome: SendOutcome, stage: Stage, waits: float | None, says: str
) -> None:
    with Cloud(graph=[answer]) as cloud:
        receipt = sent(cloud)
    assert (receipt.outcome, receipt.stage, receipt.retry_after) == (outcome, stage, waits)
    assert says in receipt.text
    assert receipt.retryable is (outcome is not NEVER)
    assert not receipt.gone
    assert cloud.posts == 1


def test_a_line_cut_after_the_mail_was_handed_over_is_uncertain() -> None:
    with Cloud(graph=[Act.CUT]) as cloud:
        receipt = sent(cloud)
        assert (receipt.outcome, receipt.stage, receipt.retryable) == (UNKNOWN, Stage.DATA, True)
        assert sent(cloud).outcome is SendOutcome.ACCEPTED
        assert cloud.mails == [build(MAIL)] * 2  # the same Message-ID


def test_a_token_that_was_revoked_is_replaced_at_once() -> None:
    with Cloud() as cloud:
        sent(cloud)
        cloud.tenant.revoke()
        assert sent(cloud).outcome is SendOutcome.ACCEPTED
        assert (len(cloud.asked), cloud.posts, len(cloud.mails)) == (2, 3, 2)


def test_an_app_that_is_refused_with_each_token_waits() -> None:
    with Cloud(graph=[Refusal(401, "InvalidAuthenticationToken", "x")] * 2) as cloud:
        receipt = sent(cloud)
        assert (receipt.outcome, receipt.stage, cloud.posts) == (WAITS, Stage.AUTH, 2)
    assert "DAYMARK_MAIL_CLIENT_ID" in receipt.text


def test_without_a_token_nothing_is_posted() -> None:
    with Cloud(tokens=[EXPIRED_SECRET]) as cloud:
        receipt = sent(cloud)
    assert (receipt.outcome, receipt.stage, cloud.posts) == (WAITS, Stage.AUTH, 0)
    assert receipt.text.endswith("put a new one into DAYMARK_MAIL_CLIENT_SECRET")


def test_a_throttled_token_endpoint_holds_the_mail_for_as_long() -> None:
    with Cloud(tokens=[THROTTLED]) as cloud:
        receipt = sent(cloud)
    assert (receipt.outcome, receipt.retry_after, cloud.posts) == (WAITS, 120, 0)


def test_a_mail_that_cannot_be_built_and_an_account_that_is_not_set_are_told() -> None:
    with Cloud() as cloud:
        assert (sent(cloud, mail=a_mail(to_address="x")).stage, cloud.posts) == (Stage.BUILD, 0)
        none = send(cloud.graph_url, MAIL)
    assert (none.outcome, none.stage) == (WAITS, Stage.AUTH)
    assert "DAYMARK_MAIL_CLIENT_ID" in none.text


def test_a_host_that_nobody_vouches_for_gets_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with Cloud() as cloud:
        receipt = sent(cloud)
    assert (receipt.outcome, cloud.posts) == (WAITS, 0)
    assert "certificate verify failed" in receipt.text


def test_no_secret_stands_in_a_log_or_a_receipt(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Cloud(tokens=[EXPIRED_SECRET], graph=[THROTTLED]) as cloud:
        receipts = [sent(cloud) for _ in range(3)]
    everything = f"{receipts} {caplog.text} {account_of(cloud)}"
    assert SECRET not in everything
    assert "token-" not in everything
    assert "sean.o" not in everything


def test_a_good_url_is_read_and_writes_itself() -> None:
    for url, route in {
        "daymarkgraph://graph.microsoft.com/": GraphRoute("graph.microsoft.com"),
        "daymarkgraph://graph.microsoft.us:443": GraphRoute("graph.microsoft.us:443"),
        "daymarkgraph://a%40b.example@graph.microsoft.com/": GraphRoute("graph.microsoft.com", "a@b.example"),
    }.items():
        check_url(url)
        assert GraphRoute.parse(url) == GraphRoute.parse(route.url()) == route


@pytest.mark.parametrize(
    "url",
    [
        "daymarkgraph://",
        "daymarkgraph:///",
        "daymarkgraph://host.example:0/",
        "daymarkgraph://host.example:x/",
        "daymarkgraph://host.example/v1.0",
        "daymarkgraph://host.example/?x=secret",
        "daymarkgraph://host.example/#secret",
        "daymarkgraph://mailbox:secret@host.example/",
        "daymarkgraph://secret@host.example/",
        "daymarkgraph://[::1/",
        "daymarkgraph://hôst.example/",
    ],
)
def test_a_bad_url_is_refused_in_one_sentence_without_it(url: str) -> None:
    with pytest.raises(ValueError, match="the Graph URL cannot be read: expected") as refused:
        check_url(url)
    assert "secret" not in str(refused.value)
