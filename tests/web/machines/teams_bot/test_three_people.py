"""Tell one morning in Teams: three people install the app, get cards from the connector, and press every button."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.cli.house import Commands
from tests.harness import World
from tests.support.connector import installed, pressed, published_keys
from tests.support.stated import people, variant
from tests.support.teams_bot import buttons_in, card_in, client_of, post, words_in
from tests.support.teams_chat import TAKEN, with_bot_of
from tests.tasks.exchange_refusals import CLIENT, TENANT
from tests.tasks.exchange_servers import Cloud, trusting
from tests.tasks.https_servers import HttpsServer
from tests.timeline.letters.cards import faults
from timeline.answers.responses import Answer

REFS = ("plo-panel/1/cases", "case-follow-up/1/count", "cabinet-report/1/urgency-reasons")
ACCOUNTS = {
    name: f"00000000-0000-0000-0000-00000000000{number}"
    for number, name in enumerate(("performance-lead", "service-managers", "democratic-services"), start=1)
}
PRESSES: list[tuple[str, str, dict[str, str], str, Answer]] = [
    ("performance-lead", "I have this", {}, "You have this.", Answer.ACKNOWLEDGED),
    ("performance-lead", "It is done", {"evidence": "minute 4.2"}, "Recorded as done.", Answer.DONE),
    ("service-managers", "Not mine", {"words": "Ask the panel."}, "Recorded as not yours.", Answer.DECLINED),
    ("service-managers", "I need help", {"words": "Two are away."}, "You asked for help.", Answer.HELP),
    ("democratic-services", "Somebody else", {"person": "project-support"}, "Passed on.", Answer.DELEGATED),
]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    stated = people()
    for name, account in ACCOUNTS.items():
        stated[name] |= {"teams": account, "channels": ["teams"]}
    with Cloud() as cloud, trusting(monkeypatch), World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply(variant(world.home, people=stated))
        with_bot_of(world, cloud)
        monkeypatch.setattr("web.machines.teams_bot.now", lambda: world.now)
        yield world.at("Wed 28 Aug 2019 08:00")


def test_three_people_install_the_app_get_cards_and_press_every_button(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    daymark = Commands(capsys)
    with published_keys() as keys, HttpsServer(TAKEN, TAKEN, TAKEN) as server, client_of(world, keys) as client:
        service = f"https://127.0.0.1:{server.port}/uk"
        for account in ACCOUNTS.values():
            _brought(client, service, installed(world.now, account, tenant=TENANT, serviceUrl=service))
        world.done("cabinet-report/1/agenda", by="democratic_services")
        world.live("Wed 28 Aug 2019 08:30", *(duty.key for duty in world.timeline.obligations))
        cards = dict(map(_arrived, server.posts))
        assert set(cards) == {f"a:{account}" for account in ACCOUNTS.values()}
        for name, button, inputs, told, _ in PRESSES:
            cards[f"a:{ACCOUNTS[name]}"] = card = _pressed(
                world, client, service, name, cards[f"a:{ACCOUNTS[name]}"], button, inputs
            )
            assert faults(card) == []
            assert told in words_in(card)
    for name in ACCOUNTS:
        world.expect_no_mail(to=name.replace("-", "_"))
    given = [response for ref in REFS for response in world.store.inbound.responses(refs={ref})[ref]]
    assert [(response.person, response.answer) for response in given] == [
        (name, answer) for name, _, _, _, answer in PRESSES
    ]
    for ref in REFS:
        assert "via Teams" in daymark("show", ref).out


def _brought(client: TestClient, service: str, given: dict[str, Any]) -> Any:
    """Bring an activity with a token that the connector has signed."""
    answer = post(client, given, serviceurl=service, aud=CLIENT)
    assert answer.status_code == 200
    return answer


def _arrived(posted: Any) -> tuple[str, dict[str, Any]]:
    """Give the chat that a card was posted to, and the card."""
    given = json.loads(posted.content)
    return given["conversation"]["id"], given["attachments"][0]["content"]


def _pressed(
    world: World,
    client: TestClient,
    service: str,
    name: str,
    card: dict[str, Any],
    button: str,
    inputs: dict[str, str],
) -> dict[str, Any]:
    """Press a button as it stands in the card, with what its form asks for, and give the card that takes its place."""
    assert button in buttons_in(card)
    action = next(
        action
        for part in card["body"]
        if part["type"] == "ActionSet"
        for action in part["actions"]
        if action["title"] == button
    )
    asked = action["card"]["body"] if "card" in action else []
    sends = action["card"]["actions"][0] if "card" in action else action
    filled = {part["id"]: text for part in asked for name, text in inputs.items() if part["id"].startswith(name)}
    given = pressed(
        world.now,
        ACCOUNTS[name],
        tenant=TENANT,
        verb=sends["verb"],
        data=sends["data"] | filled,
        serviceUrl=service,
    )
    return card_in(_brought(client, service, given).json())
