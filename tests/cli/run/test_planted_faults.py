"""Test that `daymark doctor` finds each of the faults that are planted here: one sentence, with what helps.

Four more, of Prefect's own, need its server: tests/flows/test_examined.py plants them.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from config.settings import using
from tasks.council import half_restored
from tasks.doctor import machine, memory
from tests.cli.house import Commands
from tests.harness import World
from tests.support.ports import free_port
from tests.support.stated import spoil

# In a house of the tests nothing serves the pages, and no Prefect was started.
NOT_STARTED = {"pages", "Prefect"}
Plant = Callable[[World, pytest.MonkeyPatch], Any]


def tables_of_an_older_version(world: World, _: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(world.home / "daymark.db")) as connection, connection:
        connection.execute("UPDATE daymark_version SET version_num = '0001'")


def a_file_that_is_no_database(world: World, _: pytest.MonkeyPatch) -> Any:
    (world.home / "broken.db").write_bytes(b"no database at all" * 1000)
    return {"database_url": f"sqlite:///{world.home / 'broken.db'}"}


def a_key_that_others_may_read(world: World, patch: pytest.MonkeyPatch) -> Any:
    world.home.chmod(0o755)
    key = world.home / "secret.key"
    key.write_text(world.settings.secret().decode())
    key.chmod(0o644)


def servers_with_memories_of_their_own(world: World, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("PREFECT_SERVER_EVENTS_MESSAGING_BROKER", "prefect_redis.messaging")


def a_nearly_full_disk(world: World, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 5_000_000}))


FAULTS: dict[str, tuple[str, Plant]] = {
    "a package of another version": (
        "packages",
        lambda _, patch: patch.setattr(machine, "requires", lambda _: ["fastapi<0.1"]),
    ),
    "a package that is missing": (
        "packages",
        lambda _, patch: patch.setattr(machine, "requires", lambda _: ["no-such-package>=1"]),
    ),
    "a nearly full disk": ("disk", a_nearly_full_disk),
    "a key that others may read": ("files", a_key_that_others_may_read),
    "no clock of London": ("zone", lambda _, patch: patch.setattr(machine, "_london", lambda: (None, None))),
    "a file that is no database": ("database", a_file_that_is_no_database),
    "tables of an older version": ("database", tables_of_an_older_version),
    "a restore that was not finished": (
        "database",
        lambda world, _: half_restored.restore_begins(world.home, world.home / "kept"),
    ),
    "a key that is lost": ("key", lambda *_: {"secret_key": None}),
    "the database's clock is another": (
        "clock",
        lambda world, patch: patch.setattr(memory, "server_clock", lambda _: world.now - timedelta(minutes=2)),
    ),
    "sending is stopped": (
        "medway",
        lambda world, _: world.store.outbox.stop(at=world.now, who="it_lead", reason="a trial"),
    ),
    "a council that cannot be read": ("medway", lambda world, _: spoil(world.store)),
    "a mail server that is away": (
        "channels",
        lambda *_: {"mail_url": f"daymarkmail://127.0.0.1:{free_port()}/"},
    ),
    "a channel that cannot be used": ("channels", lambda *_: {"channels": "teams=daymarkteams://secret"}),
    "a mailbox that is away": (
        "mailbox",
        lambda *_: {"imap_host": "127.0.0.1", "imap_port": free_port(), "imap_user": "reader", "imap_tls": False},
    ),
    "a Redis that is away": (
        "Redis",
        lambda _, patch: patch.setenv("PREFECT_SERVER_DOCKET_URL", f"redis://127.0.0.1:{free_port()}/0"),
    ),
    "servers with memories of their own": ("Redis", servers_with_memories_of_their_own),
}


@pytest.fixture
def planted(house: World) -> World:
    house.home.chmod(0o700)
    return house


def test_there_are_fifteen_and_more() -> None:
    assert len(FAULTS) >= 15


@pytest.mark.parametrize("name", FAULTS)
def test_each_is_found_in_a_sentence_with_what_helps(
    planted: World, daymark: Commands, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    part, plant = FAULTS[name]
    changed = plant(planted, monkeypatch)
    with using(planted.settings.model_copy(update=changed or {})):
        said = daymark("doctor", "--json")
    told = [each for each in said.objects if not each["well"] and each["part"] not in NOT_STARTED]
    assert (said.code, {each["part"] for each in told}) == (1, {part})
    for each in told:
        sentence = f"{each['fault']} {each['remedy']}".strip()
        assert "\n" not in sentence
        assert sentence.endswith((".", ")"))
        # What helps stands behind the fault, or in it, after a colon.
        assert each["remedy"] or ": " in each["fault"], sentence
