"""Hand a mail over to our LMTP server, for a council whose mail was caught."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from email.utils import parseaddr
from pathlib import Path

import pytest

from tasks.catcher.mailbox import OpenedMail
from tasks.catcher.replies import CaughtReplies
from tests.harness import World, header
from tests.support.soon import soon
from tests.tasks.replying import replying
from timeline.answers.responses import Answer

CASES = "plo-panel/1/cases"
OFFICER = "performance.lead@medway.example"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    house = replying(World(tmp_path))
    house.catcher.replies = CaughtReplies(house.settings)
    with house as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.live("Wed 28 Aug 2019 08:30", "plo-panel")
        yield world


def answers(world: World) -> list[Answer]:
    return [response.answer for response in world.store.inbound.responses(refs={CASES}).get(CASES, ())]


def plus(mail: OpenedMail) -> str:
    """Give the address to which an answer goes."""
    return parseaddr(" ".join(header(mail.raw, "Reply-To").split()))[1]


def eventually(given: Callable[[], list[OpenedMail]]) -> OpenedMail:
    """Give the one mail that comes when the thread that sends it has had its turn."""
    assert soon(lambda: bool(given()))
    (mail,) = given()
    return mail


def rename(world: World, table: str, other: str) -> None:
    with closing(sqlite3.connect(world.settings.database_url.removeprefix("sqlite:///"))) as database:
        database.execute(f"ALTER TABLE {table} RENAME TO {other}")
        database.commit()
