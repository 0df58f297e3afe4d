"""Test that each fault of the memory that was planted is found, with a remedy, and that nothing is changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config.settings import Settings
from tasks.council import half_restored
from tasks.council.run import LEASE
from tasks.doctor.memory import examine_memory
from tasks.processes.claimant import this_process
from tests.harness import World, snapshot
from tests.support.stated import spoil
from tests.timeline.literals import at
from timeline.doctor.diagnosis import Diagnosis


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Wed 28 Aug 2019 07:30").apply()
        yield world


def examine(settings: Settings) -> dict[str, Diagnosis]:
    return {each.part: each for each in examine_memory(settings, at=at("Wed 28 Aug 2019 09:00"))}


def trouble(settings: Settings, part: str) -> str:
    (only,) = examine(settings)[part].troubles
    return f"{only.fault} {only.remedy}".strip()


def tables_at(world: World, version: str) -> None:
    with closing(sqlite3.connect(world.home / "daymark.db")) as connection, connection:
        connection.execute("UPDATE daymark_version SET version_num = ?", [version])


def test_a_memory_that_is_well_stays_as_it_was(world: World) -> None:
    before = snapshot(world.store)
    diagnoses = examine(world.settings)
    assert list(diagnoses) == ["database", "key", "clock", "medway"]
    assert all(each.is_well for each in diagnoses.values())
    assert snapshot(world.store) == before


def test_a_home_without_a_database_is_told_and_none_is_made(tmp_path: Path) -> None:
    given = Settings.given(home=tmp_path / "home")
    assert trouble(given, "database") == "It holds no records of Daymark yet. Run daymark up, or daymark apply FILE."
    assert list(tmp_path.iterdir()) == []


def test_tables_of_another_version_are_told_before_anything_else_is_asked(world: World) -> None:
    tables_at(world, "0001")
    assert list(examine(world.settings)) == ["database"]
    assert trouble(world.settings, "database").startswith("Its tables are at 0001; this Daymark needs 0")
    assert trouble(world.settings, "database").endswith("Run daymark migrate.")


def test_a_database_that_cannot_be_opened_or_is_half_restored_is_told(tmp_path: Path, world: World) -> None:
    half_restored.restore_begins(world.home, tmp_path / "backup")
    assert "was not finished: run daymark restore" in trouble(world.settings, "database")
    half_restored.restore_ended(world.home)
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no database at all" * 1000)
    given = world.settings.model_copy(update={"database_url": f"sqlite:///{broken}"})
    assert "cannot be opened" in trouble(given, "database")


def test_a_key_that_is_lost_or_another_is_told_and_none_is_made(world: World) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    key, kept = world.home / "secret.key", world.settings.secret().decode()
    given = world.settings.model_copy(update={"secret_key": None})
    assert trouble(given, "key").startswith(f"There is no {key}")
    assert not key.exists()
    key.write_text("0" * 64)
    assert "run daymark accept-key" in trouble(given, "key")
    key.write_text(kept)
    assert examine(given)["key"].is_well


def test_a_stop_is_told_by_council_and_so_is_what_a_dead_process_was_sending(world: World) -> None:
    world.store.outbox.stop(at=world.now, who="it_lead", reason="a trial")
    assert "it_lead" not in trouble(world.settings, "medway")
    world.store.outbox.resume(at=world.now, who="it_lead", reason="over")
    world.catcher.stop()
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    world.catcher.start()
    message = world.store.outbox.to_send(at=world.at("Wed 28 Aug 2019 08:45").now, lease=LEASE)[0]
    host, _, began = this_process().rsplit("/", 2)
    assert world.store.outbox.claim(message.key, at=world.now, lease=LEASE, by=f"{host}/1/{int(began) + 1}")
    assert trouble(world.settings, "medway").startswith("A process that has ended was sending messages")


def test_a_council_that_cannot_be_read_takes_no_other_part_with_it(world: World) -> None:
    spoil(world.store)
    assert trouble(world.settings, "medway").startswith("It cannot be read (")
    assert examine(world.settings)["database"].is_well


def test_a_task_whose_words_another_hand_changed_is_told_with_its_remedy(world: World) -> None:
    with closing(sqlite3.connect(world.home / "daymark.db")) as connection, connection:
        changed = connection.execute("UPDATE shared_definition SET definition = replace(definition, 'Panel', 'Board')")
        assert changed.rowcount
    assert "Bring a backup back with daymark restore" in trouble(world.settings, "medway")
