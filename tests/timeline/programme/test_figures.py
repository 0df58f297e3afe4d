"""Test that figures are read from the lines of an answer strictly, and that nothing is guessed."""

import pytest

from timeline.definitions.asked import AskedFigure
from timeline.programme.asked.figures import read_figures

LOAD = AskedFigure(key="caseloads", title="Average caseload", unit="cases", task="board/figures")
LONG = AskedFigure(key="agency", title="Average caseload of agency staff", unit="", task="board/figures")
TIME = AskedFigure(key="on-time", title="Supervision held on time", unit="%", task="board/figures")
ASKED = (LOAD, LONG, TIME)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Average caseload: 18", "caseloads 18"),
        ("• average  caseload : 12.5 cases.", "caseloads 12.5"),
        ("- caseloads = 1,250", "caseloads 1250"),
        ("Average caseload 18", "caseloads 18"),
        ("Average caseload – 18", "caseloads 18"),
        ("Average caseload of agency staff: 18", "agency 18"),
        ("Supervision held on time: 18 %", "on-time 18"),
        ("on-time: 71", "on-time 71"),
        ("Average caseload is lower now", ""),
        ("The average caseload: 18", ""),
    ],
)
def test_a_figure_is_read_by_the_name_or_key_of_its_measure(line: str, read: str) -> None:
    given = read_figures(f"Done\n{line}\nKim", ASKED)
    assert " ".join(f"{figure.asked.key} {figure.number}" for figure in given.figures) == read
    assert given.faults == ()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Average caseload: 12,5", "found “12,5”, expected a number such as 8, 12.5 or 1,200"),
        ("Average caseload: about 18", "found “about 18”, expected a number"),
        ("Average caseload: 1,2500", "found “1,2500”"),
        ("Average caseload: ", "found “”"),
        ("Average caseload: 18 %", "found “18 %”, expected a number in cases, not per cent"),
        ("Average caseload of agency staff: 18 %", "expected a number without a unit, not per cent"),
        ("Average caseload: 18\ncaseloads: 19", "found it twice (18 and 19), expected one number"),
        ("Average caseload: ٣", "expected a number"),
    ],
)
def test_a_figure_that_cannot_be_read_is_said_back_in_a_sentence(line: str, says: str) -> None:
    ((_, sentence),) = read_figures(line, ASKED).faults
    assert says in sentence
    assert sentence.endswith("Nothing was recorded.")


def test_a_figure_that_nobody_asks_for_is_told_from_words() -> None:
    given = read_figures("Done\nTurnover: 12 %\nWe met at 10:30\nSee https://x.example:80\nAverage caseload: 18", ASKED)
    assert given.foreign == ("Turnover: 12 %",)
    assert given.other == ("Done", "We met at 10:30", "See https://x.example:80")
    assert [each.key for each in given.missing(ASKED)] == ["agency", "on-time"]
    assert given.words == "Average caseload: 18 cases"
