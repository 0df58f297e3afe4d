"""Test the reading of an action plan: columns guessed, days as Excel keeps them, every fault with its cell."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from config.plan_import import workbook
from config.plan_import.plan_file import PlanFile, read
from config.timeline_files.faults import BadInput, Fault
from tests.support.plan_books import HEADINGS, LEADERSHIP, book, two_hundred
from tests.support.programmes import medways
from timeline.programme.actions import Progress
from timeline.programme.gaps import gaps
from timeline.programme.programme import NO_PRIORITY
from timeline.programme.sheets.plan_sheet import PlannedAction, with_plan

POSTS = {"training_lead": "Training lead", "head_of_improvement": "Head of Improvement", "help_lead": "Early Help"}
HOLDERS = {"kim cole": "training_lead"}


def taken(content: bytes, sheet: str = "") -> tuple[PlanFile | None, tuple[Fault, ...]]:
    return read("plan.xlsx", content, medways(), posts=POSTS, holders=HOLDERS, sheet=sheet)


def action(*cells: Any, headings: tuple[str, ...] = HEADINGS) -> PlannedAction:
    """Read a plan of a single row that has no fault."""
    plan, faults = taken(book([cells], headings=headings))
    assert plan is not None, faults
    return plan.actions[0]


def fault(column: int, value: Any) -> str:
    """Give the sentence about a cell, where all else is right."""
    cells: list[Any] = ["1", "Train", LEADERSHIP, "Training lead", None, date(2019, 11, 28), "Green", 0.5, "Begun"]
    cells[column] = value
    _, faults = taken(book([cells]))
    return "".join(f"{each}" for each in faults)


def test_a_row_is_read_by_what_its_headings_mean() -> None:
    read_action = action("1.2", "Train", LEADERSHIP, "Kim Cole", "2 September 2019", 43797, "Amber", 0.5, "Rooms")
    assert read_action == PlannedAction(
        key="action-1-2",
        title="Train",
        source="plan.xlsx, Plan, row 4",
        priority="leadership",
        owner="training_lead",
        starts_on=date(2019, 9, 2),
        due_on=date(2019, 11, 28),
        progress=Progress.SLIPPING,
        percent=50,
        why="Rooms",
    )


@pytest.mark.parametrize(
    "written",
    [
        *("28/11/2019", "28-Nov-19", "28 November 2019", "28th Nov 2019", "Thursday 28 November 2019", "2019-11-28"),
        *(43797, datetime(2019, 11, 28, tzinfo=UTC).replace(tzinfo=None), date(2019, 11, 28)),
    ],
)
def test_a_day_is_read_as_people_and_excel_write_it(written: Any) -> None:
    assert action("1", "Train", None, None, None, written, None, None, None).due_on == date(2019, 11, 28)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (5, "31/02/2020", "row 4, By when (F4): Found “31/02/2020”, expected a day such as 2026-12-01"),
        (5, 12, "row 4, By when (F4): Found “12”, expected a day"),
        (5, "Q3 2020", "Found “Q3 2020”, expected a day"),
        (5, "tbc", "row 4, By when (F4): Found “tbc”, no day: it is left out."),
        (5, "=E4+30", "Found “=E4+30”, which Excel has not worked out; expected a value"),
        (
            3,
            "Training lead & Early Help",
            "Lead officer (D4): Found “Training lead & Early Help”, which names 2",
        ),
        (3, "Trainign lead", "is no post here; expected its key or title. Did you mean “Training lead”?"),
        (
            2,
            "Effective leadership and managment",
            "is no priority of the programme. Did you mean “Effective",
        ),
        (6, "Ambre", "expected not started, on track, slipping, needs help, done, or a colour. Did you mean “amber”?"),
        (7, 140, "Found “140”, expected a percentage from 0 to 100."),
        (8, "Born 01/02/2015", "row 4, Comments (I4): Take out what looks like a date of birth. Do not name a child"),
        (1, "Close case 1234567", "row 4, Action (B4): Take out what looks like a case number."),
        (1, None, "row 4, Action (B4): It says no action, though something else stands in the row"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_row_and_column(column: int, value: Any, said: str) -> None:
    assert said in fault(column, value)


def test_two_hundred_rows_give_each_fault_and_change_nothing_until_all_are_mended() -> None:
    plan, faults = taken(two_hundred())
    assert plan is None
    errors = [f"{each.key}" for each in faults if each.level == "error"]
    assert errors == [
        *("row 8, By when (F8)", "row 13, Lead officer (D13)", "row 23, By when (F23)", "row 33, RAG (G33)"),
        *("row 43, Lead officer (D43)", "row 53, % complete (H53)", "row 63, Ref"),
    ]
    assert [each.key for each in faults if each.level == "warning"] == ["Plan", "row 106, By when (F106)"]
    plan, _ = taken(two_hundred(faulty=False))
    assert plan is not None
    assert len(plan.actions) == 200
    assert {each.priority for each in plan.actions} == {"leadership"}
    assert plan.actions[100].due_on == date(2019, 12, 1)


def test_the_columns_are_told_with_what_is_not_taken() -> None:
    headings = ("Action", "Owner", "By when", "Rooms booked?")
    plan, _ = taken(book([("Train", "Training lead", "28/11/2019", "no")], headings=headings))
    assert plan is not None
    assert plan.sentences == (
        "Sheet “Plan”, headings in row 3.",
        "column A, “Action”: action",
        "column B, “Owner”: owner",
        "column C, “By when”: due",
        "“Rooms booked?” is not taken: nothing here is called so.",
    )


def test_a_row_alone_is_the_priority_of_the_rows_below() -> None:
    rows = [("Priority 3: Effective leadership and management",), ("Train", "Training lead", "28/11/2019"), ("Later",)]
    plan, faults = taken(book(rows, headings=("Action", "Owner", "By when"), merged=["A4:C4"]))
    assert plan is not None
    assert [(each.title, each.priority) for each in plan.actions] == [("Train", "leadership")]
    assert "“Later” stands alone in its row and is taken for a heading" in f"{faults[-1]}"


def test_below_a_heading_without_a_priority_the_earlier_heading_holds_no_more() -> None:
    known = next(iter(medways().actions.values()))
    rows = [(LEADERSHIP,), ("Train", "Training lead"), ("Later",), (known.title, "Training lead"), ("Meet", "Kim Cole")]
    plan, faults = taken(book(rows, headings=("Action", "Owner", "By when")))
    assert plan is not None
    assert [each.priority for each in plan.actions] == ["leadership", None, None]
    assert [f"{each}" for each in faults if "no priority, in a cell" in f"{each}"] == [
        "plan.xlsx: row 8: A new action has no priority, in a cell or by the heading above; it stands below the others "
        "meanwhile."
    ]
    programme = with_plan(medways(), plan.actions, known=medways(), on=date(2019, 9, 3), by="programme_lead")
    *_, (priority, actions) = programme.by_priority()
    assert (priority, [action.title for action in actions]) == (NO_PRIORITY, ["Meet"])
    assert "It has no priority: expected one of the plan." in [gap.text for gap in gaps(programme, on=date(2019, 9, 3))]


def test_a_programme_without_priorities_takes_those_of_the_workbook() -> None:
    content = book([("1", "Train", "1. A new start", "Training lead", None, None, None, None, None)])
    bare = replace(medways(), priorities={})
    plan, _ = read("plan.xlsx", content, bare, posts=POSTS, holders={}, sheet="")
    assert plan is not None
    assert [(each.key, each.title, each.aim) for each in plan.priorities] == [("a-new-start", "1. A new start", "")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK no zip", "plan.xlsx: It is no workbook; expected a workbook as Excel saves it (.xlsx)."),
        (b"x" * 2_000_001, "plan.xlsx: It is larger than 2 MB"),
        (book([("a",)], headings=("Colour", "Size")), "No sheet has the headings of a plan (“Notes”, “Plan”)"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        taken(content)
    assert said in str(refused.value)


def test_a_sheet_larger_than_a_plan_is_passed_over_unless_there_is_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 3)
    with pytest.raises(BadInput, match="No sheet has the headings of a plan"):
        taken(book([("1", "Train")]))
    monkeypatch.setattr(workbook, "_MOST_ROWS", 0)
    with pytest.raises(BadInput, match="Notes: It has 1 rows and 1 columns; expected at most 0 and 60"):
        taken(book([]))


def test_a_sheet_can_be_named() -> None:
    with pytest.raises(BadInput, match=r"There is no sheet “Plann”; expected Notes or Plan. Did you mean “Plan”\?"):
        taken(book([]), sheet="Plann")
