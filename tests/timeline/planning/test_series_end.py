"""Test how a series ends: with the re-inspection or the regime, or with the last that is usual."""

from dataclasses import replace

from tests.timeline.builders import fact
from tests.timeline.literals import day
from tests.timeline.planning.planned import PLAN, RECEIVED, VISITS, planned
from timeline.definitions.facts import Fact
from timeline.planning.occurrences import Occurrence

ENDING = replace(VISITS, most=6, ended_by="reinspection_confirmed")
INSPECTED = fact("reinspection_confirmed", "Mon 4 May 2020", until="Fri 15 May 2020", of="re-inspection/1")


def visits(*facts: Fact, when: str = "Mon 1 Jun 2020 09:00", until: str = "Fri 30 Dec 2022") -> dict[int, Occurrence]:
    given = planned(PLAN, ENDING, facts=(RECEIVED, *facts), when=when, until=until)
    return {each.number: each for each in given if each.obligation == ENDING.key}


def test_six_are_laid_out_and_a_seventh_when_its_days_are_known() -> None:
    assert list(visits()) == [1, 2, 3, 4, 5, 6]
    seventh = fact("visit_confirmed", "Tue 6 Jul 2021", known="Mon 1 Jun 2020 08:00", of="monitoring-visit/7")
    assert list(visits(seventh)) == [1, 2, 3, 4, 5, 6, 7]
    assert visits(seventh)[7].starts_on == day("Tue 6 Jul 2021")


def test_the_re_inspection_ends_the_visits_and_nobody_is_asked_about_an_open_window() -> None:
    before = visits(INSPECTED, when="Sun 3 May 2020 09:00")
    assert (len(before), before[2].milestones[0].closed_because) == (6, "")
    first, second = visits(INSPECTED).values()
    assert first.milestones[0].closed_because == ""
    assert (second.opens_on, second.closes_on) == (day("Fri 28 Feb 2020"), day("Wed 27 May 2020"))
    assert {task.closed_because for task in second.milestones} == {
        "The series has ended: reinspection confirmed, Monday 4 May 2020."
    }


def test_a_visit_whose_days_are_set_is_asked_about_though_the_series_has_ended() -> None:
    confirmed = fact("visit_confirmed", "Thu 16 Apr 2020", of="monitoring-visit/2")
    assert {task.closed_because for task in visits(INSPECTED, confirmed)[2].milestones} == {""}


def test_the_end_of_the_regime_closes_an_open_window_too() -> None:
    ended = fact("regime_ended", "Mon 4 May 2020")
    assert visits(ended)[2].milestones[0].closed_because.startswith("The series has ended: regime ended, Monday 4 May")
