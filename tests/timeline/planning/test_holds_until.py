"""Test how long a plan holds: until what comes next enters, and no day longer where anything else differs."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.config.medway import history, medway
from tests.timeline.escalation.test_day import TIMELINE
from tests.timeline.literals import at, day
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.day import Situation, decide_day, horizon
from timeline.planning.made_of import counted, holds_until, made_of
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan

NOW = at("Thu 14 Nov 2019 07:30")
EVERY = frozenset(duty.key for duty in TIMELINE.obligations)


@pytest.mark.parametrize("of", [medway, history])
def test_a_plan_is_the_same_on_each_morning_up_to_the_horizon_that_is_said_of_it(
    of: Callable[[], CouncilTimeline],
) -> None:
    timeline = of()
    every = frozenset(duty.key for duty in timeline.obligations)
    decided = decide_day(Situation(timeline=timeline, made_of="these"), obligations=every, at=NOW)
    planned, compared = _by_duty(decided.occurrences), set()
    for morning in (NOW + timedelta(days=days) for days in (1, 4, 7)):
        sees = horizon(timeline, at=morning)
        then = _by_duty(plan(timeline, at=morning, until=sees))
        for key in (key for key, until in decided.holds_until.items() if sees <= until):
            assert then[key] == planned[key], (key, morning)
            compared.add((key, morning))
    # Most duties come seldom: a week adds nothing to them.
    assert len(compared) > len(every) * 2
    assert counted(timeline, at=morning) == counted(timeline, at=NOW)


def _by_duty(occurrences: Iterable[Occurrence]) -> dict[str, list[Occurrence]]:
    by_duty = defaultdict[str, list[Occurrence]](list)
    for occurrence in occurrences:
        by_duty[occurrence.obligation].append(occurrence)
    return by_duty


def test_what_comes_later_enters_on_its_day_and_what_differs_holds_for_today_alone() -> None:
    until, far = day("Wed 18 Nov 2020"), day("Wed 25 Nov 2020")
    planned = plan(TIMELINE, at=NOW, until=until)
    later = replace(planned[-1], legal_on=day("Mon 23 Nov 2020"), working_on=None, opens_on=None, starts_on=None)
    assert holds_until(planned, planned, until=until, far=far) == far
    assert holds_until(planned, (*planned, later), until=until, far=far) == day("Sun 22 Nov 2020")
    assert holds_until(planned, (*planned[:-1], later), until=until, far=far) == until


@pytest.mark.parametrize("minutes", [-1, 0])
def test_what_becomes_known_counts_from_its_instant(minutes: int) -> None:
    fact = TIMELINE.facts[-1]
    numbers = counted(TIMELINE, at=fact.known_at + timedelta(minutes=minutes))
    assert (numbers == counted(TIMELINE, at=fact.known_at)) is (minutes == 0)


def test_duties_at_rest_are_neither_planned_nor_looked_at() -> None:
    situation = Situation(timeline=TIMELINE, at_rest=EVERY, made_of="these")
    decided = decide_day(situation, obligations=EVERY, at=NOW)
    assert (decided.occurrences, decided.decisions, decided.obligations) == ((), (), frozenset())
    assert decided.at_rest == EVERY


def test_what_a_plan_is_made_of_is_gathered_once_while_the_same_is_known() -> None:
    fact = TIMELINE.facts[-1]
    before, then, later = (made_of(TIMELINE, at=fact.known_at + timedelta(minutes=m)) for m in (-1, 0, 1))
    assert later is then
    assert before != then
    assert fact not in before.facts
    assert hash(then) == hash(made_of(replace(TIMELINE), at=fact.known_at))
    assert made_of(replace(TIMELINE), at=fact.known_at) == then


def test_no_duty_has_no_plan() -> None:
    assert plan(TIMELINE, at=NOW, until=day("Wed 18 Nov 2020"), obligations=()) == ()
