"""Test the picture of a rehearsal."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli.main import run
from cli.run.chart import weeks
from tests.timeline.literals import day
from timeline.definitions.council import CouncilTimeline
from timeline.forecast.rehearsal import Rehearsed, rehearse

pytestmark = pytest.mark.slow("draws a chart of a rehearsed autumn; matplotlib takes its time to start")

MEDWAY = "config/timelines/medway-2019.yaml"
AUTUMN = ("--from", "2019-08-27", "--to", "2019-11-29")


@pytest.fixture(scope="module")
def autumn() -> list[Rehearsed]:
    """Give what is rehearsed in all these tests, once."""
    return []


@pytest.fixture(autouse=True)
def rehearsed_once(autumn: list[Rehearsed], monkeypatch: pytest.MonkeyPatch) -> None:
    def rehearse_once(timeline: CouncilTimeline, *, from_on: date, **given: Any) -> Iterable[Rehearsed]:
        if from_on != day("Tue 27 Aug 2019"):
            return rehearse(timeline, from_on=from_on, **given)
        autumn.extend(() if autumn else rehearse(timeline, from_on=from_on, **given))
        return autumn

    monkeypatch.setattr("cli.run.rehearse.rehearse", rehearse_once)


def drawn(path: Path) -> int:
    return run(["rehearse", MEDWAY, *AUTUMN, "--chart", str(path)])


def test_an_svg_names_every_post_that_gets_mail_with_its_bound(tmp_path: Path) -> None:
    assert drawn(tmp_path / "mails.svg") == 0
    words = " ".join(ET.parse(tmp_path / "mails.svg").getroot().itertext())  # noqa: S314 (our own file)
    assert "Medway Council: mails a week, Tuesday 27 August 2019 to Friday 29 November 2019" in words
    for post in ("Director of People (3)", "Training lead (5)", "26 Aug 19"):
        assert post in words


def test_a_png_is_a_picture(tmp_path: Path) -> None:
    from PIL import Image

    assert drawn(tmp_path / "mails.png") == 0
    with Image.open(tmp_path / "mails.png") as picture:
        assert picture.format == "PNG"
        assert picture.width > 1000
        # Both colours of bars are there: with nobody answering some weeks are above their bound.
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1_000_000) or []}
    assert {(0x1D, 0x70, 0xB8), (0xD4, 0x35, 0x1C)} <= colours


def test_the_same_rehearsal_gives_the_same_picture(tmp_path: Path) -> None:
    first, second = tmp_path / "first.svg", tmp_path / "second.svg"
    assert (drawn(first), drawn(second)) == (0, 0)
    assert first.read_bytes() == second.read_bytes()


def test_a_period_without_mail_says_so(tmp_path: Path) -> None:
    picture = tmp_path / "quiet.svg"
    quiet = ["--from", "2019-08-31", "--to", "2019-09-01"]  # a weekend
    assert run(["rehearse", MEDWAY, *quiet, "--chart", str(picture)]) == 0
    assert "Nobody gets any mail in this period." in picture.read_text()


def test_another_format_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert drawn(tmp_path / "mails.pdf") == 2
    assert "expected a name that ends in .svg or .png" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert drawn(tmp_path / "nowhere" / "mails.svg") == 2
    assert "No such file or directory" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("from_on", "to_on", "mondays"),
    [
        ("Tue 27 Aug 2019", "Sun 1 Sep 2019", ["Mon 26 Aug 2019"]),
        ("Tue 27 Aug 2019", "Mon 2 Sep 2019", ["Mon 26 Aug 2019", "Mon 2 Sep 2019"]),
        ("Mon 2 Sep 2019", "Mon 2 Sep 2019", ["Mon 2 Sep 2019"]),
    ],
)
def test_the_weeks_of_a_period_begin_on_mondays(from_on: str, to_on: str, mondays: list[str]) -> None:
    days: tuple[date, ...] = weeks(day(from_on), day(to_on))
    assert days == tuple(day(monday) for monday in mondays)
