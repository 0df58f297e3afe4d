"""Test a timeline like another, or laid on the week of some day; and whether anything has changed."""

from pathlib import Path

import pytest

from config.load import digest, examine
from tests.config.files import PACK, TIMELINE
from tests.timeline.literals import day
from timeline.definitions.council import CouncilTimeline


def like(tmp_path: Path, text: str, base: str = TIMELINE) -> tuple[CouncilTimeline | None, list[str]]:
    (tmp_path / "small.yaml").write_text(PACK)
    (tmp_path / "base.yaml").write_text(base)
    (tmp_path / "own.yaml").write_text(text)
    timeline, faults = examine(tmp_path / "own.yaml", on=day("Wed 18 Nov 2026"), rules=tmp_path)
    return timeline, [str(fault) for fault in faults]


def test_a_timeline_like_another_replaces_what_it_says_itself(tmp_path: Path) -> None:
    timeline, told = like(tmp_path, "like: base.yaml\ncouncil: {key: other, name: Other, programme_lead: manager}\n")
    assert told == []
    assert timeline is not None
    assert (timeline.council.key, len(timeline.facts)) == ("other", 2)


@pytest.mark.parametrize(
    ("own", "base", "told"),
    [
        ("like: own.yaml\n", TIMELINE, "The file named is itself like another; expected a whole one."),
        ("like: base.yaml\n", "like: own.yaml\n", "The file named is itself like another; expected a whole one."),
        ("like: nope.yaml\n", TIMELINE, "There is no file “nope.yaml” beside this one, expected a timeline."),
        ("like: ''\n", TIMELINE, "There is no file “” beside this one, expected a timeline."),
        ("like:\n", TIMELINE, "There is no file “None” beside this one, expected a timeline."),
        ("like: [base.yaml]\n", TIMELINE, "There is no file “['base.yaml']” beside this one, expected a timeline."),
        ("like: ../base.yaml\n", TIMELINE, "There is no file “../base.yaml” beside this one, expected a timeline."),
    ],
)
def test_a_timeline_like_nothing_usable(tmp_path: Path, own: str, base: str, told: str) -> None:
    assert like(tmp_path, own, base) == (None, [f"own.yaml: like: {told}"])


def test_the_name_of_a_timeline_holds_no_control_character(tmp_path: Path) -> None:
    faults = ["own.yaml: Line 1, column 7: found a control character, expected plain words."]
    assert like(tmp_path, 'like: "a\\0b.yaml"\n', TIMELINE) == (None, faults)


def test_a_timeline_like_one_that_is_broken_tells_what_is_wrong_with_that(tmp_path: Path) -> None:
    assert like(tmp_path, "like: base.yaml\n", "a: [1\n")[1][0].startswith("base.yaml: Line 2, column 1: ")


@pytest.mark.parametrize(
    ("lay", "on", "received"),
    [
        # The week of `lay` becomes the week of the day, by whole weeks: a Wednesday stays a Wednesday.
        ("2019-11-18", "Mon 16 Nov 2026", "Wed 19 Aug 2026"),
        ("2019-11-18", "Wed 18 Nov 2026", "Wed 19 Aug 2026"),
        ("2019-11-24", "Mon 16 Nov 2026", "Wed 19 Aug 2026"),
        ("2019-11-25", "Wed 18 Nov 2026", "Wed 12 Aug 2026"),
        ("2019-11-18", "Sun 22 Nov 2026", "Wed 19 Aug 2026"),
        ("2019-11-18", "Mon 23 Nov 2026", "Wed 26 Aug 2026"),
    ],
)
def test_a_demo_is_laid_on_the_week_of_the_day(tmp_path: Path, lay: str, on: str, received: str) -> None:
    (tmp_path / "small.yaml").write_text(PACK)
    (tmp_path / "demo.yaml").write_text(f"{TIMELINE}\nlay: {lay}\n")
    timeline, faults = examine(tmp_path / "demo.yaml", on=day(on), rules=tmp_path)
    assert faults == ()
    assert timeline is not None
    assert timeline.facts[0].on == day(received)
    assert timeline.facts[0].known_at.date() == day(received)


def test_a_lay_that_moves_the_facts_out_of_every_calendar_is_told(tmp_path: Path) -> None:
    timeline, told = like(tmp_path, "like: base.yaml\nlay: 1900-01-01\n", TIMELINE.replace("2019-", "2150-"))
    assert timeline is None
    assert set(told) == {"own.yaml: lay: It moves a fact to 2277; expected a day near the facts."}


def test_a_digest_changes_with_either_file_and_with_the_one_it_is_like(tmp_path: Path) -> None:
    like(tmp_path, "like: base.yaml\n")
    path = tmp_path / "own.yaml"
    first = digest(path, rules=tmp_path)
    assert digest(path, rules=tmp_path) == first
    seen = {first}
    for name in ("own.yaml", "base.yaml", "small.yaml"):
        text = (tmp_path / name).read_text()
        (tmp_path / name).write_text(f"{text}\n{name.removesuffix('.yaml')}: changed\n")
        seen.add(digest(path, rules=tmp_path))
        (tmp_path / name).write_text(f"# a comment changes nothing\n{text}")
        assert digest(path, rules=tmp_path) == first
    assert len(seen) == 4
