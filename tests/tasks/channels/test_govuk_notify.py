"""Test GOV.UK Notify: what it is handed, and how each of its answers is read."""

import logging
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from apprise import Apprise

from tasks.channels.govuk_notify import template as notify_template
from tasks.channels.govuk_notify.plugin import GovukNotify, check_url, reference_of, send
from tasks.channels.govuk_notify.template import Kind, Template
from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tests.support.patience import LIMITS, limits, patiently
from tests.tasks.channels.notify_answers import ANSWERS, BAD_NUMBER, TOO_FAST
from tests.tasks.notify_server import A_PARCEL, KEY, SECRET, SENDER, TEMPLATE, Act, Answer, NotifyServer, Refusal
from tests.tasks.smtp_servers import self_signed


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,127.0.0.2,localhost")


def first(server: NotifyServer, limit: float = LIMITS[-1]) -> Receipt:
    return send(server.url(), A_PARCEL, KEY, limit_seconds=limit, doubtful=False)


def test_a_text_message_carries_the_short_text_and_nothing_of_the_person_in_its_reference() -> None:
    with NotifyServer() as server:
        receipt = first(server)
    assert receipt.outcome is SendOutcome.ACCEPTED
    assert server.bodies == [
        {
            "phone_number": "+44 7700 900123",
            "template_id": TEMPLATE,
            "personalisation": {"message": A_PARCEL.text},
            "reference": reference_of(A_PARCEL),
        }
    ]
    assert receipt.reference in server.notifications
    assert "sam" not in reference_of(A_PARCEL)


def test_an_email_carries_subject_and_text_to_an_address_with_an_apostrophe() -> None:
    with NotifyServer() as server:
        receipt = send(server.url("email", f"&reply_to={SENDER}"), A_PARCEL, KEY, doubtful=False)
    assert receipt.outcome is SendOutcome.ACCEPTED
    (body,) = server.bodies
    assert body["email_address"] == "sean.o'brien@council.example"
    assert body["personalisation"] == {"subject": A_PARCEL.subject, "message": A_PARCEL.text}
    assert body["email_reply_to_id"] == SENDER


def test_a_text_message_comes_from_the_sender_that_the_url_names() -> None:
    with NotifyServer() as server:
        send(server.url("sms", f"&sender={SENDER}"), A_PARCEL, KEY, doubtful=False)
    assert server.bodies[0]["sms_sender_id"] == SENDER


@pytest.mark.parametrize(("answer", "outcome", "stage", "retryable", "retry_after"), ANSWERS)
def test_each_answer_is_read_for_what_it_means(
    answer: Answer, outcome: SendOutcome, stage: Stage, retryable: bool, retry_after: float | None
) -> None:
    def within(limit: float) -> tuple[Receipt, NotifyServer]:
        with NotifyServer(post=[answer]) as server:
            return first(server, limit), server

    receipt, _ = patiently(within, answer)
    assert (receipt.outcome, receipt.stage) == (outcome, stage)
    assert (receipt.retryable, receipt.retry_after, receipt.gone) == (retryable, retry_after, False)
    if isinstance(answer, Refusal):
        assert f"answered {answer.status}" in receipt.text
        assert (answer.message or "no reason given") in receipt.text


@pytest.mark.parametrize("what", [Act.HANG, Act.CUT, Act.NO_JSON, Refusal(504)])
def test_an_uncertain_message_that_notify_has_is_not_sent_again(what: Answer) -> None:
    def within(limit: float) -> tuple[list[Receipt], NotifyServer]:
        with NotifyServer(post=[what]) as server:
            begun = first(server, limit)
            if isinstance(what, Refusal):
                known = {"id": "an-id", "reference": reference_of(A_PARCEL), "status": "created"}
                server.notifications["an-id"] = known
            return [begun, send(server.url(), A_PARCEL, KEY)], server

    (begun, receipt), server = patiently(within, what)
    assert begun.outcome is SendOutcome.UNCERTAIN
    assert (receipt.outcome, len(server.bodies)) == (SendOutcome.ACCEPTED, 1)
    assert receipt.reference in server.notifications


def test_an_uncertain_message_that_notify_does_not_have_is_sent_again() -> None:
    with NotifyServer(post=[Refusal(502)]) as server:
        assert first(server).outcome is SendOutcome.UNCERTAIN
        assert send(server.url(), A_PARCEL, KEY).outcome is SendOutcome.ACCEPTED
    assert server.asked == ["POST", "GET", "POST"]


@pytest.mark.parametrize("what", [Act.HANG, Act.DRIP, Refusal(500), Refusal(403, "AuthError", "no"), TOO_FAST])
def test_as_long_as_notify_cannot_be_asked_what_may_have_arrived_stays_uncertain(what: Answer) -> None:
    with NotifyServer(get=[what]) as server:
        receipt = send(server.url(), A_PARCEL, KEY, limit_seconds=limits(what)[0])
    assert (receipt.outcome, server.bodies) == (SendOutcome.UNCERTAIN, [])


@pytest.mark.parametrize(
    ("status", "gone"), [("permanent-failure", True), ("temporary-failure", False), ("technical-failure", False)]
)
def test_what_notify_has_and_could_not_deliver_is_refused_for_good(status: str, gone: bool) -> None:
    with NotifyServer() as server:
        server.notifications["an-id"] = {"id": "an-id", "reference": reference_of(A_PARCEL), "status": status}
        receipt = send(server.url(), A_PARCEL, KEY)
    assert (receipt.outcome, receipt.retryable, receipt.gone) == (SendOutcome.REFUSED, False, gone)
    assert server.bodies == []


def test_a_server_that_is_away_has_taken_nothing() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"govuknotify://sms/{TEMPLATE}?host=127.0.0.1:{nobody.getsockname()[1]}"
        receipt = send(url, A_PARCEL, KEY, doubtful=False)
    assert (receipt.outcome, receipt.stage, receipt.retryable) == (SendOutcome.UNREACHABLE, Stage.CONNECT, True)


def test_a_host_without_an_address_has_taken_nothing() -> None:
    receipt = send(f"govuknotify://sms/{TEMPLATE}?host=notify.invalid", A_PARCEL, KEY, doubtful=False)
    assert receipt.outcome is SendOutcome.UNREACHABLE


@pytest.mark.parametrize("trusted", [True, False])
def test_over_tls_only_a_server_that_somebody_vouches_for_is_told_anything(
    trusted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, certificate = self_signed(tmp_path)
    monkeypatch.setattr(notify_template, "_LOOPBACK", ())
    if trusted:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with NotifyServer(tls=context) as server:
        receipt = send(server.url(), A_PARCEL, KEY, doubtful=False)
    assert receipt.outcome is (SendOutcome.ACCEPTED if trusted else SendOutcome.UNREACHABLE)
    assert len(server.bodies) == trusted


def test_any_host_but_this_machine_is_spoken_to_under_encryption() -> None:
    assert Template(Kind.SMS, TEMPLATE, host="notify.council.example").api == "https://notify.council.example"
    assert Template(Kind.SMS, TEMPLATE, host="localhost:8000").api == "http://localhost:8000"
    assert Template(Kind.SMS, TEMPLATE, host="localhost.council.example").api.startswith("https://")
    assert Template.parse(f"govuknotify://sms/{TEMPLATE}").api == "https://api.notifications.service.gov.uk"


@pytest.mark.parametrize("key", ["", "secret", KEY[:-1], f"{SECRET}-{SECRET}"])
def test_what_is_no_api_key_is_said_and_nothing_is_sent(key: str) -> None:
    with NotifyServer() as server:
        receipt = send(server.url(), A_PARCEL, key)
    assert (receipt.outcome, receipt.stage, server.asked) == (SendOutcome.UNREACHABLE, Stage.AUTH, [])
    assert (
        receipt.text == "DAYMARK_NOTIFY_KEY is no API key of GOV.UK Notify: expected the whole key as Notify showed it"
    )


def test_a_key_that_notify_does_not_know_is_refused_at_the_door() -> None:
    with NotifyServer() as server:
        receipt = send(server.url(), A_PARCEL, KEY[:-1] + "1", doubtful=False)
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.AUTH)
    assert "Invalid token" in receipt.text


@pytest.mark.parametrize(
    ("kind", "lacking", "what"), [("sms", "to_phone", "telephone"), ("email", "to_address", "mail")]
)
def test_a_person_who_lacks_the_number_or_address_is_told_so_that_the_next_channel_is_taken(
    kind: str, lacking: str, what: str
) -> None:
    with NotifyServer() as server:
        receipt = send(server.url(kind), replace(A_PARCEL, **{lacking: ""}), KEY)
    assert (receipt.outcome, receipt.stage, receipt.retryable) == (SendOutcome.REFUSED, Stage.BUILD, False)
    assert what in receipt.text
    assert server.asked == []


def test_neither_key_nor_person_stands_in_any_log_or_repr(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with NotifyServer(post=[BAD_NUMBER, Act.NO_JSON]) as server:
        receipts = [first(server), first(server), send(server.url(), A_PARCEL, KEY)]
        plugin = Apprise.instantiate(server.url())
    assert isinstance(plugin, GovukNotify)
    said = caplog.text + repr(receipts) + repr(plugin) + plugin.url()
    for secret in (SECRET, "900123", "brien", "abcdefghjkmnpq23", "Sam Hart"):
        assert secret not in said


@pytest.mark.parametrize(
    "url",
    [
        "govuknotify://sms",
        f"govuknotify://letter/{TEMPLATE}",
        f"govuknotify://{KEY}@sms/{TEMPLATE}",
        f"govuknotify://sms/{TEMPLATE}/{KEY}",
        f"govuknotify://sms/{TEMPLATE}?key={KEY}",
        f"govuknotify://sms/{TEMPLATE}?reply_to={SENDER}",
        f"govuknotify://email/{TEMPLATE}?sender={SENDER}",
        f"govuknotify://email/{TEMPLATE}?reply_to=people@council.example",
        f"govuknotify://sms/{TEMPLATE}?host=evil.example/x",
        f"govuknotify://sms/{TEMPLATE}?host=me@evil.example",
        "govuknotify://[sms/",
        "notify://sms",
    ],
)
def test_a_url_that_names_no_template_is_refused_in_one_sentence_without_what_it_holds(url: str) -> None:
    with pytest.raises(ValueError, match=r"^the URL for GOV\.UK Notify cannot be read: expected govuknotify://") as no:
        check_url(url)
    assert SECRET not in str(no.value)
    receipt = send(url, A_PARCEL, KEY)
    assert (receipt.outcome, receipt.stage, receipt.text) == (SendOutcome.REFUSED, Stage.BUILD, str(no.value))


@pytest.mark.parametrize(
    "url",
    [
        f"govuknotify://sms/{TEMPLATE}",
        f"govuknotify://sms/{TEMPLATE}?sender={SENDER}",
        f"govuknotify://email/{TEMPLATE}?reply_to={SENDER}&host=localhost:8000",
    ],
)
def test_apprise_knows_the_plugin_and_gives_its_url_back(url: str) -> None:
    plugin = Apprise.instantiate(url)
    assert isinstance(plugin, GovukNotify)
    assert plugin.url() == url


def test_without_a_recipient_apprise_itself_sends_nothing() -> None:
    with NotifyServer() as server:
        apprise = Apprise()
        apprise.add(server.url())
        assert not apprise.notify(body="to nobody")
    assert server.asked == []
