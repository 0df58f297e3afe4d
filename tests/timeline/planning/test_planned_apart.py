"""Test that duties planned apart get the dates, reasons and prompts that they get when all are planned at once."""

import pytest

from tests.config.medway import history, medway
from tests.timeline.literals import at
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.day import DayDecision, Situation, decide_day, horizon
from timeline.escalation.ladder import Decision
from timeline.planning.plan import plan

TIMELINES = {"medway": medway, "history": history}
MOMENTS = ("Thu 22 Aug 2019 09:00", "Thu 14 Nov 2019 07:30", "Mon 12 Sep 2022 07:30")


@pytest.fixture(params=TIMELINES)
def timeline(request: pytest.FixtureRequest) -> CouncilTimeline:
    return TIMELINES[request.param]()


@pytest.mark.parametrize("moment", MOMENTS)
def test_each_duty_planned_apart_is_as_in_the_whole_plan(timeline: CouncilTimeline, moment: str) -> None:
    now, until = at(moment), horizon(timeline, at=at(moment))
    whole = plan(timeline, at=now, until=until)
    for duty in timeline.obligations:
        expected = tuple(occurrence for occurrence in whole if occurrence.obligation == duty.key)
        assert plan(timeline, at=now, until=until, obligations={duty.key}) == expected, duty.key


def test_duties_decided_apart_give_the_prompts_of_one_decision() -> None:
    now, keys = at("Thu 14 Nov 2019 07:30"), [duty.key for duty in medway().obligations]
    situation = Situation(timeline=medway())

    def decided(*duties: str) -> DayDecision:
        return decide_day(situation, obligations=frozenset(duties), at=now)

    whole = decided(*keys)
    apart = [decision for key in keys for decision in decided(key).decisions]
    assert sorted(apart, key=_ref) == sorted(whole.decisions, key=_ref)
    assert any(decision.prompts for decision in whole.decisions)


def _ref(decision: Decision) -> str:
    return decision.milestone.ref


def test_no_duty_asked_for_gives_no_occurrence() -> None:
    assert plan(medway(), at=at("Thu 14 Nov 2019 07:30"), until=at("Mon 3 Feb 2020 07:30").date(), obligations=()) == ()
