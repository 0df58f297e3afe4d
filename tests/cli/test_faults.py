"""Test bad input to every command: one sentence per fault, exit code 2, and nothing changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Settings, using
from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.support.stated import MEDWAY, variant

LEAD = "performance.lead@medway.example"
CASES = "plo-panel/1/cases"
SPAN = ("--from", "2019-09-02", "--to", "2019-09-06")


@pytest.fixture(scope="module")
def medway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Give one house for a whole table, which no line of it may change."""
    with World(tmp_path_factory.mktemp("medway")) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.lived("Wed 28 Aug 2019 08:30")
        yield world


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["show", "nonsense/1"], "Nothing is called “nonsense/1”; expected such as “plo-panel/2/papers”"),
        (["why", "nonsense"], "Nothing is called “nonsense”"),
        (["ack", "nonsense", "--as", LEAD], "Nothing is called “nonsense”"),
        (["show", "plo-panel/1/nonsense"], "Nothing is called “plo-panel/1/nonsense”"),
        (["show", "p"], "“p” could be "),
        (["why", "plo"], "expected more of its name."),
        (["ack", "plo-panel/1", "--as", LEAD], "“plo-panel/1” has several tasks"),
        (["done", "plo-panel", "--as", LEAD, "--evidence", "x"], "“plo-panel” could be "),
        (["ack", CASES, "--as", "nobody@x.example"], "Nobody here has the address nobody@x.example"),
        (["help", CASES, "--as", LEAD, "--for", "nobody@x.example"], "Nobody here has the address nobody@x.example"),
        # A slip is answered with whom or what was meant, and a stranger's name with nobody.
        (["show", "plo-pannel/1/cases"], f"Did you mean “{CASES}”?"),
        (["ack", CASES, "--as", "performance.laed@medway.example"], f"Did you mean “{LEAD}”?"),
        (["calendar", "--for", "performance.lead@medwey.example"], f"Did you mean “{LEAD}”?"),
        (["calendar", "--for", "performance_led"], "Did you mean “performance_lead”?"),
        (["people", "absent", "directr"], "Did you mean “director”?"),
        (["people", "absent", "performance.led@medway.example"], f"Did you mean “{LEAD}”?"),
        (["people", "export", "performance.led@medway.example"], f"Did you mean “{LEAD}”?"),
        (["pause", "performance.led@medway.example", "--until", "2019-09-30"], f"Did you mean “{LEAD}”?"),
        (["ack", CASES, "--as", "zoe@medway.example"], "expected one of the timeline's people.\n"),
        (["decline", CASES], "Missing option '--as'"),
        (["done", CASES, "--as", LEAD], "Missing option '--evidence'"),
        (["done", CASES, "--as", LEAD, "--evidence", "  "], "Please give a link or a reference that shows it is done."),
        (["ack", "monitoring-visit/1/data", "--as", LEAD], "This task has no date yet: it waits for visit_confirmed."),
        (["show"], "Missing argument 'REF'"),
        (["why"], "Missing argument 'REF'"),
        (["ack"], "Missing argument 'REF'"),
        (["apply"], "Missing argument 'FILE|FOLDER'"),
        (["check"], "Missing argument 'FILE|FOLDER'"),
        (["rehearse", MEDWAY], "Missing option '--from'"),
        (["replay", MEDWAY, "--from", "2019-09-02"], "Missing option '--to'"),
        (["apply", "/nowhere/council.yaml"], "council.yaml: The file cannot be read: "),
        (["check", "/nowhere/council.yaml"], "council.yaml: The file cannot be read: "),
        (["rehearse", "/nowhere/council.yaml", *SPAN], "council.yaml: The file cannot be read: "),
        (["replay", "/nowhere/council.yaml", *SPAN], "council.yaml: The file cannot be read: "),
        (["rehearse", MEDWAY, "--from", "2019-09-31", "--to", "2019-10-04"], "2019-09-31"),
        (["replay", MEDWAY, "--from", "2019-09-02", "--to", "soon"], "soon"),
        (["rehearse", MEDWAY, "--from", "2019-09-06", "--to", "2019-09-02"], "--to 2019-09-02 is before --from"),
        (["replay", MEDWAY, "--from", "2019-09-06", "--to", "2019-09-02"], "--to 2019-09-02 is before --from"),
        (["rehearse", MEDWAY, *SPAN, "--responses", "sometimes"], "expected never, always, or a number as seed"),
        (["replay", MEDWAY, *SPAN, "--responses", "-1"], "expected never, always, or a number as seed"),
        (["list", "--council", "arden"], "There is no council “arden”; expected medway."),
        (["stop-sending", "--council", "arden"], "There is no council “arden”; expected medway."),
        (["list", "--nope"], "No such option: --nope"),
        (["stop-sending", "now"], "Got unexpected extra argument"),
    ],
)
def test_wrong_use_gets_one_sentence_and_changes_nothing(
    medway: World, daymark: Commands, arguments: list[str], sentence: str
) -> None:
    before = snapshot(medway.store)
    said = daymark(*arguments)
    assert (said.code, said.out) == (2, "")
    assert len(said.faults) == 1
    assert sentence in said.err
    assert snapshot(medway.store) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["show", CASES],
        ["why", CASES],
        ["ack", CASES, "--as", LEAD],
        ["done", CASES, "--as", LEAD, "--evidence", "x"],
        ["help", CASES, "--as", LEAD],
        ["decline", CASES, "--as", LEAD],
        ["stop-sending"],
    ],
)
def test_before_the_first_apply_a_command_says_what_to_do(
    empty: World, daymark: Commands, arguments: list[str]
) -> None:
    said = daymark(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err == "No council's timeline is stored yet: run daymark apply FILE.\n"


@pytest.mark.parametrize("arguments", [["list"], ["show", CASES], ["ack", CASES, "--as", LEAD], ["stop-sending"]])
def test_with_several_councils_a_command_asks_which(house: World, daymark: Commands, arguments: list[str]) -> None:
    other = {"key": "arden", "name": "Arden Council"}
    house.apply(variant(house.home, name="arden.yaml", council=other))
    before = snapshot(house.store)
    said = daymark(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err == "There are several councils (arden, medway): say which with --council.\n"
    assert snapshot(house.store) == before
    assert daymark(*arguments, "--council", "medway").code == 0


@pytest.mark.parametrize("command", ["apply", "check", "rehearse", "replay"])
def test_every_fault_of_a_file_is_told_at_once_and_nothing_is_applied(
    empty: World, daymark: Commands, command: str
) -> None:
    facts = [{"fact": "report_received", "on": "2019-02-30", "by": "x", "source": "y"}]
    broken = variant(empty.home, name="broken.yaml", facts=facts, colour="blue", live_from="soon")
    span = SPAN if command in ("rehearse", "replay") else ()
    said = daymark(command, broken, *span)
    assert (said.code, said.out) == (2, "")
    assert len(said.faults) == 3
    assert [key for key in ("facts, entry 1, on", "colour", "live_from") if key not in said.err] == []
    assert all("broken.yaml" in fault for fault in said.faults)
    assert empty.store.changes.is_empty()
    assert not (empty.home / "replay").exists()


def test_a_database_that_cannot_be_opened_is_one_sentence(
    tmp_path: Path, daymark: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "daymark.db").write_text("this is no database, and it is longer than a header of one hundred bytes" * 3)
    with using(Settings.given(home=tmp_path)):
        said = daymark("list")
    assert (said.code, said.out, len(said.faults)) == (2, "", 1)
    assert "Traceback" not in said.err
