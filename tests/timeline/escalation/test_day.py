"""Test one decision about a council at one instant: what it looks at, and what it leaves alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from tests.timeline.builders import LAST_ON, USUAL, answer, council, duty, fact, ladder, rung, task
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer, State
from timeline.calendar.london import end_of_day
from timeline.calendar.wording import short_date
from timeline.definitions.council import SHADOW_WORKING_DAYS
from timeline.definitions.duties import OWNER
from timeline.escalation.day import DayDecision, Situation, decide_day, horizon, to_decide

# Both are due on Thu 28 Nov 2019; the board's papers a working day before it.
PLAN = duty("by due_on", task("draft", "by due"))
BOARD = duty("by due_on", task("papers", "1 working day before due"), key="board")
TIMELINE = council(obligations=[PLAN, BOARD], facts=[fact("due_on", "Thu 28 Nov 2019", known="Mon 2 Sep 2019 09:00")])
BOTH = frozenset({"action-plan", "board"})


def decided(when: str, situation: Situation | None = None, obligations: frozenset[str] = BOTH) -> DayDecision:
    return decide_day(situation or Situation(timeline=TIMELINE), obligations=obligations, at=at(when))


def said(decision: DayDecision) -> list[str]:
    return [f"{prompt.key.milestone} {prompt.key.rung}" for each in decision.decisions for prompt in each.prompts]


def test_a_flow_decides_its_own_duties_and_no_others() -> None:
    assert said(decided("Thu 14 Nov 2019 07:30", obligations=frozenset({"action-plan"}))) == [
        "action-plan/1/draft first"
    ]
    assert said(decided("Thu 14 Nov 2019 07:30", obligations=frozenset({"board"}))) == ["board/1/papers first"]
    assert said(decided("Thu 14 Nov 2019 07:30")) == ["action-plan/1/draft first", "board/1/papers first"]
    assert decided("Thu 14 Nov 2019 07:30", obligations=frozenset()).occurrences == ()


def test_a_decision_sees_what_is_known_at_its_instant() -> None:
    before = decided("Mon 2 Sep 2019 08:59")
    assert [occurrence.waits_for for occurrence in before.occurrences] == [("due_on",), ("due_on",)]
    assert [occurrence.legal_on for occurrence in decided("Mon 2 Sep 2019 09:00").occurrences] == [
        day("Thu 28 Nov 2019")
    ] * 2


def test_the_ladder_that_was_frozen_when_a_milestone_opened_is_climbed() -> None:
    frozen = ladder(rung("of-old", "10 before", OWNER))
    situation = Situation(timeline=TIMELINE, ladders={"action-plan/1/draft": frozen})
    assert said(decided("Thu 14 Nov 2019 07:30", situation)) == ["action-plan/1/draft of-old", "board/1/papers first"]


def test_answers_reach_the_milestone_they_are_about() -> None:
    done = replace(answer(Answer.DONE, "Wed 13 Nov 2019 10:00"), milestone="board/1/papers")
    situation = Situation(timeline=TIMELINE, responses={"board/1/papers": [done]})
    decision = decided("Thu 14 Nov 2019 07:30", situation)
    assert said(decision) == ["action-plan/1/draft first"]
    assert [each.status.state for each in decision.decisions] == [State.OPEN, State.DONE]


def test_of_a_cancelled_occurrence_nothing_is_asked() -> None:
    cancelled = fact("cancelled", "Wed 13 Nov 2019", of="board/1")
    council_timeline = replace(TIMELINE, facts=(*TIMELINE.facts, cancelled))
    decision = decided("Thu 14 Nov 2019 07:30", Situation(timeline=council_timeline))
    assert said(decision) == ["action-plan/1/draft first"]
    assert [occurrence.ref for occurrence in decision.occurrences] == ["action-plan/1", "board/1"]


# What is left alone


def test_what_sleeps_is_left_alone() -> None:
    asleep = {"action-plan/1/draft": day("Thu 28 Nov 2019")}
    decision = decided("Thu 14 Nov 2019 07:30", Situation(timeline=TIMELINE, not_due=asleep))
    assert said(decision) == ["board/1/papers first"]
    assert [milestone.ref for milestone in decision.resting] == ["action-plan/1/draft"]
    assert looked_at(asleep) == {"board/1/papers"}


def test_what_sleeps_is_woken_when_its_date_moves() -> None:
    asleep = {"action-plan/1/draft": day("Fri 29 Nov 2019")}
    decision = decided("Thu 14 Nov 2019 07:30", Situation(timeline=TIMELINE, not_due=asleep))
    assert said(decision) == ["action-plan/1/draft first", "board/1/papers first"]
    assert decision.resting == ()
    assert looked_at(asleep) == {"action-plan/1/draft", "board/1/papers"}


def looked_at(asleep: Mapping[str, date | None]) -> frozenset[str]:
    return to_decide(TIMELINE, asleep, obligations=BOTH, at=at("Thu 14 Nov 2019 07:30"))


# Days off


@pytest.mark.parametrize(
    ("when", "quiet_because"),
    [
        ("Fri 23 Aug 2019 07:30", ""),
        ("Sat 24 Aug 2019 07:30", "Nothing is sent today: a Saturday."),
        ("Mon 26 Aug 2019 07:30", "Nothing is sent today: Summer bank holiday."),
        ("Tue 27 Aug 2019 07:30", ""),
        ("Wed 25 Dec 2019 07:30", "Nothing is sent today: Christmas Day."),
        ("Fri 27 Dec 2019 07:30", "Nothing is sent today: Christmas closure."),
    ],
)
def test_on_a_day_off_a_run_says_why_nothing_is_sent(when: str, quiet_because: str) -> None:
    closed = replace(TIMELINE, closure_days={day("Fri 27 Dec 2019"): "Christmas closure"})
    decision = decided(when, Situation(timeline=closed))
    assert decision.quiet_because == quiet_because
    assert not quiet_because or said(decision) == []


# Edges


@pytest.mark.parametrize(
    ("instant", "end"),
    [
        ("Thu 14 Nov 2019 00:00", "Thu 14 Nov 2019 23:59:59.999999"),
        ("Thu 14 Nov 2019 23:59", "Thu 14 Nov 2019 23:59:59.999999"),
        ("Sun 27 Oct 2019 00:30", "Sun 27 Oct 2019 23:59:59.999999"),  # the day of 25 hours
        ("Sun 31 Mar 2019 00:30", "Sun 31 Mar 2019 23:59:59.999999"),  # the day of 23 hours
    ],
)
def test_a_day_ends_at_midnight_in_london(instant: str, end: str) -> None:
    assert end_of_day(at(instant)) == at(end)


def test_occurrences_are_laid_out_a_year_ahead_within_the_verified_calendar() -> None:
    assert horizon(TIMELINE, at=at("Thu 14 Nov 2019 07:30")) == day("Wed 18 Nov 2020")
    assert horizon(TIMELINE, at=at(f"{short_date(LAST_ON)} 07:30")) == LAST_ON


def test_going_live_begins_today_and_in_shadow_unless_the_timeline_says_otherwise() -> None:
    by_default = replace(TIMELINE, council=replace(TIMELINE.council, shadow_by_default=True))
    live = by_default.going_live(on=day("Tue 27 Aug 2019")).council
    assert (live.live_from, live.shadow_until) == (day("Tue 27 Aug 2019"), day("Tue 10 Sep 2019"))
    assert SHADOW_WORKING_DAYS == 10
    said_so = council(live_from="Mon 2 Sep 2019", shadow_until="Fri 6 Sep 2019").going_live(on=day("Tue 27 Aug 2019"))
    assert (said_so.council.live_from, said_so.council.shadow_until) == (day("Mon 2 Sep 2019"), day("Fri 6 Sep 2019"))
    assert council().going_live(on=day("Tue 27 Aug 2019")).council.shadow_until is None


def test_going_live_a_second_time_changes_nothing() -> None:
    by_default = replace(TIMELINE, council=replace(TIMELINE.council, shadow_by_default=True))
    once = by_default.going_live(on=day("Tue 27 Aug 2019"))
    assert once.going_live(on=day("Mon 2 Dec 2019")) == once


def test_the_ladder_climbed_here_is_the_usual_one() -> None:
    assert PLAN.milestones[0].ladder == USUAL
