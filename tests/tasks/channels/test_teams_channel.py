"""Test cards to a workflow's webhook: a real HTTPS server that takes, refuses, hangs and is away."""

import json
import logging
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from apprise import Apprise

from tasks.channels.receipt import Payload, SendOutcome, Stage
from tasks.channels.teams import LARGEST, DaymarkTeams, TeamsReceipt, check_url, close_sessions, send
from tests.support.patience import LIMITS, NO_ANSWER, patiently
from tests.tasks.channels.bad_webhooks import BAD_URLS, SECRET
from tests.tasks.https_servers import Act, HttpsServer
from timeline.letters.card import as_json

PATH = "/workflows/0123456789abcdef/triggers/manual/paths/invoke"
QUERY = f"api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={SECRET}%2B"
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Grüße – «ok»"}]}


@pytest.fixture(autouse=True)
def _no_line_is_left_open() -> Iterator[None]:
    yield
    close_sessions()


def a_parcel(card: object = CARD, **changes: Any) -> Payload:
    given = {"key": "teams/sam/1", "to_name": "Sam Hart", "to_address": "sam.o'hart@council.example"}
    return Payload(**given | {"subject": "Sign-off", "text": "Sign-off", "rich": json.dumps(card)} | changes)


def url(server: HttpsServer, query: str = f"{QUERY}&verify=no") -> str:
    return f"daymarkteams://127.0.0.1:{server.port}{PATH}?{query}"


def sent(*answers: str | Act, **told: Any) -> tuple[TeamsReceipt, HttpsServer]:
    def within(limit: float) -> tuple[TeamsReceipt, HttpsServer]:
        with HttpsServer(*answers, **told) as server:
            return send(url(server), a_parcel(), limit_seconds=limit), server

    return patiently(within, *answers, *told.values())


@pytest.mark.parametrize("status", ["200", "202", "202 x-ms-workflow-run-id: 0858"])
def test_a_card_that_was_taken_is_accepted(status: str) -> None:
    receipt, server = sent(status)
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.ACCEPTED, Stage.DATA, int(status[:3]))
    assert receipt.reference == ("0858" if "0858" in status else "")
    assert not receipt.retryable
    assert len(server.posts) == 1


def test_what_is_posted_is_the_card_for_its_one_recipient_at_the_webhooks_own_address() -> None:
    _, server = sent("202")
    (post,) = server.posts
    assert post.target == f"{PATH}?{QUERY}"
    assert post.headers["content-type"] == "application/json; charset=utf-8"
    assert json.loads(post.content) == {
        "type": "message",
        "recipient": "sam.o'hart@council.example",
        "attachments": [
            {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": CARD}
        ],
    }


@pytest.mark.parametrize(
    ("answer", "stage", "retryable", "after"),
    [
        ("429 Retry-After: 7", Stage.DATA, True, 7),
        ("429", Stage.DATA, True, None),
        ("429 Date: Thu, 14 Nov 2019 08:30:00 GMT; Retry-After: Thu, 14 Nov 2019 08:30:45 GMT", Stage.DATA, True, 45),
        ("429 Date: Thu, 14 Nov 2019 08:30:00 GMT; Retry-After: Thu, 14 Nov 2019 08:29:45 GMT", Stage.DATA, True, 0),
        ("429 Retry-After: soon", Stage.DATA, True, None),
        ("429 Retry-After: -3", Stage.DATA, True, None),
        ("429 Retry-After: 99999999999999999999", Stage.DATA, True, 86_400),
        ("500 | broken", Stage.DATA, True, None),
        ("503 Retry-After: 120", Stage.DATA, True, 120),
        ("400 Retry-After: 120 | bad request", Stage.DATA, False, None),
        ("401", Stage.AUTH, False, None),
        ("403", Stage.AUTH, False, None),
        ("404", Stage.DATA, False, None),
        ("413", Stage.DATA, False, None),
        ("302 Location: https://elsewhere.example/", Stage.DATA, False, None),
    ],
)
def test_a_refusal_is_told_with_its_status_and_when_to_try_again(
    answer: str, stage: Stage, retryable: bool, after: float | None
) -> None:
    receipt, server = sent(answer)
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.REFUSED, stage, int(answer[:3]))
    assert (receipt.retryable, receipt.retry_after, receipt.gone) == (retryable, after, False)
    assert len(server.posts) == 1


@pytest.mark.parametrize("act", [Act.HANG, Act.DRIP, Act.CUT, Act.BABBLE])
def test_without_an_answer_after_the_body_the_outcome_is_uncertain(act: Act) -> None:
    receipt, server = sent(act)
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.UNCERTAIN, Stage.DATA, None)
    assert receipt.retryable
    assert len(server.posts) == 1


@pytest.mark.parametrize("act", [Act.HANG, Act.DRIP])
def test_silence_and_drips_end_at_the_limit(act: Act) -> None:
    assert re.fullmatch(rf"127\.0\.0\.1: {NO_ANSWER}", sent(act)[0].text)


@pytest.mark.parametrize("act", [Act.HANG, Act.DRIP, Act.CUT])
def test_trouble_before_the_line_is_safe_hands_nothing_over(act: Act) -> None:
    receipt, server = sent(before_tls=act)
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.UNREACHABLE, Stage.CONNECT, None)
    assert receipt.retryable
    assert (server.posts, server.connections) == ([], 1)


@pytest.mark.parametrize("act", [Act.DRIP_BODY, Act.CUT_BODY])
def test_a_status_counts_whatever_becomes_of_the_words_after_it(act: Act) -> None:
    for limit in LIMITS:
        with HttpsServer(act) as server:
            receipt = send(url(server), a_parcel(), limit_seconds=limit)
        if receipt.code:  # else the time was over before the status came
            break
    assert (receipt.outcome, receipt.code) == (SendOutcome.ACCEPTED, 202)


def test_nobody_listening_is_unreachable() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        receipt = send(f"daymarkteams://127.0.0.1:{nobody.getsockname()[1]}{PATH}", a_parcel())
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.CONNECT)
    assert "refused" in receipt.text


def test_a_server_that_nobody_vouches_for_gets_nothing() -> None:
    with HttpsServer() as server:
        receipt = send(url(server, QUERY), a_parcel(), limit_seconds=20)
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.CONNECT)
    assert "CERTIFICATE_VERIFY_FAILED" in receipt.text
    assert server.posts == []


def test_a_line_is_kept_between_cards() -> None:
    with HttpsServer() as server:
        for _ in range(5):
            assert send(url(server), a_parcel()).outcome is SendOutcome.ACCEPTED
    assert server.connections == 1
    assert len(server.posts) == 5


def test_a_kept_line_that_was_closed_meanwhile_is_dialled_anew() -> None:
    with HttpsServer(close_after=True) as server:
        for _ in range(3):
            assert send(url(server), a_parcel()).outcome is SendOutcome.ACCEPTED
            assert server.closed.acquire(timeout=120)
    assert len(server.posts) == 3


def test_many_threads_share_the_lines_and_each_card_is_posted_once() -> None:
    keys = [f"card {number}" for number in range(60)]
    with HttpsServer() as server, ThreadPoolExecutor(12) as threads:
        receipts = list(threads.map(lambda key: send(url(server), a_parcel(to_address=key, key=key)), keys))
    assert {receipt.outcome for receipt in receipts} == {SendOutcome.ACCEPTED}
    assert [receipt.message_id for receipt in receipts] == keys
    assert sorted(json.loads(post.content)["recipient"] for post in server.posts) == sorted(keys)


@pytest.mark.parametrize("rich", ["", "not json", "[]", '{"type": "message"}', "[" * 100_000])
def test_what_is_no_card_is_refused_before_anything_is_sent(rich: str) -> None:
    with HttpsServer() as server:
        receipt = send(url(server), a_parcel(rich=rich))
    assert (receipt.outcome, receipt.stage, receipt.retryable) == (SendOutcome.REFUSED, Stage.BUILD, False)
    assert receipt.text.startswith("the message holds no Adaptive Card")
    assert server.connections == 0


def test_a_card_that_is_too_large_is_refused_with_a_sentence() -> None:
    def of(octets: int) -> Payload:
        return a_parcel(CARD | {"fallbackText": "x" * octets})

    with HttpsServer() as server:
        assert send(url(server), of(LARGEST - 600)).outcome is SendOutcome.ACCEPTED
        receipt = send(url(server), of(LARGEST))
    assert (receipt.outcome, receipt.stage) == (SendOutcome.REFUSED, Stage.BUILD)
    assert receipt.text.endswith("octets in Teams, which takes 28,672")
    assert len(server.posts) == 1


@pytest.mark.parametrize("bad", BAD_URLS)
def test_a_url_that_is_no_webhook_gets_one_sentence_without_its_secret(bad: str) -> None:
    with pytest.raises(ValueError, match="the Teams URL") as refused:
        check_url(bad)
    assert SECRET not in str(refused.value)
    with pytest.raises(ValueError, match="the Teams URL"):
        send(bad, a_parcel())


@pytest.mark.parametrize(
    "good", [f"daymarkteams://prod-12.uksouth.logic.azure.example:443{PATH}?{QUERY}", "daymarkteams://host.example/x"]
)
def test_a_webhooks_address_is_taken_as_it_is(good: str) -> None:
    check_url(good)


@pytest.mark.parametrize("answer", ["202", f"400 | no such workflow: {PATH}?{QUERY}", f"500 | {SECRET}+", Act.CUT])
def test_the_secret_stands_in_no_receipt_no_log_and_no_repr(
    answer: str | Act, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with HttpsServer(answer) as server:
        plugin = Apprise.instantiate(url(server))
        receipt = send(url(server), a_parcel(), limit_seconds=LIMITS[-1])
    assert isinstance(plugin, DaymarkTeams)
    shown = (receipt, receipt.text, caplog.text, plugin, plugin.route, plugin.url(privacy=True), a_parcel())
    told = " ".join(map(repr, shown))
    for secret in (SECRET, "0123456789abcdef", "sam.o'hart"):
        assert secret not in told


def test_apprise_gives_the_address_back_as_it_was() -> None:
    given = f"daymarkteams://host.example:8443{PATH}?{QUERY}&verify=no"
    plugin = Apprise.instantiate(given)
    assert isinstance(plugin, DaymarkTeams)
    assert plugin.url() == given
    assert Apprise.instantiate("daymarkteams://host.example") is None


def test_without_a_parcel_apprise_itself_sends_nothing() -> None:
    with HttpsServer() as server:
        apprise = Apprise()
        assert apprise.add(url(server))
        assert apprise.notify(body="hello") is False
    assert server.connections == 0


def test_a_card_of_the_heart_goes_through_as_it_was_made() -> None:
    with HttpsServer() as server:
        send(url(server), a_parcel(rich=as_json(CARD)))
    assert "Grüße – «ok»".encode() in server.posts[0].content
