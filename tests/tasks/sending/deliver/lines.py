"""Give the tests of several lines people on two channels, and letters to them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models.store import Store
from tasks.channels.smtp.connection import close_connections
from tests.harness import World
from timeline.delivery.messages import Message, MessageState, TokenClaims

PEOPLE = ("performance-lead", "training-lead", "project-support", "programme-lead")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.at("Wed 28 Aug 2019 08:30")
        yield world


def letters(world: World, *to: str, channel: str = "mail", begin: int = 1) -> list[str]:
    """Compose one message for each; gives their keys."""
    keys = []
    for number, person in enumerate(to, start=begin):
        key = f"{channel}/{person}/{number}"
        given = Message(
            key=key,
            channel=channel,
            deliver_to=person,
            kind="reminder",
            subject=f"Letter {number}",
            text="Please tell us.",
            html="",
            tokens=(TokenClaims(person=person, message=key),),
            prompts=(),
            composed_at=world.now + timedelta(seconds=number),
            next_attempt_at=world.now,
        )
        assert world.store.outbox.compose(given, token_hashes=[f"hash {key}"], at=world.now)
        keys.append(key)
    return keys


def states(store: Store, keys: list[str]) -> list[MessageState]:
    return [message.state for key in keys if (message := store.outbox.message(key))]


def use(world: World, **urls: str) -> None:
    close_connections()
    words = " ".join(f"{name}={url} {name}.rate=60000" for name, url in urls.items() if name != "mail")
    words += " mail.rate=60000" if "mail.rate" not in words and "mail" in urls else ""
    changes = {"channels": words} | ({"mail_url": urls["mail"]} if "mail" in urls else {})
    world.settings = world.settings.model_copy(update=changes)
