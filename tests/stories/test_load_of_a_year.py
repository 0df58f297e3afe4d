"""Test a year of Medway on paper: people who answer stay within the bounds, and where nobody does the ceilings hold.

Counted here by person and from the mails themselves, and not by `timeline/forecast/mail_load.py`, which counts by post.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from config.load import TIMELINES, load
from tests.timeline.literals import day
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import LINE_MANAGER, OWNER, DutyClass, Level
from timeline.forecast.behaviour import Behaviour
from timeline.forecast.rehearsal import Rehearsed, rehearse

pytestmark = pytest.mark.slow("rehearses a year")

FIRST, LAST = day("Tue 27 Aug 2019"), day("Wed 26 Aug 2020")
BOUNDS = {Level.DIRECTOR: 3, Level.CHIEF_EXECUTIVE: 1}
OFFICERS_BOUND = 5
# The director's Monday mail is no rung of a ladder, and leaves beside whatever a rehearsal gives.
BESIDES = {"director": 1}
ABOVE_CLASS = {
    DutyClass.B: {Level.CHIEF_EXECUTIVE},
    DutyClass.C: {Level.CHIEF_EXECUTIVE, Level.DIRECTOR},
}


@cache
def stated(name: str) -> CouncilTimeline:
    council_timeline = load(TIMELINES / f"{name}.yaml", on=FIRST)
    return replace(council_timeline, council=replace(council_timeline.council, live_from=FIRST, shadow_until=None))


@cache
def year(name: str, responses: Behaviour) -> tuple[Rehearsed, ...]:
    return tuple(rehearse(stated(name), from_on=FIRST, to_on=LAST, responses=responses))


def mails(told: tuple[Rehearsed, ...], by: Callable[[Rehearsed], date]) -> dict[tuple[str, date], set[str]]:
    """Give the distinct mails of each person in each of the times that `by` tells."""
    given: dict[tuple[str, date], set[str]] = defaultdict(set)
    for each in told:
        given[each.prompt.deliver_to, by(each)].add(each.message)
    return given


def monday(given: Rehearsed) -> date:
    return date.fromisocalendar(*given.at.date().isocalendar()[:2], 1)


def level(name: str, given: Rehearsed) -> Level:
    return stated(name).directory.posts[given.prompt.post].level


@pytest.mark.parametrize("name", ["medway-2019", "medway-history"])
def test_people_who_answer_stay_within_the_bounds(name: str) -> None:
    told = year(name, "always")
    counted = tuple(
        each
        for each in told
        if not (level(name, each) is Level.CHIEF_EXECUTIVE and each.milestone.duty_class is DutyClass.A)
    )
    bound = {each.prompt.deliver_to: BOUNDS.get(level(name, each), OFFICERS_BOUND) for each in told}
    besides = {each.prompt.deliver_to: BESIDES.get(each.prompt.post, 0) for each in told}
    weeks = {key: len(ones) + besides[key[0]] for key, ones in mails(counted, monday).items()}
    assert {key: n for key, n in weeks.items() if n > bound[key[0]]} == {}
    assert len(weeks) > 300  # it is a year of many people


def test_where_nobody_answers_a_chief_executive_hears_once_a_working_day_and_of_class_a_alone() -> None:
    name = "medway-2019"
    office = stated(name).calendars.office
    told = tuple(each for each in year(name, "never") if level(name, each) is Level.CHIEF_EXECUTIVE)
    days = mails(told, lambda each: each.at.date())
    assert len(days) > 20
    assert {len(ones) for ones in days.values()} == {1}
    assert all(office.is_working(on) for _, on in days)
    assert {each.milestone.duty_class for each in told} == {DutyClass.A}
    # From two working days before the date, and not earlier.
    early = [each for each in told if each.at.date() < office.subtract(each.prompt.key.due_on, 2)]
    assert early == []


def test_where_nobody_answers_no_class_climbs_above_its_ceiling() -> None:
    name = "medway-2019"
    for told in year(name, "never"):
        asked = told.prompt.post == told.milestone.owner
        above = ABOVE_CLASS.get(told.milestone.duty_class, set())
        assert asked or level(name, told) not in above, (told.milestone.ref, told.prompt.post)
        assert level(name, told) not in (Level.MEMBER, Level.EXTERNAL)
        if told.milestone.duty_class is DutyClass.D:
            assert told.prompt.selector in (OWNER, LINE_MANAGER)


def test_where_nobody_answers_each_person_still_has_one_scheduled_mail_a_working_day() -> None:
    scheduled = tuple(told for told in year("medway-2019", "never") if not told.message.endswith("correction"))
    days = mails(scheduled, lambda each: each.at.date())
    assert {key: ones for key, ones in days.items() if len(ones) > 1} == {}
    assert len(days) > 500


def test_where_nobody_answers_every_ladder_ends_all_the_same() -> None:
    """Test that no rung is said more often than its bound, about any task."""
    for told in year("medway-2019", "never"):
        rung = next((rung for rung in told.milestone.ladder.rungs if rung.key == told.prompt.key.rung), None)
        assert rung is None or told.prompt.key.repeat <= rung.times
