"""Test cards to a person's chat with our bot: a real HTTPS server as Microsoft's connector, a real token, true
receipts.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from config.settings import Settings
from tasks.channels.exchange.access import AppRegistration
from tasks.channels.exchange.registrations import for_bot
from tasks.channels.receipt import Payload, Receipt, SendOutcome, Stage
from tasks.channels.teams_bot.plugin import check_url, send
from tasks.channels.teams_bot.posting import SCOPE
from tests.tasks.exchange_refusals import CLIENT, EXPIRED_SECRET, SECRET, TENANT, Refusal
from tests.tasks.exchange_servers import Cloud, trusting
from tests.tasks.https_servers import Act, HttpsServer
from timeline.definitions.teams_chat import TeamsChat

ACCOUNT = "00000000-1111-2222-3333-444444444444"
CONVERSATION = "a:1x/y z"
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [], "refresh": {"action": {"type": "Action.Execute"}}}
TAKEN = '201 | {"id": "1:1573800000000"}'
URL = "daymarkteamsbot://personal"


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with pytest.MonkeyPatch.context() as patch, Cloud() as cloud, trusting(patch):
        yield cloud


def app(cloud: Cloud) -> AppRegistration:
    given = {"teams_tenant": TENANT, "teams_bot_id": CLIENT, "teams_bot_secret": SecretStr(SECRET)}
    return for_bot(Settings.given(**given, oauth_authority=cloud.url))


def a_payload(card: object = CARD, account: str = ACCOUNT) -> Payload:
    given = {"key": "teams/sam/1", "to_name": "Sam Hart", "to_address": "sam@council.example", "to_teams": account}
    return Payload(**given, subject="Sign-off, due in 3 working days", text="-", rich=json.dumps(card))


def a_chat(service: str, **changes: str) -> TeamsChat:
    given = {"account": ACCOUNT, "conversation": CONVERSATION, "service_url": service, "member": "29:1a", "bot": "28:b"}
    return TeamsChat(**given | changes)


def sent(cloud: Cloud, *answers: str | Act, limit: float = 20, **given: Any) -> tuple[Receipt, HttpsServer]:
    with HttpsServer(*answers) as server:
        chat = a_chat(f"https://127.0.0.1:{server.port}/uk/")
        return send(URL, a_payload(**given), chat, app(cloud), limit_seconds=limit), server


def test_a_card_that_was_taken_is_accepted_with_the_connectors_name_for_it(cloud: Cloud) -> None:
    receipt, server = sent(cloud, TAKEN)
    assert (receipt.outcome, receipt.code, receipt.reference) == (SendOutcome.ACCEPTED, 201, "1:1573800000000")
    (post,) = server.posts
    assert post.target == "/uk/v3/conversations/a%3A1x%2Fy%20z/activities"
    assert post.headers["authorization"].startswith("Bearer token-")
    assert post.headers["authorization"].endswith(f"-for-{SCOPE}")
    body = json.loads(post.content)
    assert (body["recipient"], body["from"], body["conversation"]) == (
        {"id": "29:1a"},
        {"id": "28:b"},
        {"id": CONVERSATION},
    )
    assert body["summary"] == "Sign-off, due in 3 working days"
    assert body["attachments"][0]["content"]["refresh"]["userIds"] == ["29:1a"]


@pytest.mark.parametrize(
    ("answer", "stage", "retryable", "after"),
    [
        ('403 | {"error": {"code": "BotNotInConversationRoster", "message": "x"}}', Stage.AUTH, False, None),
        ('403 | {"error": {"code": "MessageWritesBlocked"}}', Stage.AUTH, False, None),
        ('404 | {"error": {"code": "ConversationNotFound"}}', Stage.DATA, False, None),
        ("400 | []", Stage.DATA, False, None),
        ("429 Retry-After: 7", Stage.DATA, True, 7),
        ("412", Stage.DATA, True, None),
        ("502 | <html>", Stage.DATA, True, None),
        ("503 Retry-After: 120", Stage.DATA, True, 120),
    ],
)
def test_a_refusal_is_told_with_its_code_and_when_to_try_again(
    cloud: Cloud, answer: str, stage: Stage, retryable: bool, after: float | None
) -> None:
    receipt, server = sent(cloud, answer)
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.REFUSED, stage, int(answer[:3]))
    assert (receipt.retryable, receipt.retry_after, receipt.gone) == (retryable, after, False)
    assert ("Roster" in receipt.text) is ("Roster" in answer)
    assert len(server.posts) == 1


def test_a_token_that_is_refused_is_asked_for_anew_once(cloud: Cloud) -> None:
    receipt, server = sent(cloud, "401", TAKEN)
    assert receipt.outcome is SendOutcome.ACCEPTED
    used = [post.headers["authorization"] for post in server.posts]
    assert len(set(used)) == 2
    receipt, server = sent(cloud, "401", "401", TAKEN)
    assert (receipt.outcome, receipt.stage, len(server.posts)) == (SendOutcome.REFUSED, Stage.AUTH, 2)


def test_without_an_answer_after_the_body_the_outcome_is_uncertain(cloud: Cloud) -> None:
    receipt, _ = sent(cloud, Act.CUT)
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNCERTAIN, Stage.DATA)


def test_without_a_chat_of_this_account_nothing_is_posted(cloud: Cloud) -> None:
    for account in ("", "99999999-1111-2222-3333-444444444444"):
        receipt, server = sent(cloud, account=account)
        assert (receipt.outcome, receipt.stage, receipt.retryable) == (SendOutcome.REFUSED, Stage.BUILD, False)
        assert server.posts == []
    assert "not installed" in send(URL, a_payload(), None, app(cloud)).text


def test_what_is_no_card_or_too_large_is_refused_before_it_is_posted(cloud: Cloud) -> None:
    for card in ({}, CARD | {"body": [{"type": "TextBlock", "text": '"' * 10_000}]}):
        receipt, server = sent(cloud, card=card)
        assert (receipt.stage, server.posts) == (Stage.BUILD, [])


def test_without_a_token_or_encryption_nothing_is_handed_over(cloud: Cloud) -> None:
    receipt = send(URL, a_payload(), a_chat("http://127.0.0.1:9/uk"), app(cloud))
    assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.CONNECT)
    with Cloud(tokens=[EXPIRED_SECRET, Refusal(429, headers=(("Retry-After", "30"),))]) as other:
        for said, after in (("DAYMARK_TEAMS_BOT_SECRET", None), ("wait", 30)):
            receipt = send(URL, a_payload(), a_chat("https://127.0.0.1:9/uk"), app(other))
            assert (receipt.outcome, receipt.stage) == (SendOutcome.UNREACHABLE, Stage.AUTH)
            assert (said in receipt.text, receipt.retry_after) == (True, after)


ROOM = "19:0a1B-_@thread.tacv2"


@pytest.mark.parametrize("room", [ROOM, ROOM.replace(":", "%3a").replace("@", "%40")])
def test_a_card_for_a_channel_is_posted_there_and_to_nobody_alone(cloud: Cloud, room: str) -> None:
    with HttpsServer(TAKEN) as server:
        near = a_chat(f"https://127.0.0.1:{server.port}/uk")
        receipt = send(f"daymarkteamsbot://channel/{room}", a_payload(account=""), near, app(cloud))
    assert (receipt.outcome, receipt.reference) == (SendOutcome.ACCEPTED, "1:1573800000000")
    (post,) = server.posts
    assert post.target == "/uk/v3/conversations/19%3A0a1B-_%40thread.tacv2/activities"
    body = json.loads(post.content)
    assert "recipient" not in body
    assert "userIds" not in body["attachments"][0]["content"]["refresh"]


@pytest.mark.parametrize(
    "url",
    [
        "daymarkteamsbot://",
        "daymarkteamsbot://team",
        "daymarkteamsbot://personal?verify=no",
        "daymarkteamsbot://channel/",
        "daymarkteamsbot://channel/19:x@thread.tacv2/activities",
        "daymarkteamsbot://channel/a:1",
    ],
)
def test_another_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="expected daymarkteamsbot://personal"):
        check_url(url)
