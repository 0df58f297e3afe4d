"""Test that a plan that was kept equals one made anew, whatever became known, moved or lost its embargo between."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from config.load import load
from tests.support.fuzzing import looks_at
from tests.support.stated import MEDWAY
from tests.timeline.literals import at, day
from timeline.definitions.facts import Embargo, Fact
from timeline.planning import plan as planning
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan

TIMELINE = load(MEDWAY, on=day("Tue 27 Aug 2019"))
DUTIES = ("action-plan", "monitoring-visit", "plo-panel")
INSTANTS = st.integers(0, 60 * 48).map(lambda halves: at("Mon 19 Aug 2019 00:00") + halves * timedelta(minutes=30))
DAYS = st.integers(0, 120).map(lambda days: date(2019, 8, 19) + timedelta(days=days))
EMBARGOES = st.builds(
    Embargo,
    circulation=st.just(frozenset({"director"})),
    until=st.none() | INSTANTS,
    until_fact=st.none() | st.just("report_published"),
)
FACTS = st.builds(
    Fact,
    name=st.sampled_from(("moved", "held", "cancelled", "visit_confirmed", "report_published", "report_received")),
    on=DAYS,
    known_at=INSTANTS,
    occurrence=st.none() | st.sampled_from(("plo-panel/1", "plo-panel/2", "monitoring-visit/1", "action-plan/1")),
    embargo=st.none() | EMBARGOES,
)


# An embargo that ends by itself: nothing becomes known.
SECRET = Fact(
    name="report_received",
    on=day("Wed 21 Aug 2019"),
    known_at=at("Wed 21 Aug 2019 12:00"),
    embargo=Embargo(circulation=frozenset({"director"}), until=at("Sun 25 Aug 2019 00:00")),
)


@example([SECRET], [at("Sat 24 Aug 2019 12:00"), at("Sun 25 Aug 2019 12:00")], 80)
@given(st.lists(FACTS, max_size=5), st.lists(INSTANTS, min_size=1, max_size=4), st.integers(60, 90))
@looks_at(50)
def test_a_kept_plan_equals_a_new_one(facts: list[Fact], instants: list[datetime], ahead: int) -> None:
    timeline = replace(TIMELINE, facts=(*TIMELINE.facts, *facts))

    def planned(instant: datetime) -> tuple[Occurrence, ...]:
        return plan(timeline, at=instant, until=instant.date() + timedelta(days=ahead), obligations=DUTIES)

    kept = [planned(instant) for instant in instants]
    for instant, before in zip(instants, kept, strict=True):
        planning._plan.cache_clear()
        planning._occurrences.cache_clear()
        assert planned(instant) == before


def test_the_same_day_is_planned_once_and_the_next_keeps_what_stays() -> None:
    now = at("Thu 3 Oct 2019 08:30")
    first, again, next_day = (
        plan(TIMELINE, at=instant, until=instant.date() + timedelta(days=300))
        for instant in (now, now + timedelta(hours=1), now + timedelta(days=1))
    )
    assert again is first
    assert {id(occurrence) for occurrence in first} <= {id(occurrence) for occurrence in next_day}
