"""Test how an action of the plan stands: the first promise stays, and a new date turns nothing green."""

from typing import Any

import pytest

from tests.timeline.literals import day
from timeline.escalation.rag import Rag
from timeline.programme.actions import Action, Progress, Rebase, Update, standing

SEPTEMBER, OCTOBER, NOVEMBER = day("Mon 2 Sep 2019"), day("Mon 7 Oct 2019"), day("Fri 1 Nov 2019")
DUE, LATER = day("Thu 31 Oct 2019"), day("Thu 28 Nov 2019")


def action(*updates: Update, rebases: tuple[Rebase, ...] = (), **changes: Any) -> Action:
    given: dict[str, Any] = {
        "key": "training",
        "title": "Train the managers",
        "priority": "workforce",
        "owner": "training_lead",
        "areas": ("oversight",),
        "starts_on": SEPTEMBER,
        "due_on": DUE,
        "success": "Supervision protects children",
        "measures": (),
        "cost": "",
        "funding": "",
        "evidence": (),
        "source": "paragraph 6.7",
    }
    return Action(**given | changes, updates=updates, rebases=rebases)


def said(progress: Progress, on: str = "Mon 7 Oct 2019", **more: Any) -> Update:
    return Update(on=day(on), by="training_lead", progress=progress, **more)


@pytest.mark.parametrize(
    ("updates", "on", "rag"),
    [
        ((), "Mon 26 Aug 2019", Rag.GREY),  # before it starts
        ((), "Mon 9 Sep 2019", Rag.GREY),  # nobody was heard yet
        ((), "Thu 3 Oct 2019", Rag.AMBER),  # silence for a month
        ((), "Fri 1 Nov 2019", Rag.RED),  # its day has passed
        ((said(Progress.NOT_STARTED),), "Tue 8 Oct 2019", Rag.GREY),
        ((said(Progress.ON_TRACK),), "Tue 8 Oct 2019", Rag.GREEN),
        ((said(Progress.ON_TRACK, "Mon 2 Sep 2019"),), "Thu 3 Oct 2019", Rag.AMBER),
        ((said(Progress.ON_TRACK, expected_on=LATER),), "Tue 8 Oct 2019", Rag.AMBER),
        ((said(Progress.SLIPPING),), "Tue 8 Oct 2019", Rag.AMBER),
        ((said(Progress.NEEDS_HELP),), "Tue 8 Oct 2019", Rag.RED),
        ((said(Progress.ON_TRACK),), "Fri 1 Nov 2019", Rag.RED),
        ((said(Progress.DONE),), "Fri 1 Nov 2019", Rag.GREEN),
        ((said(Progress.DONE), said(Progress.SLIPPING, "Tue 8 Oct 2019")), "Wed 9 Oct 2019", Rag.AMBER),
        ((said(Progress.DONE, "Tue 8 Oct 2019"),), "Mon 7 Oct 2019", Rag.AMBER),  # it was not known yet
    ],
)
def test_a_colour_has_a_reason_of_that_day(updates: tuple[Update, ...], on: str, rag: Rag) -> None:
    stands = standing(action(*updates), on=day(on))
    assert stands.rag is rag
    assert stands.why.endswith(".")


def test_a_new_date_stands_beside_the_first_and_turns_nothing_green() -> None:
    moved = Rebase(on=OCTOBER, by="director", due_on=LATER, why="The trainer was ill.")
    stands = standing(action(said(Progress.ON_TRACK), rebases=(moved,)), on=NOVEMBER)
    assert (stands.baseline_on, stands.agreed_on, stands.forecast_on) == (DUE, LATER, LATER)
    assert (stands.rag, stands.days_late) == (Rag.AMBER, 28)
    assert stands.why == "It is expected after the day that was first promised."


def test_what_is_expected_counts_from_the_last_word_about_it() -> None:
    moved = Rebase(on=day("Tue 8 Oct 2019"), by="director", due_on=LATER, why="The trainer was ill.")
    expected = said(Progress.SLIPPING, expected_on=day("Mon 11 Nov 2019"))
    assert standing(action(expected), on=OCTOBER).forecast_on == day("Mon 11 Nov 2019")
    assert standing(action(expected, rebases=(moved,)), on=day("Wed 9 Oct 2019")).forecast_on == LATER


def test_what_happened_ends_the_forecast_and_a_task_taken_up_again_is_not_done() -> None:
    done = said(Progress.DONE, "Mon 4 Nov 2019")
    stands = standing(action(done), on=day("Tue 5 Nov 2019"))
    assert (stands.actual_on, stands.forecast_on, stands.days_late) == (day("Mon 4 Nov 2019"), None, 4)
    again = said(Progress.ON_TRACK, "Tue 5 Nov 2019")
    assert standing(action(done, again), on=day("Tue 5 Nov 2019")).actual_on is None
