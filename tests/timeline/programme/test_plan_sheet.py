"""Test that a plan from elsewhere is laid over the records, and overwrites nothing that was promised."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.support.programmes import medways
from tests.timeline.programme.test_actions import DUE, LATER, SEPTEMBER, action, said
from timeline.programme.actions import Action, Progress, Rebase
from timeline.programme.programme import Priority, Programme
from timeline.programme.sheets.plan_sheet import PlannedAction, keeping_plan, with_plan

ON = date(2019, 10, 7)


def planned(**more: Any) -> PlannedAction:
    return PlannedAction(**{"key": "training", "title": "Train the managers", "source": "plan.xlsx, row 4"} | more)


def laid(known: Action, **more: Any) -> Action:
    """Lay a row over an action, on 7 October 2019."""
    before: Programme = replace(medways(), actions={known.key: known})
    return with_plan(before, [planned(**more)], known=before, on=ON, by="lead").actions["training"]


def test_another_due_date_is_a_new_date_and_the_first_promise_stays() -> None:
    moved = laid(action(), due_on=LATER, why="The rooms are late")
    assert (moved.due_on, moved.rebases) == (DUE, (Rebase(on=ON, by="lead", due_on=LATER, why="The rooms are late"),))
    assert laid(moved, due_on=LATER) == moved
    back = laid(moved, due_on=DUE)
    assert [each.due_on for each in back.rebases] == [LATER, DUE]
    assert back.rebases[-1].why == "plan.xlsx, row 4 names this day, and gives no reason."


def test_the_first_date_that_is_named_is_the_first_promise() -> None:
    dated = laid(action(due_on=None), due_on=LATER)
    assert (dated.due_on, dated.rebases) == (LATER, ())


def test_another_status_is_an_update_of_that_day_by_the_owner_and_the_same_words_add_none() -> None:
    told = laid(action(said(Progress.ON_TRACK, percent=10)), progress=Progress.SLIPPING, percent=20, why="Illness")
    last = told.updates[-1]
    assert (last.on, last.by, last.progress, last.percent, last.why) == (
        ON,
        "training_lead",
        Progress.SLIPPING,
        20,
        "Illness",
    )
    assert laid(told, progress=Progress.SLIPPING, percent=20, why="Illness") == told
    assert laid(told) == told


def test_what_was_done_earlier_is_done_on_its_day_but_never_before_what_was_told_last() -> None:
    done = laid(action(), progress=Progress.DONE, completed_on=SEPTEMBER)
    assert done.updates[-1].on == SEPTEMBER
    told = laid(action(said(Progress.ON_TRACK)), progress=Progress.DONE, completed_on=SEPTEMBER)
    assert told.updates[-1].on == ON


def test_what_the_plan_does_not_speak_of_stays() -> None:
    known = action(measures=("cases",), evidence=("minutes",))
    assert laid(known, owner="head_of_improvement") == replace(known, owner="head_of_improvement")


def test_an_action_that_is_not_named_goes_and_a_file_without_actions_keeps_the_plan() -> None:
    new = Priority(key="new", title="New", aim="", source="plan.xlsx")
    after = with_plan(medways(), [planned(priority="new")], known=medways(), priorities=[new], on=ON, by="lead")
    assert list(after.actions) == ["training"]
    assert after.actions["training"].source == "plan.xlsx, row 4"
    file = replace(medways(), actions={})
    kept = keeping_plan(file, after)
    assert (kept.actions, kept.priorities["new"]) == (after.actions, new)
    assert keeping_plan(medways(), after) == medways()
    assert keeping_plan(file, None) == file


def test_what_was_added_on_pages_is_known_and_is_not_stated_again() -> None:
    file = replace(medways(), actions={"training": action()})
    added = action(said(Progress.ON_TRACK, percent=10), rebases=(Rebase(on=ON, by="lead", due_on=LATER, why="Late"),))
    known = replace(file, actions={"training": added})
    same = planned(due_on=LATER, progress=Progress.ON_TRACK, percent=10)
    assert with_plan(file, [same], known=known, on=ON, by="lead") == file
    slips = replace(same, progress=Progress.SLIPPING)
    (told,) = with_plan(file, [slips], known=known, on=ON, by="lead").actions["training"].updates
    assert (told.progress, told.percent) == (Progress.SLIPPING, 10)
