"""Ask the report to the board: what is wrong comes first, and no moved date hides what was first promised."""

from dataclasses import replace
from datetime import date
from functools import cache

from tests.support.programmes import medways, slipping
from tests.support.reports import situation, words
from timeline.programme.actions import Rebase
from timeline.programme.papers import Evidence
from timeline.programme.programme import Programme
from timeline.reports.board import board
from timeline.reports.document import numbered

FIVE_MONTHS_ON = date(2020, 1, 27)
MOVED = {"action-plan": date(2020, 2, 28), "early-help-review": date(2020, 3, 31)}


@cache
def moved() -> Programme:
    """Give the programme after five months: two baselines have moved, an action slips, evidence has expired."""
    programme = slipping(medways(), "improvement-board", on=date(2020, 1, 20))
    actions = dict(programme.actions)
    for key, due_on in MOVED.items():
        rebase = Rebase(on=date(2019, 11, 20), by="director", due_on=due_on, why="The election of 12 December.")
        actions[key] = replace(actions[key], due_on=date(2019, 11, 28), rebases=(rebase,))
    risk = programme.risks["caseloads"]
    overdue = replace(risk, review_on=date(2020, 1, 10))
    old = Evidence(
        key="audit",
        title="Audit of September",
        on=date(2019, 9, 1),
        owner="director",
        expires_on=date(2019, 12, 31),
        link="",
        source="a file",
    )
    risks = {**programme.risks, "caseloads": overdue}
    return replace(programme, actions=actions, risks=risks, evidence={"audit": old})


@cache
def text() -> str:
    return words(board(situation(moved(), on=FIVE_MONTHS_ON)))


def test_two_baselines_that_moved_stand_beside_the_first_promise_with_who_and_why() -> None:
    said = "Director of People, 20 November 2019: The election of 12 December."
    assert text().count(f"28 November 2019 | 28 February 2020 | {said}") == 1
    assert text().count(f"28 November 2019 | 31 March 2020 | {said}") == 1


def test_exceptions_come_first_with_reason_and_recovery_and_no_new_date_turns_one_green() -> None:
    report = board(situation(moved(), on=FIVE_MONTHS_ON))
    first, *_ = [each.part for each in numbered(report) if isinstance(each.part, str)]
    assert first == "Exceptions"
    rows = [line for line in text().splitlines() if " | Amber: " in line or " | Red: " in line]
    assert [row.split(" | ")[0][:20] for row in rows] == [
        "An Action Plan that ",
        "A review of Early He",
        "An Improvement Board",
    ]
    assert "It is expected after the day that was first promised. | Nobody has said why." in rows[0]
    assert "Amber: Its owner says that it slips. | The chair is not appointed yet." in rows[2]
    assert "Expected 28 February 2020." in text()
    assert "Risk “Caseloads”: its review was due on 10 January 2020." in text()
    assert "Evidence “Audit of September”: it expired on 31 December 2019." in text()


def test_the_plan_shows_the_trend_and_the_risks_their_place() -> None:
    assert "| Amber | was grey a month ago" in text()
    assert "C significant | – | 6. Caseloads | 2. Resource is not in place" in text()
    assert "down by 20 % since the inspection | 27 August 2019 | better | none stated" in text()
    assert "Improvement Board | " in text().partition("Next meetings")[2]


def test_where_nothing_is_wrong_it_says_so() -> None:
    quiet = words(board(situation(medways(), on=date(2019, 9, 3))))
    assert "1.1 Nothing is red or amber, and nothing is over its day." in quiet
    assert "5.1 No date has moved." in quiet
