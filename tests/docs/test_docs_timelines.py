"""Test docs/timelines.md tells every key of both files, and its examples are real or can be used as they are."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from config.load import RULES, TIMELINES, examine
from config.programme_file.shapes import ProgrammeShape
from config.settings import ROOT
from config.timeline_files import pack_shapes, timeline_shapes
from config.timeline_files.plain_yaml import read
from tests.support.pages import blocks, table, text
from tests.timeline.literals import day
from timeline.planning.occurrence_dates import LOCAL_NAMES

PAGE = "docs/timelines.md"
SHAPES: dict[str, type[pack_shapes.Shape]] = {
    "A timeline": timeline_shapes.TimelineShape,
    "Council": timeline_shapes.CouncilShape,
    "Regime": timeline_shapes.RegimeShape,
    "Post": pack_shapes.PostShape,
    "Person": timeline_shapes.PersonShape,
    "Days in post": timeline_shapes.HoldingShape,
    "Days away": timeline_shapes.AbsenceShape,
    "Fact": timeline_shapes.FactShape,
    "Committee": timeline_shapes.CommitteeShape,
    "Sign-off": timeline_shapes.SignOffShape,
    "Retention": timeline_shapes.RetentionShape,
    "Pre-election period": timeline_shapes.PeriodShape,
    "Pause": timeline_shapes.PauseShape,
    "Closure day": timeline_shapes.ClosureShape,
    "Proclaimed bank holiday": timeline_shapes.ProclaimedShape,
    "A rule pack": pack_shapes.PackShape,
    "Embargo": pack_shapes.EmbargoShape,
    "Duty": pack_shapes.ObligationShape,
    "Text": pack_shapes.TextShape,
    "Edition": pack_shapes.EditionShape,
    "Reading": pack_shapes.ReadingShape,
    "Task": pack_shapes.MilestoneShape,
    "Ladder": pack_shapes.LadderShape,
    "Rung": pack_shapes.RungShape,
}
EXAMPLES = blocks(PAGE, "yaml")
QUOTED = [block for block in EXAMPLES if block.startswith("# config/")]
ADDED = [block for block in EXAMPLES if block.startswith("# Add to config/")]


@pytest.mark.parametrize("heading", SHAPES)
def test_every_key_is_told_and_no_other(heading: str) -> None:
    told = {row["key"]: row["needed"] for row in table(PAGE, heading)}
    fields = SHAPES[heading].model_fields.items()
    assert told == {field.alias or name: "yes" if field.is_required() else "no" for name, field in fields}


def test_every_shape_of_a_file_has_its_table() -> None:
    below = set(pack_shapes.Shape.__subclasses__())
    # Nobody writes a span or a standing by itself: their keys stand in the tables of the shapes that have them.
    every = below.union(*(each.__subclasses__() for each in below)) - {pack_shapes.SpanShape, pack_shapes.StandingShape}
    assert set(SHAPES.values()) == {shape for shape in every if shape.__module__ != ProgrammeShape.__module__}


def test_every_part_of_a_programme_file_is_told() -> None:
    rows = table("docs/programme.md", "The improvement programme as records")
    parts = {part.strip(" `") for row in rows for part in row["part"].split(",")}
    assert parts == set(ProgrammeShape.model_fields)


def test_the_words_a_task_counts_from_are_those_there_are() -> None:
    assert {row["word"] for row in table(PAGE, "The words a task counts from")} == set(LOCAL_NAMES)


def test_every_example_says_where_it_belongs() -> None:
    assert len(QUOTED) + len(ADDED) == len(EXAMPLES) > 10


@pytest.mark.parametrize("block", QUOTED, ids=lambda block: block.splitlines()[1].strip())
def test_a_quoted_example_stands_in_its_file(block: str) -> None:
    name, *lines = block.splitlines()
    file = text(name.removeprefix("# ")).splitlines()
    assert [line for line in lines if line not in file] == []


@pytest.mark.parametrize("block", ADDED, ids=lambda block: block.splitlines()[1])
def test_an_example_to_add_can_be_added_as_it_is(block: str, tmp_path: Path) -> None:
    file = block.splitlines()[0].removeprefix("# Add to ")
    for folder in (RULES, TIMELINES):
        (tmp_path / folder.name).mkdir()
        for path in folder.glob("*.yaml"):
            (tmp_path / folder.name / path.name).write_bytes(path.read_bytes())
    changed, example = tmp_path / file.removeprefix("config/"), tmp_path / "example.yaml"
    example.write_text(block)
    changed.write_text(yaml.safe_dump(_added(read(ROOT / file), read(example))))
    timeline, faults = examine(
        tmp_path / "timelines/medway-2019.yaml", on=day("Tue 27 Aug 2019"), rules=tmp_path / "rules"
    )
    assert faults == ()
    assert timeline is not None


def _added(to: Any, what: Any) -> Any:
    """Join them: mappings are joined key by key, lists one after the other; anything else is replaced."""
    if isinstance(to, dict) and isinstance(what, dict):
        return {**to, **{key: _added(to[key], each) if key in to else each for key, each in what.items()}}
    return [*to, *what] if isinstance(to, list) and isinstance(what, list) else what
