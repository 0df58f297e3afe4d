"""Test that the window of a visit lies behind the visit before it, which in life comes late more often than not."""

from datetime import date

import pytest

from tests.timeline.builders import fact
from tests.timeline.literals import day
from tests.timeline.planning.planned import PLAN, RECEIVED, VISITS, planned
from timeline.definitions.facts import Fact
from timeline.planning.occurrences import Occurrence


def visits(*facts: Fact, when: str = "Mon 1 Jun 2020 09:00", until: str = "Fri 26 Feb 2021") -> dict[int, Occurrence]:
    given = planned(PLAN, VISITS, facts=(RECEIVED, *facts), when=when, until=until)
    return {each.number: each for each in given if each.obligation == VISITS.key}


def windows(*facts: Fact) -> list[tuple[date | None, date | None]]:
    return [(each.opens_on, each.closes_on) for each in visits(*facts).values()]


def first(on: str, until: str = "") -> Fact:
    return fact("held", on, until=until, known=f"{until or on} 17:00", of="monitoring-visit/1")


# The rule's windows: 28 Nov 2019 to 27 Feb 2020, 28 Feb to 27 May, 28 May to 27 Aug, 28 Aug to 27 Nov.
BY_RULE = windows()


@pytest.mark.parametrize(
    ("held_on", "opens_on", "closes_on"),
    [
        ("Tue 10 Dec 2019", "Fri 28 Feb 2020", "Wed 27 May 2020"),  # well before the next window
        (
            "Mon 13 Jan 2020",
            "Fri 28 Feb 2020",
            "Wed 27 May 2020",
        ),  # half its window's length (45 days) and a day before
        ("Tue 14 Jan 2020", "Fri 28 Feb 2020", "Wed 27 May 2020"),  # just that long before
        ("Wed 15 Jan 2020", "Sat 29 Feb 2020", "Thu 28 May 2020"),  # a day less: put off by a day
        ("Tue 28 Apr 2020", "Fri 12 Jun 2020", "Wed 9 Sep 2020"),  # in the window of the second
    ],
)
def test_a_window_opens_at_the_earliest_half_its_length_after_the_visit_before_it(
    held_on: str, opens_on: str, closes_on: str
) -> None:
    second = visits(first(held_on))[2]
    assert (second.opens_on, second.closes_on) == (day(opens_on), day(closes_on))
    assert second.legal_on == second.closes_on


def test_the_days_of_the_next_visit_are_never_to_be_agreed_before_the_visit_before_it_is_over() -> None:
    for held_on in ("Wed 26 Feb 2020", "Tue 28 Apr 2020", "Fri 29 May 2020"):
        dates = next(task for task in visits(first(held_on))[2].milestones if task.key == "dates")
        assert dates.due_on is not None
        assert dates.due_on > day(held_on)


def test_the_windows_behind_follow_without_a_gap_and_say_why() -> None:
    given = windows(first("Tue 28 Apr 2020", "Wed 29 Apr 2020"))
    assert given[1:3] == [
        (day("Sat 13 Jun 2020"), day("Thu 10 Sep 2020")),
        (day("Fri 11 Sep 2020"), day("Fri 11 Dec 2020")),
    ]
    assert visits(first("Tue 28 Apr 2020"))[2].why[-1] == (
        "By its rule it was the window from Friday 28 February 2020 to Wednesday 27 May 2020. A visit before it came "
        "late (Tuesday 28 April 2020): it opens on Friday 12 June 2020."
    )


def test_a_visit_with_days_of_its_own_and_a_cancelled_one_stay_where_they_are() -> None:
    confirmed = fact("visit_confirmed", "Tue 2 Jun 2020", known="Fri 1 May 2020 09:00", of="monitoring-visit/2")
    given = visits(first("Tue 28 Apr 2020"), confirmed)
    assert (given[2].opens_on, given[2].starts_on) == (BY_RULE[1][0], day("Tue 2 Jun 2020"))
    assert given[3].opens_on == day("Thu 16 Jul 2020")
    off = fact("cancelled", "Tue 28 Apr 2020", of="monitoring-visit/2")
    assert (visits(first("Tue 28 Apr 2020"), off)[2].opens_on) == BY_RULE[1][0]
