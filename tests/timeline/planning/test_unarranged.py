"""Test the first of a series, so soon after its beginning that nobody could arrange it."""

import pytest

from tests.timeline.builders import council, duty, fact, task
from tests.timeline.literals import OBSERVED, REPORTED_LAW, at, day
from timeline.calendar.wording import long_date
from timeline.definitions.duties import Obligation, OccurrenceKind
from timeline.definitions.facts import Fact
from timeline.definitions.standing import Standing
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan

TRAINING = duty(
    "monthly on the 3rd wednesday from report_published",
    task("theme", "10 working days before due"),
    task("reading", "3 working days before due"),
    task("attendance", "1 working day after due"),
    key="training",
    kind=OccurrenceKind.SESSION,
)
COUNT = duty("monthly on the 3rd wednesday from report_published", task("count", "on due"), key="count")


def first_two(of: Obligation, published: str, *facts: Fact) -> tuple[Occurrence, ...]:
    timeline = council(obligations=[of], facts=[fact("report_published", published), *facts])
    return plan(timeline, at=at(f"{published} 09:00"), until=day("Thu 31 Oct 2019"))[:2]


@pytest.mark.parametrize(
    ("published", "asked"),
    [
        ("Mon 16 Sep 2019", False),  # the session is on Wed 18 Sep: two days later
        ("Fri 13 Sep 2019", False),  # the reading was due that very day
        ("Thu 12 Sep 2019", False),  # the theme was due on Wed 4 Sep
        ("Wed 4 Sep 2019", False),  # … or that very day
        ("Tue 3 Sep 2019", True),
    ],
)
def test_nobody_is_asked_about_a_session_that_nobody_could_arrange(published: str, asked: bool) -> None:
    first, second = first_two(TRAINING, published)
    assert (first.legal_on, second.legal_on) == (day("Wed 18 Sep 2019"), day("Wed 16 Oct 2019"))
    assert [task.chased for task in first.milestones] == [asked] * 3
    assert all(task.chased for task in second.milestones)
    reasons = {task.closed_because for task in first.milestones} - {""}
    too_soon = (
        f"It falls too soon after “report published”, {long_date(day(published))}, for anybody to have arranged it."
    )
    assert reasons == (set() if asked else {too_soon})


def test_the_first_that_a_day_off_moves_before_the_beginning_is_not_asked_about() -> None:
    forum = duty("every 4 months from report_published or previous working day", *TRAINING.milestones, key="forum")
    first, _ = first_two(forum, "Sat 2 Mar 2019")
    assert first.legal_on == day("Fri 1 Mar 2019")
    assert not any(task.chased for task in first.milestones)


def test_it_is_asked_about_when_somebody_records_that_it_was_held_or_moved() -> None:
    moved = fact("moved", "Wed 25 Sep 2019", of="training/1", known="Mon 16 Sep 2019 08:00")
    first, _ = first_two(TRAINING, "Mon 16 Sep 2019", moved)
    assert all(task.chased for task in first.milestones)


def test_what_needs_no_preparation_and_what_is_no_practice_is_asked_about_at_once() -> None:
    assert first_two(COUNT, "Mon 16 Sep 2019")[0].milestones[0].chased
    sourced = duty(TRAINING.rule, *TRAINING.milestones, key="training", standing=REPORTED_LAW)
    assert first_two(sourced, "Mon 16 Sep 2019")[0].milestones[2].chased


@pytest.mark.parametrize(("standing", "asked"), [(REPORTED_LAW, True), (OBSERVED, False)])
def test_a_place_that_we_give_a_meeting_of_others_asks_nobody_so_soon_either(standing: Standing, asked: bool) -> None:
    of = duty(TRAINING.rule, *TRAINING.milestones, key="training", standing=standing)
    assert {task.chased for task in first_two(of, "Thu 12 Sep 2019")[0].milestones} == {asked}
