"""Test that every command serves the other, and says of that one what is so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.house import Commands, copied_house
from tests.cli.test_after_every_change import COMMANDS, MOVED_FACT, PANEL, VISIT, small
from tests.harness import World, snapshot
from tests.support.stated import spoil, variant

SAID = ("--by", "Lead", "--source", "A letter")
RECORD = ("record", "visit_confirmed", "2020-01-20", "2020-01-21", "--for", VISIT, *SAID)
MOVE = ("move", PANEL, "--to", str(MOVED_FACT["on"]), "--reason", "The room")
CHANGES = (RECORD, (*RECORD, "--yes"), MOVE, (*MOVE, "--yes"), ("undo",))
FILES = ("preview", "apply")
# They read no timeline: what is held about a person, and the chain, can be had of any council.
READ_NONE = ("people export", "audit verify", "audit export")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("two")
    small(home)
    other = {"key": "arden", "name": "Arden Council", "programme": "Improvement programme"}
    with World(home) as world:
        world.at("Tue 27 Aug 2019 07:00").apply(home / "small.yaml")
        world.apply(variant(home, like=home / "small.yaml", name="arden.yaml", council=other))
        spoil(world.store)
    return home


@pytest.fixture
def world(lived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with copied_house(lived, tmp_path / "house", monkeypatch) as world:
        yield world


def test_the_other_council_is_served_by_every_command(world: World, daymark: Commands) -> None:
    given = [
        *((command, "small.yaml") for command in FILES),
        *((*command, "--council", "medway") for command in CHANGES),
    ]
    told = {
        command: daymark(*command) for command in [*given, *((*command, "--council", "medway") for command in COMMANDS)]
    }
    assert {command: said.err for command, said in told.items() if said.code not in (0, 1)} == {}
    assert world.store.audit.verify() is None


def test_of_the_one_that_cannot_be_read_each_command_says_so_and_changes_nothing(
    world: World, daymark: Commands
) -> None:
    before = snapshot(world.store)
    of_it = [each for each in COMMANDS if " ".join(each[:2]) not in READ_NONE]
    given = [*((command, "arden.yaml") for command in FILES), *((*each, "--council", "arden") for each in CHANGES)]
    for command in [*given, *((*each, "--council", "arden") for each in of_it)]:
        said = daymark(*command)
        assert (command, said.code, said.faults[-1][:60]) == (
            command,
            2,
            "What the database holds of this council cannot be read (a Co",
        )
    assert snapshot(world.store) == before
