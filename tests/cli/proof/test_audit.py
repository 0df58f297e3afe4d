"""`daymark audit`: a whole chain, a broken one, and a copy that is checked without Daymark."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from models.store.audit.audit import AuditEvent
from models.store.audit.group import Audit
from tests.cli.house import Commands
from tests.harness import World
from timeline.calendar.london import london_date
from timeline.definitions.council import Pause

Lines = list[bytes]


def checked(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Give the verifier's word, from a Python that sees neither Daymark nor any library."""
    command = [sys.executable, "-I", "-S", "verify.py", "events.jsonl", *more]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(house: World, daymark: Commands, tmp_path: Path) -> Path:
    path = tmp_path / "export"
    assert daymark("audit", "export", "--to", path).code == 0
    return path


def test_the_command_and_the_verifier_agree_on_a_whole_chain(house: World, daymark: Commands, folder: Path) -> None:
    said = daymark("audit", "verify")
    events, head = house.store.audit.chain_end()
    assert said.code == 0
    assert said.out.splitlines()[0] == f"The chain of medway is whole: {events} events, the last hash is {head}."
    records = said.out.splitlines()[1]
    assert re.fullmatch(r"Its \d+ sealed records are as the chain has them\.", records)
    with_records = checked(folder, head, "--records", "records.jsonl")
    assert with_records.stdout.splitlines()[1] == records
    completed_process = checked(folder, head)
    assert (completed_process.returncode, completed_process.stdout) == (
        0,
        f"The chain is whole: {events} events, the last hash is {head}.\n",
    )


def test_an_export_agrees_with_itself_though_others_write_meanwhile(
    house: World, daymark: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = Audit.events

    def and_somebody_writes(group: Audit, **which: int) -> tuple[AuditEvent, ...]:
        if got := events(group, **which):
            return got
        on = london_date(house.now)
        pause = Pause(obligation="plo-panel", from_on=on, until_on=on)
        house.store.definitions.pause(pause, at=house.now, who="director")
        return ()

    monkeypatch.setattr(Audit, "events", and_somebody_writes)
    assert daymark("audit", "export", "--to", tmp_path / "export").code == 0
    completed_process = checked(tmp_path / "export", "--records", "records.jsonl")
    assert (completed_process.returncode, completed_process.stderr) == (0, "")


def test_what_is_printed_is_what_is_written(daymark: Commands, folder: Path) -> None:
    assert daymark("audit", "export").out == (folder / "events.jsonl").read_text(encoding="utf-8")


def changed(lines: Lines) -> Lines:
    return [*lines[:2], lines[2].replace(b'"who":"', b'"who":"not '), *lines[3:]]


def inserted(lines: Lines) -> Lines:
    return [*lines[:3], lines[2], *lines[3:]]


def swapped(lines: Lines) -> Lines:
    return [*lines[:2], lines[3], lines[2], *lines[4:]]


def respaced(lines: Lines) -> Lines:
    return [*lines[:2], lines[2].replace(b'":', b'": '), *lines[3:]]


@pytest.mark.parametrize(
    ("hand", "broken"),
    [(changed, 3), (lambda lines: lines[:2] + lines[3:], 3), (inserted, 4), (swapped, 3), (respaced, 3)],
    ids=["changed", "removed", "inserted", "swapped", "respaced"],
)
def test_the_verifier_names_the_first_broken_event(hand: Callable[[Lines], Lines], broken: int, folder: Path) -> None:
    events = folder / "events.jsonl"
    events.write_bytes(b"".join(hand(events.read_bytes().splitlines(keepends=True))))
    completed_process = checked(folder)
    assert completed_process.returncode == 1
    assert completed_process.stderr.startswith(f"Event {broken} ")


def test_a_hash_noted_elsewhere_shows_that_the_end_was_cut_off(house: World, folder: Path) -> None:
    events = folder / "events.jsonl"
    events.write_bytes(b"".join(events.read_bytes().splitlines(keepends=True)[:-1]))
    assert checked(folder).returncode == 0
    assert checked(folder, house.store.audit.chain_end()[1]).returncode == 1


@pytest.mark.parametrize("content", [b"no JSON\n", b"[]\n", b'{"hash":1}\n', b"\xff\n"])
def test_what_is_no_export_is_said_in_a_sentence(content: bytes, folder: Path) -> None:
    (folder / "events.jsonl").write_bytes(content)
    completed_process = checked(folder)
    assert (completed_process.returncode, completed_process.stdout, len(completed_process.stderr.splitlines())) == (
        2,
        "",
        1,
    )


def test_an_event_changed_in_the_database_is_named(house: World, daymark: Commands) -> None:
    with house.store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_event_update"))
        connection.execute(text("UPDATE audit_event SET who = 'nobody' WHERE sequence = 3"))
    said = daymark("audit", "verify")
    assert (said.code, said.out) == (1, "")
    assert said.err == "The chain of medway is broken: event 3 is missing, or was changed.\n"


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE person SET address = 'forger@elsewhere.example' WHERE key = {key}", "The record {record} was changed"),
        ("DELETE FROM holder WHERE position = 0", "The record holder/0 was removed"),
        ("UPDATE holder SET position = 99 WHERE position = 0", "The record holder/99 was added"),
    ],
)
def test_a_record_that_another_hand_altered_is_named_by_both(
    house: World, daymark: Commands, tmp_path: Path, statement: str, sentence: str
) -> None:
    record = f"person/{house.person('director')}"
    with house.store.engine.begin() as connection:
        connection.execute(text(statement.format(key=f"'{house.person('director')}'")))
    said = daymark("audit", "verify")
    assert said.code == 1
    assert sentence.format(record=record) in said.err
    assert daymark("audit", "export", "--to", tmp_path / "export").code == 0
    completed_process = checked(tmp_path / "export", "--records", "records.jsonl")
    assert completed_process.returncode == 1
    assert completed_process.stderr.startswith("The record ")


def test_a_head_noted_earlier_must_still_be_gone_through(house: World, daymark: Commands) -> None:
    noted = house.store.audit.chain_end()[1]
    house.store.outbox.stop(at=house.now, who="lead", reason="A test")
    assert daymark("audit", "verify", "--head", noted).code == 0
    said = daymark("audit", "verify", "--head", "f" * 64)
    assert said.code == 1
    assert said.err.endswith("its end is missing, or all of it was replaced.\n")
