"""Build a council whose performance lead has a card in a chat with our bot, and talk there as Teams does."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from models.store import DeliveryReceipt, Stored
from tasks.council.tokens import token_hashes
from tasks.links.chats_kept_true import keep_cards_true
from tests.harness import World
from tests.support.connector import Keys, activity, pressed
from tests.support.soon import soon
from tests.support.stated import people, variant
from tests.support.teams_bot import LEAD, card_in, client_of, post, token_of
from tests.tasks.exchange_refusals import CLIENT, SECRET, TENANT
from tests.tasks.exchange_servers import Cloud, trusting
from tests.tasks.https_servers import Act, HttpsServer
from tests.web.teams_house import ACCOUNTS
from timeline.definitions.teams_chat import TeamsChat
from timeline.delivery.messages import Message, TokenClaims, new_message, own_token

PERSON = "performance-lead"
REFERENCE = "1:1573800000000"
TAKEN = f'201 | {{"id": "{REFERENCE}"}}'
OK = '200 | {"id": "1"}'


def a_house_with_a_card(home: Path) -> Path:
    """Send the first notice of the cases, due on Tue 3 Sep 2019, into the chat of the performance lead."""
    stated = people()
    for name, account in ACCOUNTS.items():
        stated[name]["teams"] = account
    stated[PERSON]["channels"] = ["teams"]
    with pytest.MonkeyPatch.context() as patch, Cloud() as cloud, trusting(patch), World(home) as world:
        world.at("Tue 27 Aug 2019 07:00").apply(variant(world.home, people=stated))
        with_bot_of(world, cloud)
        world.at("Wed 28 Aug 2019 07:30").decide("plo-panel")
        world.at("Wed 28 Aug 2019 08:30")
        with HttpsServer(TAKEN) as server:
            world.store.people.open_teams_chat(PERSON, _chat(server), at=world.now)
            world.deliver()
    return home


@dataclass
class Chat:
    """Hold a council with a card in the chat, and the connector that its bot posts to."""

    world: World
    client: TestClient
    server: HttpsServer

    @property
    def service(self) -> str:
        return f"https://127.0.0.1:{self.server.port}/uk"

    def brings(self, text: str, account: str = LEAD, **changes: Any) -> int:
        """Bring a message to our door as the connector does, and give the status of our answer."""
        given = activity(self.world.now, account, tenant=TENANT, text=text, serviceUrl=self.service, **changes)
        return int(post(self.client, given, serviceurl=self.service, aud=CLIENT).status_code)

    def say(self, text: str, **changes: Any) -> str:
        """Write into the chat, and read what the bot writes back."""
        before = len(self.said)
        assert self.brings(text, **changes) == 200
        assert soon(lambda: len(self.said) > before)
        return self.said[before]

    def press(self, verb: str, **data: str) -> dict[str, Any]:
        """Press a button of the task's card, and give the card that stands in its place."""
        given = pressed(
            self.world.now,
            LEAD,
            tenant=TENANT,
            verb=f"daymark.{verb}",
            data={"token": token_of(self.world)} | data,
            serviceUrl=self.service,
        )
        return card_in(post(self.client, given, serviceurl=self.service, aud=CLIENT).json())

    @property
    def said(self) -> list[str]:
        """Give everything that the bot wrote into the chat."""
        new = (json.loads(post.content) for post in self.server.posts if post.target.endswith("/activities"))
        return [str(activity.get("text", "")) for activity in new]

    @property
    def edits(self) -> list[dict[str, Any]]:
        """Give the cards that were put in place of the card of REFERENCE."""
        place = f"/activities/{quote(REFERENCE, safe='')}"
        edited = (json.loads(post.content) for post in self.server.posts if post.target.endswith(place))
        return [activity["attachments"][0]["content"] for activity in edited]

    def edited(self) -> int:
        """Let every card say how its tasks stand, and give how many were edited."""
        return keep_cards_true(self.world.store, self.world.settings, at=self.world.now)

    def card_of(self, *refs: str, reference: str = "1:2") -> Message:
        """Put a card about these tasks into the chat, as if it had been sent now."""
        world, outbox, key = self.world, self.world.store.outbox, f"teams/{reference}"
        tasks = [_of_task(stored) for ref in refs if (stored := world.store.plan.milestone(ref))]
        given: dict[str, Any] = {"to": PERSON, "channel": "teams", "subject": "Tasks", "text": "-", "at": world.now}
        message = new_message(key, "reminder", tokens=(own_token(PERSON, key), *tasks), **given)
        hashes = token_hashes(message, world.store.council, world.settings.secret())
        outbox.compose(message, token_hashes=hashes, at=world.now)
        outbox.finish(key, DeliveryReceipt(outcome="accepted", reference=reference), at=world.now)
        return message


def _of_task(stored: Stored) -> TokenClaims:
    milestone = stored.milestone
    return TokenClaims(person=PERSON, milestone=milestone.ref, due_on=milestone.due_on, generation=stored.generation)


@contextmanager
def chatting(house: Path, folder: Path, keys: Keys, *answers: str | Act) -> Iterator[Chat]:
    """Open a copy of the house; the connector gives these answers, and takes everything after them."""
    home = shutil.copytree(house, folder / "house")
    with (
        pytest.MonkeyPatch.context() as patch,
        Cloud() as cloud,
        trusting(patch),
        HttpsServer(*answers) as server,
        World(home) as world,
    ):
        with_bot_of(world, cloud)
        patch.setattr("web.machines.teams_bot.now", lambda: world.now)
        world.at("Wed 28 Aug 2019 08:40")
        world.store.people.open_teams_chat(PERSON, _chat(server), at=world.now)
        with client_of(world, keys) as client:
            yield Chat(world, client, server)


def with_bot_of(world: World, cloud: Cloud) -> None:
    """Set the bot up, whose tokens this cloud gives."""
    own: dict[str, Any] = {"teams_tenant": TENANT, "teams_bot_id": CLIENT, "teams_bot_secret": SecretStr(SECRET)}
    own |= {"channels": "teams=daymarkteamsbot://personal", "oauth_authority": cloud.url}
    world.settings = world.settings.model_copy(update=own)


def _chat(server: HttpsServer) -> TeamsChat:
    service = f"https://127.0.0.1:{server.port}/uk"
    return TeamsChat(account=LEAD, conversation=f"a:{LEAD}", service_url=service, member=f"29:{LEAD}", bot="28:b")
