"""Test what the histories of real councils showed to be wrong in the rule pack: of a visit, a letter, a report."""

import re
from datetime import date

import pytest

from tests.config.histories import HISTORIES, history, lived, tasks
from tests.timeline.literals import day
from timeline.planning.occurrences import OccurrenceState

CHESHIRE_EAST, HEREFORDSHIRE = "cheshire-east-2024", "herefordshire-2022"
SOURCED = re.compile(r", https?://\S+, read 30 November 2026 \((verified|secondary|inferred)\)$")


@pytest.mark.parametrize("name", HISTORIES[1:])
def test_every_fact_says_where_it_stands_when_it_was_read_and_how_surely_it_is_known(name: str) -> None:
    assert len(history(name).facts) >= 8
    for fact in history(name).facts:
        found = SOURCED.search(fact.source)
        assert found, (fact.name, fact.source)
        assert fact.inferred == (found[1] == "inferred"), fact.name


@pytest.mark.parametrize("name", HISTORIES)
def test_no_person_stands_in_a_history_and_no_address_that_mail_can_reach(name: str) -> None:
    directory = history(name).directory
    assert all(person.address.endswith(".example") for person in directory.people.values())


@pytest.mark.parametrize(
    ("name", "when", "visit", "first", "last"),
    [
        (CHESHIRE_EAST, "Mon 3 Mar 2025 09:00", 2, "Mon 2 Jun 2025", "Mon 30 Jun 2025"),
        (CHESHIRE_EAST, "Tue 1 Jul 2025 09:00", 3, "Wed 1 Oct 2025", "Fri 31 Oct 2025"),
        (HEREFORDSHIRE, "Mon 3 Apr 2023 09:00", 2, "Wed 28 Jun 2023", "Thu 29 Jun 2023"),
        (HEREFORDSHIRE, "Mon 28 Oct 2024 09:00", 6, "Tue 18 Feb 2025", "Wed 19 Feb 2025"),
    ],
)
def test_the_visit_after_a_late_one_came_in_the_window_laid_behind_it(
    name: str, when: str, visit: int, first: str, last: str
) -> None:
    window = lived(name, when)[f"monitoring-visit/{visit}"]
    days = (window.opens_on, day(first), day(last), window.closes_on)
    assert days == tuple(sorted(filter(None, days)))


def test_no_fourth_visit_is_asked_for_before_the_third_is_over() -> None:
    dates = tasks(CHESHIRE_EAST, "Mon 3 Nov 2025 09:00", "monitoring-visit/4")["dates"]
    assert (dates.due_on or date.min) > day("Fri 31 Oct 2025")


def test_the_letter_that_is_not_published_belongs_to_the_first_visit_alone() -> None:
    when = "Mon 3 Apr 2023 09:00"
    first, second = (tasks(HEREFORDSHIRE, when, f"monitoring-visit/{number}") for number in (1, 2))
    assert [key for key in first if key not in second] == ["first-letter"]


def test_each_report_of_the_commissioner_ends_the_work_for_that_report_alone() -> None:
    early, late = "Mon 27 Feb 2023 09:00", "Mon 8 Jan 2024 09:00"

    def closed(when: str, number: int) -> str:
        return tasks(HEREFORDSHIRE, when, f"commissioner-report/{number}")["evidence"].closed_because

    assert closed(early, 1) == ""
    assert closed("Thu 2 Mar 2023 09:00", 1).startswith("It came out on 1 March 2023")
    assert closed(late, 2).startswith("It came out on 21 December 2023")
    states = {ref: each.state for ref, each in lived(HEREFORDSHIRE, late).items() if ref.startswith("commissioner-rep")}
    assert states == dict.fromkeys(("commissioner-report/1", "commissioner-report/2"), OccurrenceState.SUBMITTED)


def test_the_seventh_visit_is_laid_out_though_six_are_usual() -> None:
    assert lived(HEREFORDSHIRE, "Thu 19 Jun 2025 09:00")["monitoring-visit/7"].state is OccurrenceState.TOOK_PLACE


def test_what_was_read_of_medway_is_said_to_be_medways() -> None:
    for duty in history(HEREFORDSHIRE).obligations:
        for basis in (duty.basis, *(rule.basis for rule in duty.milestones)):
            assert not re.search(r"(?<!Medway's )report to Cabinet \d", basis), (duty.key, basis)
