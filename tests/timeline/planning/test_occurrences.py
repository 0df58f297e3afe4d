"""Test occurrences that were confirmed, moved, cancelled or held, and those that rest on a fact in confidence."""

from dataclasses import replace

import pytest

from tests.timeline.builders import council, fact
from tests.timeline.literals import at, day
from tests.timeline.planning.planned import CONFIRMED, PANEL, PLAN, PUBLISHED, RECEIVED, VISITS, planned, visit
from timeline.definitions.facts import Embargo
from timeline.planning.occurrences import OccurrenceState
from timeline.planning.plan import plan

# Windows, confirmed and moved


def test_visits_are_windows_counted_from_the_plan_until_they_are_confirmed() -> None:
    occurrences = planned(VISITS, PLAN, facts=(RECEIVED,), until="Fri 28 Aug 2020")
    visits = [occurrence for occurrence in occurrences if occurrence.obligation == "monitoring-visit"]
    assert [(occurrence.opens_on, occurrence.closes_on) for occurrence in visits] == [
        (day("Thu 28 Nov 2019"), day("Thu 27 Feb 2020")),
        (day("Fri 28 Feb 2020"), day("Wed 27 May 2020")),
        (day("Thu 28 May 2020"), day("Thu 27 Aug 2020")),
        (day("Fri 28 Aug 2020"), day("Fri 27 Nov 2020")),
    ]
    assert [(occurrence.starts_on, occurrence.ends_on, occurrence.state) for occurrence in visits] == [
        (None, None, OccurrenceState.PLANNED)
    ] * 4


def test_a_confirmed_visit_has_its_two_days_and_keeps_the_window_it_came_from() -> None:
    occurrence = visit(1, replace(CONFIRMED, known_at=at("Mon 3 Feb 2020 10:00")))
    assert (occurrence.state, occurrence.starts_on, occurrence.ends_on) == (
        OccurrenceState.CONFIRMED,
        day("Thu 20 Feb 2020"),
        day("Fri 21 Feb 2020"),
    )
    assert (occurrence.opens_on, occurrence.closes_on) == (day("Thu 28 Nov 2019"), day("Thu 27 Feb 2020"))
    assert [milestone.due_on for milestone in occurrence.milestones] == [
        day("Thu 23 Jan 2020"),
        day("Thu 6 Feb 2020"),
        day("Mon 24 Feb 2020"),
    ]
    assert "Set for Thursday 20 February 2020 to Friday 21 February 2020" in occurrence.why[-1]


def test_days_that_nobody_signed_are_explained_by_the_name_of_their_fact() -> None:
    assert visit(1, replace(CONFIRMED, who="", source="")).why[-1].endswith("(visit_confirmed).")


def test_confirming_one_visit_confirms_no_other() -> None:
    assert visit(2, CONFIRMED).state is OccurrenceState.PLANNED


@pytest.mark.parametrize("name", ["visit_confirmed", "moved", "cancelled", "held"])
def test_a_fact_of_no_occurrence_touches_none(name: str) -> None:
    assert visit(1, fact(name, "Thu 20 Feb 2020")) == visit(1)


def test_a_moved_occurrence_keeps_its_original_date() -> None:
    moved = fact(
        "moved", "Thu 20 Aug 2020", until="Fri 21 Aug 2020", known="Mon 2 Mar 2020 09:00", of="monitoring-visit/1"
    )
    occurrence = visit(1, CONFIRMED, moved)
    assert (occurrence.state, occurrence.original_on) == (OccurrenceState.POSTPONED, day("Thu 27 Feb 2020"))
    assert (occurrence.legal_on, occurrence.starts_on, occurrence.ends_on) == (
        day("Thu 20 Aug 2020"),
        day("Thu 20 Aug 2020"),
        day("Fri 21 Aug 2020"),
    )
    assert visit(2, moved).ref == "monitoring-visit/2"


def test_cancelled_and_held_are_states_and_cancelled_goes_first() -> None:
    held = fact("held", "Thu 20 Feb 2020", of="monitoring-visit/1")
    cancelled = fact("cancelled", "Tue 3 Mar 2020", of="monitoring-visit/1")
    assert visit(1, held).state is OccurrenceState.TOOK_PLACE
    assert visit(1, held, cancelled).state is OccurrenceState.CANCELLED
    assert visit(2, held, cancelled).state is OccurrenceState.PLANNED


def test_a_meeting_moved_onto_a_saturday_works_to_the_friday_before() -> None:
    moved = fact("moved", "Sat 9 Nov 2019", known="Tue 1 Oct 2019 07:00", of="plo-panel/3")
    occurrences = planned(PANEL, facts=(PUBLISHED, moved))
    assert (occurrences[2].legal_on, occurrences[2].working_on) == (day("Sat 9 Nov 2019"), day("Fri 8 Nov 2019"))


# Embargo


def test_what_rests_on_an_embargoed_fact_is_embargoed_through_every_step() -> None:
    embargo = Embargo(circulation=frozenset({"director"}), until_fact="report_published")
    timeline = council(obligations=[VISITS, PLAN], facts=[replace(RECEIVED, embargo=embargo), PUBLISHED])
    during = plan(timeline, at=at("Mon 26 Aug 2019 07:30"), until=day("Fri 28 Aug 2020"))
    assert len(during) == 5
    for occurrence in during:
        assert occurrence.embargoes == (embargo,)
        dated = [milestone for milestone in occurrence.milestones if milestone.due_on]
        assert dated
        assert all(milestone.embargoes == (embargo,) for milestone in dated)
    after = plan(timeline, at=at("Tue 27 Aug 2019 07:30"), until=day("Fri 28 Aug 2020"))
    assert {milestone.embargoes for occurrence in after for milestone in occurrence.milestones} == {()}


def test_what_rests_on_another_fact_is_not_embargoed() -> None:
    embargo = Embargo(circulation=frozenset({"director"}), until_fact="never")
    (plan_, panel, *_) = planned(PLAN, PANEL, facts=(replace(RECEIVED, embargo=embargo), PUBLISHED))
    assert (plan_.embargoes, panel.embargoes, panel.milestones[0].embargoes) == ((embargo,), (), ())
