"""Give one person several ways, with the first notice of the first panel written."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from models.store import Store
from tests.harness import World
from tests.support.stated import people, variant
from tests.tasks.notify_server import KEY
from tests.tasks.sending.deliver.waiting import CASES
from timeline.delivery.messages import Message, MessageState
from timeline.escalation.prompts import PromptState

LEAD = {"name": "Performance Lead", "holds": "performance_lead"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00")
        yield world


def begin(world: World, *, deputy: str = "", **lead: object) -> None:
    """See that the first notice of the first panel is written; the performance lead has these channels and this
    deputy.
    """
    given = LEAD | {"address": "performance.lead@medway.example"} | lead
    posts = json.loads(variant(world.home).read_text())["posts"]
    if deputy:
        posts["performance_lead"] = posts.get("performance_lead", {}) | {"deputy": deputy}
    world.apply(variant(world.home, people=people(performance_lead=given), posts=posts))
    world.at("Wed 28 Aug 2019 07:30").decide("plo-panel")


def channels(world: World, *words: str) -> None:
    world.settings = world.settings.model_copy(update={"channels": " ".join(words), "notify_key": SecretStr(KEY)})


def messages(store: Store) -> list[Message]:
    keys = [audit_event.ref for audit_event in store.audit.events() if audit_event.what == "message composed"]
    return [message for key in keys if (message := store.outbox.message(key))]


def states(store: Store) -> dict[str, MessageState]:
    return {message.channel: message.state for message in messages(store) if message.prompts}


def prompt_states(world: World) -> list[PromptState]:
    return [entry.state for entry in world.store.ledger.entries(refs={CASES})[CASES]]
