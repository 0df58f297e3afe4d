"""`daymark people export|erase`: what is printed, what is refused in a sentence, and that looking changes nothing."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.house import Commands
from tests.cli.proof.test_audit import checked
from tests.harness import World, snapshot
from timeline.answers.responses import Answer

ADDRESS = "performance.lead@medway.example"
CASES = "plo-panel/1/cases"
ERASE = ("people", "erase", ADDRESS, "--reason", "Request 4")


@pytest.fixture
def answered(house: World) -> World:
    house.answer(CASES, Answer.HELP, by="performance_lead", text="Two people short")
    return house


def has_left(world: World) -> World:
    """See that the director holds the post of the person who has left."""
    timeline, key, director = world.timeline, world.person("performance_lead"), world.person("director")
    directory = timeline.directory
    holders = tuple(
        replace(holder, person=director) if holder.person == key else holder for holder in directory.holders
    )
    people = {name: person for name, person in directory.people.items() if name != key}
    left = replace(timeline, directory=replace(directory, holders=holders, people=people))
    world.store.changes.apply(left, at=world.now, who="the story", source="medway.yaml", digest="without")
    return world


def test_everything_is_printed_as_json_and_nothing_changes(answered: World, daymark: Commands) -> None:
    before = snapshot(answered.store)
    told = daymark("people", "export", ADDRESS)
    assert (told.code, told.err) == (0, "")
    given = json.loads(told.out)
    assert (given["council"], given["person"]["address"]) == ("medway", ADDRESS)
    assert [each["text"] for each in given["answers"]] == ["Two people short"]
    assert [message["subject"] for message in given["messages"]] == ["To do by Tue 3 Sep: send the chair the list"]
    assert daymark("people", "export", ADDRESS.upper()).out == told.out
    assert snapshot(answered.store) == before


def test_a_file_is_for_the_eyes_of_whoever_asked_and_written_over_by_nothing(
    answered: World, daymark: Commands, tmp_path: Path
) -> None:
    assert answered
    file = tmp_path / "person.json"
    told = daymark("people", "export", ADDRESS, "--out", file)
    assert told.out == (
        f"Written to {file}. Posts: 1; directory history: 1; answers: 1; reminders: 1; messages: 1; links: 1; "
        f"audit events: {len(json.loads(file.read_text())['audit_events'])}.\n"
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = daymark("people", "export", ADDRESS, "--out", file)
    assert (again.code, again.err) == (2, f"{file}: File exists.\n")


def test_an_erasure_is_shown_first_and_done_with_yes(answered: World, daymark: Commands, tmp_path: Path) -> None:
    before = snapshot(has_left(answered).store)
    shown = daymark(*ERASE)
    assert (shown.code, shown.out) == (1, "Would go. Texts: 3; messages to them: 1; name and address: 1.\n")
    assert shown.err == "Nothing was changed: say --yes to erase it.\n"
    assert snapshot(answered.store) == before
    done = daymark(*ERASE, "--yes")
    assert (done.code, done.out) == (0, "Erased. Texts: 3; messages to them: 1; name and address: 1.\n")
    key = answered.store.privacy.find_people("performance-lead")[0].key
    assert daymark("people", "erase", key, "--reason", "Again", "--yes").out == "Nothing is left to erase.\n"
    assert daymark("audit", "verify").code == 0
    assert daymark("audit", "export", "--to", tmp_path).code == 0
    assert checked(tmp_path, answered.store.audit.chain_end()[1]).returncode == 0
    assert b"Performance Lead" not in (tmp_path / "events.jsonl").read_bytes()


def test_whoever_is_still_in_the_file_is_told_of(answered: World, daymark: Commands) -> None:
    timeline, key, director = answered.timeline, answered.person("performance_lead"), answered.person("director")
    directory = timeline.directory
    holders = tuple(
        replace(holder, person=director) if holder.person == key else holder for holder in directory.holders
    )
    listed = replace(timeline, directory=replace(directory, holders=holders))
    answered.store.changes.apply(listed, at=answered.now, who="the story", source="medway.yaml", digest="listed")
    assert daymark(*ERASE).out.endswith(
        "The timeline's file still names this person: take the entry out, or the next apply brings it back.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (ERASE, f"{ADDRESS} holds a post (Performance lead), so nothing was erased: first give it to somebody else."),
        ((*ERASE[:3], "--reason", " "), "An erasure says why: --reason must not be empty."),
        (
            ("people", "export", "nobody@medway.example"),
            "Nobody here has, or had, the address “nobody@medway.example”; expected that of somebody of the directory.",
        ),
        (
            ("people", "export", ""),
            "Nobody here has, or had, the address “”; expected that of somebody of the directory.",
        ),
        ((*ERASE, "--council", "elsewhere"), "There is no council “elsewhere”; expected medway."),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    arguments: tuple[str, ...], sentence: str, answered: World, daymark: Commands
) -> None:
    before = snapshot(answered.store)
    told = daymark(*arguments)
    assert (told.code, told.out, told.err) == (2, "", f"{sentence}\n")
    assert snapshot(answered.store) == before


def test_two_people_with_one_address_are_told_apart_by_their_keys(answered: World, daymark: Commands) -> None:
    timeline = answered.timeline
    people = {
        key: replace(person, address="shared@medway.example") for key, person in timeline.directory.people.items()
    }
    few = dict(list(people.items())[:2])
    shared = replace(timeline, directory=replace(timeline.directory, people={**timeline.directory.people, **few}))
    answered.store.changes.apply(shared, at=answered.now, who="the story", source="medway.yaml", digest="shared")
    told = daymark("people", "export", "shared@medway.example")
    first, second = sorted(few)
    assert told.err == (
        f"2 people have the address “shared@medway.example”: say which by the key ({first}, {second}).\n"
    )
    assert json.loads(daymark("people", "export", first).out)["person"]["key"] == first


def test_without_a_council_nobody_is_known(empty: World, daymark: Commands) -> None:
    assert empty
    for command in (("people", "export", ADDRESS), ERASE):
        assert daymark(*command).err == "No council's timeline is stored yet: run daymark apply FILE.\n"


def test_the_group_alone_prints_its_help(daymark: Commands) -> None:
    told = daymark("people")
    assert told.code == 2
    assert "  export" in told.err
    assert "?" not in told.err
