"""`daymark picture`: a file, or the values; what it cannot draw it refuses in a sentence."""

from pathlib import Path

import pytest

from tests.cli.house import Commands
from tests.harness import World, snapshot

KEYS = {"group", "duty", "ref", "title", "law", "on", "until_on", "window", "was_on", "state", "why"}


def test_it_writes_a_picture_or_its_values_and_changes_nothing(house: World, daymark: Commands, tmp_path: Path) -> None:
    before, out = snapshot(house.store), tmp_path / "medway.svg"
    said = daymark("picture", "--out", out)
    assert (said.code, said.out) == (0, "")
    assert said.err.startswith(f"{out}: ")
    assert said.err.endswith("; next legal date Thu 3 Oct.\n")
    drawn = out.read_text()
    assert drawn.startswith("<svg ")
    assert "today, Wed 28 Aug" in drawn
    assert daymark("picture", "--out", out).code == 0
    assert out.read_text() == drawn
    rows = daymark("picture", "--json", "--from", "2019-11-01", "--to", "2019-11-30").objects
    assert all(set(row) == KEYS for row in rows)
    plan = next(row for row in rows if row["ref"] == "action-plan/1")
    assert (plan["group"], plan["law"], plan["on"]) == ("Law and direction", True, "2019-11-28")
    assert "plo-panel/4" not in {row["ref"] for row in rows}
    assert snapshot(house.store) == before


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ([], "expected --out FILE.svg or FILE.png, or --json"),
        (["--out", "x.pdf"], "--out is “x.pdf”, expected a name that ends in .svg or .png"),
        (["--out", "x.svg", "--from", "2019-13-01"], "2019-13-01"),
        (["--out", "x.svg", "--from", "2019-09-01", "--to", "2019-08-01"], "expected the last day to show"),
        (["--out", "x.svg", "--from", "2019-09-01", "--to", "2199-08-01"], "expected ten years at most"),
        (["--json", "--paper", "a3"], "--paper is “a3”, expected narrow, mail, page, wide, a4"),
        (["--json", "--for", "press"], "--for is “press”, expected team, board"),
        (["--out", "nowhere/x.svg"], "nowhere/x.svg"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(
    house: World, daymark: Commands, given: list[str], fault: str
) -> None:
    said = daymark("picture", *given)
    assert said.code == 2
    assert len(said.faults) == 1
    assert fault in said.err
    assert not Path("x.svg").exists()
