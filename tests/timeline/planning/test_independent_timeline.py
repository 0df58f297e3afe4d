"""Test that a whole timeline agrees with a second calculation of every date in it (independent.py)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from config.load import load
from tests.support.stated import MEDWAY
from tests.timeline.independent import disagreements
from tests.timeline.literals import at, day
from timeline.definitions.facts import Fact
from timeline.planning.plan import plan

DAY = timedelta(days=1)
NOW = at("Thu 1 Oct 2020 12:00")
MOMENTS = [
    "Thu 22 Aug 2019 09:00",  # received, in confidence
    "Tue 27 Aug 2019 12:00",  # published
    "Tue 3 Sep 2019 12:00",  # the stated date is known
    "Thu 1 Sep 2022 12:00",  # before the State Funeral was proclaimed
    "Mon 12 Sep 2022 12:00",  # and after
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_date_of_the_medway_timeline_agrees_with_a_second_calculation(moment: str) -> None:
    timeline, now = load(MEDWAY, on=day("Tue 27 Aug 2019")), at(moment)
    planned = plan(timeline, at=now, until=now.date() + 500 * DAY)
    assert sum(occurrence.legal_on is not None for occurrence in planned) > 5 or now < at("Tue 27 Aug 2019 00:00")
    assert disagreements(timeline, planned, at=now, until=now.date() + 500 * DAY) == []


FACTS_OF_VISITS = (
    Fact(
        name="visit_confirmed",
        on=date(2020, 8, 20),
        until=date(2020, 8, 21),
        occurrence="monitoring-visit/1",
        known_at=NOW,
    ),
    Fact(name="moved", on=date(2019, 11, 16), occurrence="plo-panel/3", known_at=NOW),
    Fact(name="draft_letter_received", on=date(2020, 8, 31), occurrence="monitoring-visit/1", known_at=NOW),
    Fact(name="letter_issued", on=date(2020, 9, 15), known_at=NOW),
)


def test_days_that_were_set_agree_too() -> None:
    timeline = load(MEDWAY, on=day("Tue 27 Aug 2019"))
    timeline = replace(timeline, facts=(*timeline.facts, *FACTS_OF_VISITS), closure_days={date(2020, 8, 19): "closed"})
    planned = plan(timeline, at=NOW, until=date(2021, 2, 1))
    assert {occurrence.ref for occurrence in planned if occurrence.original_on != occurrence.legal_on} == {
        "monitoring-visit/1",
        "plo-panel/3",
    }
    assert disagreements(timeline, planned, at=NOW, until=date(2021, 2, 1)) == []


def test_a_date_that_is_a_day_off_is_told_with_its_rule() -> None:
    timeline = load(MEDWAY, on=day("Tue 27 Aug 2019"))
    planned = plan(timeline, at=NOW, until=date(2020, 2, 1))
    first, *others = planned
    off = replace(first, working_on=date(2019, 11, 27))
    (line,) = disagreements(timeline, [off, *others], at=NOW, until=date(2020, 2, 1))
    assert line.startswith(f"{first.ref} working_on: planned 2019-11-27, expected ")
    assert disagreements(timeline, others, at=NOW, until=date(2020, 2, 1)) == [
        f"{first.ref}: expected, and not planned"
    ]
    task = replace(first.milestones[0], due_on=None)
    (line,) = disagreements(timeline, [replace(first, milestones=(task, *first.milestones[1:]))], at=NOW)
    assert line.startswith(f"{task.ref}: planned {task.legal_on}, due None; expected ")
