"""Test the day's reminder in a person's chat with our bot: the card, its buttons, and mail where the chat is gone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from config.load import RULES
from config.settings import Settings
from tasks.receiving import teams_press
from tests.harness import World
from tests.support.stated import pack, people, variant
from tests.tasks.exchange_refusals import CLIENT, SECRET, TENANT
from tests.tasks.exchange_servers import Cloud, trusting
from tests.tasks.https_servers import Act, HttpsServer
from tests.tasks.sending.deliver.waiting import CASES
from timeline.answers.responses import Answer
from timeline.definitions.teams_chat import TeamsChat
from timeline.delivery.messages import MessageState
from timeline.replies.bot import BotActivity, Happening, Verb

ACCOUNT = "00000000-1111-2222-3333-444444444444"
LEAD = {
    "name": "Performance Lead",
    "holds": "performance_lead",
    "address": "performance.lead@medway.example",
    "teams": ACCOUNT,
    "channels": ["teams"],
}
TAKEN = '201 | {"id": "1:1573800000000"}'


@pytest.fixture
def house(tmp_path: Path) -> Iterator[World]:
    """Give a house with our bot, in which nothing was applied yet."""
    with pytest.MonkeyPatch.context() as patch, Cloud() as cloud, trusting(patch), World(tmp_path) as world:
        world.settings = world.settings.model_copy(
            update={
                "channels": "teams=daymarkteamsbot://personal",
                "teams_tenant": TENANT,
                "teams_bot_id": CLIENT,
                "teams_bot_secret": SecretStr(SECRET),
                "oauth_authority": cloud.url,
            }
        )
        yield world


@pytest.fixture
def world(house: World) -> World:
    return begun(house)


def begun(house: World, rules: Path = RULES) -> World:
    """Apply, and write the prompts of the first morning."""
    file = variant(house.home, people=people(performance_lead=LEAD))
    house.at("Tue 27 Aug 2019 07:00").apply(file, rules=rules)
    house.at("Wed 28 Aug 2019 07:30").decide("plo-panel")
    return house.at("Wed 28 Aug 2019 08:30")


def chat(server: HttpsServer) -> TeamsChat:
    service = f"https://127.0.0.1:{server.port}/uk"
    return TeamsChat(account=ACCOUNT, conversation="a:1", service_url=service, member="29:1a", bot="28:b")


def delivered(world: World, *answers: str | Act, opened: bool = True) -> HttpsServer:
    with HttpsServer(*answers) as server:
        if opened:
            world.store.people.open_teams_chat("performance-lead", chat(server), at=world.now)
        world.deliver()
    return server


def states(world: World) -> dict[str, MessageState]:
    keys = [event.ref for event in world.store.audit.events() if event.what == "message composed"]
    composed = [message for key in keys if (message := world.store.outbox.message(key))]
    return {message.channel: message.state for message in composed if message.deliver_to == "performance-lead"}


def test_a_card_arrives_and_its_button_is_an_answer_via_teams(world: World) -> None:
    server = delivered(world, TAKEN)
    (post,) = server.posts
    card = json.loads(post.content)["attachments"][0]["content"]
    actions = [action for part in card["body"] if part["type"] == "ActionSet" for action in part["actions"]]
    assert actions[0]["title"] == "I have this"
    assert states(world) == {"teams": MessageState.ACCEPTED}
    world.expect_no_mail(to="performance_lead")
    body = teams_press.pressed(world.settings, activity(world, chat(server), actions[0]["data"]), at=world.now)
    assert "You have this" in json.dumps(body)
    (response,) = world.store.inbound.responses(refs={CASES})[CASES]
    assert (response.answer, response.via) == (Answer.ACKNOWLEDGED, "teams")


def activity(world: World, chat: TeamsChat, data: dict[str, Any]) -> BotActivity:
    return BotActivity(
        happening=Happening.PRESSED,
        id="f:1",
        conversation=chat.conversation,
        tenants=frozenset({TENANT}),
        account=ACCOUNT,
        sent_at=world.now,
        service_url=chat.service_url,
        personal=True,
        member=chat.member,
        verb=Verb.ACK,
        inputs=data,
    )


def test_without_a_chat_the_reminder_comes_by_mail_in_the_same_run(world: World) -> None:
    server = delivered(world, opened=False)
    assert server.posts == []
    world.expect_mail(to="performance_lead")
    assert states(world) == {"teams": MessageState.FAILED, "mail": MessageState.ACCEPTED}


def test_a_person_who_blocked_the_app_gets_a_mail(world: World) -> None:
    delivered(world, '403 | {"error": {"code": "BotNotInConversationRoster"}}')
    world.expect_mail(to="performance_lead")
    assert states(world) == {"teams": MessageState.FAILED, "mail": MessageState.ACCEPTED}


def test_a_throttled_card_waits_and_is_sent_once(world: World) -> None:
    delivered(world, "429 Retry-After: 1")
    assert states(world) == {"teams": MessageState.WAITING}
    world.at("Wed 28 Aug 2019 08:50")
    assert len(delivered(world, TAKEN).posts) == 1
    assert states(world) == {"teams": MessageState.ACCEPTED}
    world.expect_no_mail(to="performance_lead")


def test_while_the_connector_is_away_the_card_waits_and_is_sent_once(world: World) -> None:
    away = HttpsServer()
    world.store.people.open_teams_chat("performance-lead", chat(away), at=world.now)
    away.server_close()
    world.deliver()
    assert states(world) == {"teams": MessageState.WAITING}
    world.at("Wed 28 Aug 2019 09:10")
    assert len(delivered(world, TAKEN).posts) == 1
    assert states(world) == {"teams": MessageState.ACCEPTED}
    world.expect_no_mail(to="performance_lead")


def test_a_card_that_may_have_arrived_is_not_said_again(world: World) -> None:
    delivered(world, Act.CUT)
    assert states(world) == {"teams": MessageState.UNCERTAIN}
    world.at("Wed 28 Aug 2019 09:10")
    assert delivered(world, TAKEN).posts == []
    world.expect_no_mail(to="performance_lead")


ROOM = "daymarkteamsbot://channel/19:abc@thread.tacv2"
IN_THE_ROOM = [
    {"rung": "first-notice", "when": "5 working days before", "to": "owner", "channels": ["teams"]},
    {"rung": "overdue", "when": "1 working day after", "to": "owner", "every": "1 working day", "times": 1},
]


def test_a_channel_of_a_team_that_a_rung_names_gets_neutral_dates_and_no_button(house: World) -> None:
    house.settings = house.settings.model_copy(update={"channels": f"teams={ROOM}"})
    world = begun(house, pack(house.home / "rules", rules={}, once=IN_THE_ROOM))
    (post,) = delivered(world, TAKEN).posts
    assert "19%3Aabc" in post.target
    card = json.loads(post.content)["attachments"][0]["content"]
    assert not [part for part in card["body"] if part["type"] == "ActionSet"]
    assert "refresh" not in card
    assert "Tuesday 3 September" in json.dumps(card)
    assert "Performance Lead" not in json.dumps(card)
    assert states(world) == {"teams": MessageState.ACCEPTED}


def test_a_channel_of_the_bot_needs_the_bot() -> None:
    with pytest.raises(Exception, match="A bot in Teams needs"):
        Settings.given(channels="teams=daymarkteamsbot://personal")
