"""`daymark schema`: both files as people write them are valid, and a slip of the pen is not."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from typer.testing import CliRunner

from cli.main import application
from config.load import RULES, TIMELINES
from config.timeline_files import timeline_shapes
from config.timeline_files.plain_yaml import read
from config.timeline_files.schema import schemas
from tests.config.files import PACK, TIMELINE, broken
from tests.support.pages import table

MADE = schemas()


def valid(name: str, raw: dict[str, Any]) -> bool:
    return bool(Draft202012Validator(MADE[name]).is_valid(raw))


def written(folder: Path, text: str) -> dict[str, Any]:
    (folder / "file.yaml").write_text(text)
    return read(folder / "file.yaml")


@pytest.mark.parametrize("name", MADE)
def test_both_are_schemas_of_draft_2020_12(name: str) -> None:
    Draft202012Validator.check_schema(MADE[name])


@pytest.mark.parametrize(
    "path", sorted(set(TIMELINES.glob("*.yaml")) - set(TIMELINES.glob("*.programme.yaml"))), ids=lambda path: path.name
)
def test_every_timeline_that_is_shipped_is_valid(path: Path) -> None:
    assert list(Draft202012Validator(MADE["timeline"]).iter_errors(read(path))) == []


@pytest.mark.parametrize("path", sorted(RULES.glob("*.yaml")), ids=lambda path: path.name)
def test_every_rule_pack_that_is_shipped_is_valid(path: Path) -> None:
    assert list(Draft202012Validator(MADE["rule_pack"]).iter_errors(read(path))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pack: small\n", ""),
        ("pack: small\n", "pack: small\npeeple: {}\n"),
        ("pack: small\n", "pack: Small pack\n"),
        ("on: 2019-08-21", "on: 21 August 2019"),
        ("on: 2019-08-21", "on: 2019-13-21"),
        ("on: 2019-08-21", "on: [2019-08-21]"),
        (", by: Officer", ""),
        ("anna@council.example", "anna"),
        ("holds: officer", "holds: {posts: officer}"),
        ("pack: small\n", "pack: small\nsign_off: {call_in: 5}\n"),
        ("pack: small\n", "pack: small\nsign_off: {notice: 28 working days}\n"),
        ("pack: small\n", "pack: small\ncommittees: {cabinet: {meetings: [2019-09-24]}}\n"),
        ("pack: small\n", "pack: small\nshadow_until: always\n"),
        ("pack: small\n", "pack: small\nregime: {since: 2019-08-27}\n"),
    ],
)
def test_a_timeline_with_a_slip_is_not_valid(tmp_path: Path, old: str, new: str) -> None:
    assert valid("timeline", written(tmp_path, TIMELINE))
    assert not valid("timeline", written(tmp_path, broken(TIMELINE, (old, new))))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1", "version: first"),
        ("class: A", "class: E"),
        ("kind: visit", "kind: inspection"),
        ("status: observed", "status: guessed"),
        ("every: 2 working days", "every: 2"),
        ("to: owner,", "to: [],"),
        ("times: 3", "times: often"),
        ("asks: Draft it.", "ours: perhaps, asks: Draft it."),
    ],
)
def test_a_rule_pack_with_a_slip_is_not_valid(tmp_path: Path, old: str, new: str) -> None:
    assert valid("rule_pack", written(tmp_path, PACK))
    assert not valid("rule_pack", written(tmp_path, broken(PACK, (old, new))))


def test_a_number_and_a_truth_may_be_written_as_an_editor_reads_them(tmp_path: Path) -> None:
    raw = written(tmp_path, PACK)
    assert valid("rule_pack", {**raw, "version": 2})
    raw["obligations"]["plan"]["ours"] = False
    assert valid("rule_pack", raw)


def test_a_timeline_that_is_like_another_need_not_repeat_what_stands_there() -> None:
    assert valid("timeline", {"like": "other.yaml"})
    assert not valid("timeline", {"lay": "2019-11-18"})


def test_every_key_that_the_page_tells_is_in_the_schemas() -> None:
    known = {
        key
        for each in MADE.values()
        for shape in (each, *each["$defs"].values())
        for key in shape.get("properties", ())
    }
    headings = ["A timeline", "Committee", "Sign-off", "Fact", "Duty", "Task", "Rung", "A rule pack"]
    assert {row["key"] for heading in headings for row in table("docs/timelines.md", heading)} <= known
    assert {"for", "class", "from"} <= known
    assert "of" not in known
    assert known >= {field.alias or name for name, field in timeline_shapes.TimelineShape.model_fields.items()}


def test_the_command_prints_both_or_one_and_writes_files(tmp_path: Path) -> None:
    def printed(*words: str) -> Any:
        return json.loads(CliRunner().invoke(application(), ["schema", *words]).stdout)

    assert printed() == MADE
    assert printed("pack") == MADE["rule_pack"]
    CliRunner().invoke(application(), ["schema", "--out", str(tmp_path / "new")])
    assert json.loads((tmp_path / "new/timeline.schema.json").read_text()) == MADE["timeline"]
    assert json.loads((tmp_path / "new/rule-pack.schema.json").read_text()) == MADE["rule_pack"]
