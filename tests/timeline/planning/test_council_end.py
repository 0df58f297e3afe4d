"""Test that nobody of a council that has ended is asked, with the reason, and what is said before and behind links."""

from dataclasses import replace

import pytest

from tests.timeline.builders import council, duty, person_of, task
from tests.timeline.literals import at, day
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import HANDED_BACK, HANDED_OVER, Fact
from timeline.escalation.day import Situation, decide_day
from timeline.escalation.held import whole_ladder
from timeline.escalation.task_context import task_context
from timeline.planning.endings.council_end import beyond, coming_end, ended_because, is_overdue, told_behind_link
from timeline.planning.plan import plan

VESTED = "Mon 2 Dec 2019"
BEFORE, AFTER = at("Mon 2 Dec 2019 07:09"), at("Mon 2 Dec 2019 08:30")
PLAN = duty("by 2019-12-05", task("draft", "4 working days before due"))
PANEL = duty("by 2019-12-10", key="plo-panel")


def passed_on(to: str, known: str = "Mon 2 Dec 2019 07:10", *, name: str = HANDED_OVER, of: str | None = None) -> Fact:
    return Fact(name=name, on=day(VESTED), known_at=at(known), source="the Order", called=to, occurrence=of)


def ending(*facts: Fact, vesting: str = VESTED) -> CouncilTimeline:
    timeline = council(live_from="Tue 27 Aug 2019", obligations=(PLAN, PANEL), facts=facts)
    to = ("East Council", "West Council")
    return replace(timeline, council=replace(timeline.council, vesting_day=day(vesting), succeeded_by=to))


BOTH = passed_on("East Council; West Council")


def test_every_task_is_closed_with_the_reason_and_keeps_its_date() -> None:
    for instant, closed in ((BEFORE, False), (AFTER, True)):
        occurrences = plan(ending(BOTH), at=instant, until=day("Tue 31 Dec 2019"))
        tasks = [each for occurrence in occurrences for each in occurrence.milestones]
        assert [(each.due_on, bool(each.closed_because)) for each in tasks] == [
            (day("Fri 29 Nov 2019"), closed),
            (day("Mon 9 Dec 2019"), closed),
        ]
    (occurrence, _) = plan(ending(BOTH), at=AFTER, until=day("Tue 31 Dec 2019"))
    context = task_context(ending(BOTH), occurrence.milestones[0], at=AFTER)
    held = whole_ladder(context)
    assert held is not None
    assert held.sentence == (
        "Not said: The Council ended on Monday 2 December 2019: East Council and West Council have this now."
    )


def test_nobody_is_asked_from_the_handover_on_and_everybody_until_then() -> None:
    """Test that a vesting day alone silences nobody: until somebody hands over, the people in post are asked."""
    for facts, asked in (((), True), ((BOTH,), False)):
        decision = decide_day(Situation(timeline=ending(*facts)), obligations=("action-plan",), at=AFTER)
        prompts = [prompt for each in decision.decisions for prompt in each.prompts]
        assert bool(prompts) is asked, facts


def test_a_duty_that_only_one_of_two_has_is_named_with_that_one() -> None:
    timeline = ending(BOTH, passed_on("West Council", of="plo-panel"))
    assert ended_because(timeline, at=AFTER, duty="plo-panel").endswith(": West Council has this now.")
    assert ended_because(timeline, at=AFTER, duty="action-plan").endswith(
        "East Council and West Council have this now."
    )
    assert ended_because(timeline, at=BEFORE) == ""


def test_a_name_with_and_in_it_is_one_council() -> None:
    one = ending(passed_on("Westmorland and Furness Council"))
    assert ended_because(one, at=AFTER).endswith(": Westmorland and Furness Council has its duties now.")


def test_a_handover_that_was_taken_back_ends_the_successor_and_not_this_council() -> None:
    back = passed_on("Old Council", name=HANDED_BACK)
    text = "The handover to The Council was taken back on Monday 2 December 2019: Old Council has its duties now."
    assert ended_because(ending(back), at=AFTER) == text


@pytest.mark.parametrize(
    ("instant", "facts", "said", "overdue"),
    [
        (
            "Fri 29 Nov 2019 09:00",
            (),
            "The Council ends on Monday 2 December 2019; its open tasks then go to East Council and West Council.",
            False,
        ),
        (
            "Mon 2 Dec 2019 09:00",
            (),
            "The Council ended on Monday 2 December 2019, and nobody has handed its timeline to East Council and West "
            "Council: its people are asked until somebody does (daymark handover).",
            True,
        ),
        ("Mon 2 Dec 2019 09:00", (BOTH,), "", False),
    ],
)
def test_the_end_is_said_before_it_comes_and_when_it_was_forgotten(
    instant: str, facts: tuple[Fact, ...], said: str, *, overdue: bool
) -> None:
    timeline = ending(*facts)
    assert coming_end(timeline, at=at(instant)) == said
    assert is_overdue(timeline, at=at(instant)) is overdue


def test_an_old_link_says_who_is_asked_and_names_no_task() -> None:
    timeline = ending(BOTH)
    assert told_behind_link(timeline, at=BEFORE) == ()
    told = " ".join(told_behind_link(timeline, at=AFTER))
    assert "Please answer East Council or West Council" in told
    assert "ask the Programme lead there" in told
    assert "Action plan" not in told
    assert person_of("officer") not in told


def test_dates_on_the_vesting_day_and_after_it_are_the_successors() -> None:
    planned = plan(ending(vesting="Tue 10 Dec 2019"), at=BEFORE, until=day("Tue 31 Dec 2019"))
    assert [each.ref for each in beyond(planned, day("Tue 10 Dec 2019"))] == ["plo-panel/1"]
    assert list(beyond(planned, day("Wed 11 Dec 2019"))) == []
