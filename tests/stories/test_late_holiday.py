"""Test that the State Funeral of Monday 19 September 2022 was proclaimed on the tenth: what it moves, and what it must
not.

The council is Medway, judged 152 weeks later than it was.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from config.load import load
from tests.timeline.independent import disagreements
from tests.timeline.literals import at, day
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import PROCLAIMED, Fact
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan

LATER = timedelta(weeks=152)
BEFORE, AFTER = at("Fri 9 Sep 2022 17:00"), at("Sat 10 Sep 2022 12:00")
UNTIL = day("Fri 28 Jul 2023")
Dates = dict[str, tuple[date | None, date | None]]


@cache
def council() -> CouncilTimeline:
    medway = load(Path("config/timelines/medway-2019.yaml"), on=day("Wed 28 Aug 2019"))
    facts = (
        replace(fact, on=fact.on + LATER, until=fact.until and fact.until + LATER, known_at=fact.known_at + LATER)
        for fact in medway.facts
        # A date that somebody stated stands, whatever is proclaimed.
        if fact.name != "action_plan_stated_due"
    )
    return replace(medway, facts=tuple(facts))


def planned(timeline: CouncilTimeline, when: datetime) -> tuple[Occurrence, ...]:
    return plan(timeline, at=when, until=UNTIL)


def dates(occurrences: tuple[Occurrence, ...]) -> Dates:
    tasks = {task.ref: (task.legal_on, task.due_on) for occurrence in occurrences for task in occurrence.milestones}
    return tasks | {occurrence.ref: (occurrence.legal_on, occurrence.working_on) for occurrence in occurrences}


def moved(timeline: CouncilTimeline, other: CouncilTimeline | None = None) -> Dates:
    """Tell what stands elsewhere once the holiday is known, with its new dates."""
    was, now = dates(planned(timeline, BEFORE)), dates(planned(other or timeline, AFTER))
    return {ref: now[ref] for ref in was.keys() & now.keys() if now[ref] != was[ref]}


@pytest.mark.parametrize("when", [BEFORE, AFTER], ids=["before it was proclaimed", "after it"])
def test_every_date_is_right_with_what_was_known_then(when: datetime) -> None:
    occurrences = planned(council(), when)
    assert len(dates(occurrences)) > 100
    assert disagreements(council(), occurrences, at=when) == []


def test_a_submission_counted_across_it_is_due_a_working_day_later() -> None:
    # 70 working days after Wed 20 Jul 2022, across the August bank holiday, are Thu 27 Oct; across both, Fri 28 Oct.
    was = dates(planned(council(), BEFORE))["action-plan/1/submitted"]
    assert was == (day("Thu 27 Oct 2022"), day("Thu 27 Oct 2022"))
    now = moved(council())["action-plan/1/submitted"]
    assert now == (day("Fri 28 Oct 2022"), day("Fri 28 Oct 2022"))


def test_what_was_counted_out_before_it_stays() -> None:
    """Test that 30 working days after Wed 20 Jul 2022 are Thu 1 Sep: the report was published before anybody could
    know.
    """
    assert not [ref for ref in moved(council()) if ref.startswith("publish-report")]


def test_days_of_the_week_stay_and_only_what_counts_working_days_to_them_moves() -> None:
    panels = [ref for ref in moved(council()) if ref.startswith("plo-panel")]
    # The panels of Tue 13 Sep: minutes two working days after it (Thu 15 Sep) stay, the actions ten after it move.
    assert [ref.rpartition("/")[2] for ref in panels] == ["actions"]


def test_the_funeral_is_named_in_the_reason() -> None:
    now = {task.ref: task for occurrence in planned(council(), AFTER) for task in occurrence.milestones}
    assert "19 September 2022" in " ".join(now["action-plan/1/submitted"].why)


def test_a_day_that_a_council_records_itself_moves_dates_from_when_it_is_known() -> None:
    thanks = Fact(
        name=PROCLAIMED,
        on=day("Mon 3 Oct 2022"),
        known_at=at("Sat 10 Sep 2022 10:00"),
        called="Day of thanksgiving",
        source="Royal Proclamation",
    )
    recorded = replace(council(), facts=(*council().facts, thanks))
    assert moved(recorded)["action-plan/1/submitted"][0] == day("Mon 31 Oct 2022")
    assert disagreements(recorded, planned(recorded, AFTER), at=AFTER) == []
    assert dates(planned(recorded, BEFORE)) == dates(planned(council(), BEFORE))


def test_a_closure_day_moves_no_legal_date() -> None:
    closed = replace(council(), closure_days={day("Thu 27 Oct 2022"): "Privilege day"})
    was, now = dates(planned(council(), BEFORE)), dates(planned(closed, BEFORE))
    assert {ref: legal for ref, (legal, _) in now.items() if "/" not in ref.partition("/")[2]} == {
        ref: legal for ref, (legal, _) in was.items() if "/" not in ref.partition("/")[2]
    }
    assert now["action-plan/1/submitted"] == (day("Thu 27 Oct 2022"), day("Wed 26 Oct 2022"))
