"""Test which duties a morning looks at: those of which something is due, or whose stored plan may hold no longer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.store import Store
from models.store.definitions import awake as look
from tests.models import world
from tests.timeline.literals import at, day
from timeline.calendar.bank_holidays import official
from timeline.escalation.day import DayDecision, Situation, decide_day

MORNING = at("Mon 2 Sep 2019 07:31")


def awake(store: Store, on: str = "Mon 2 Sep 2019 07:31") -> frozenset[str]:
    return store.definitions.look(world.HOURS, world.DUTIES, at=at(on)).awake


def kept(store: Store, on: str = "Mon 2 Sep 2019 07:31") -> DayDecision:
    """Plan the duties and store the plan, as a morning does."""
    look = store.definitions.look(world.HOURS, world.DUTIES, at=at(on))
    situation = Situation(timeline=look.timeline, made_of=look.made_of)
    decided = decide_day(situation, obligations=world.DUTIES, at=at(on))
    store.definitions.lay_out(decided)
    store.ledger.write(decided.decisions, at=at(on))
    return decided


def test_a_duty_rests_once_its_plan_is_stored_until_something_of_it_is_due(store: Store) -> None:
    assert awake(store) == world.DUTIES
    kept(store)
    assert awake(store) == frozenset()
    assert awake(store, "Thu 14 Nov 2019 07:31") == world.DUTIES


def test_it_is_looked_at_again_once_the_horizon_lies_further_than_its_plan_holds(store: Store) -> None:
    decided = kept(store)
    store.definitions.lay_out(replace(decided, holds_until={"action-plan": day("Mon 7 Sep 2020")}))
    assert awake(store, "Tue 3 Sep 2019 07:31") == frozenset()
    assert awake(store, "Wed 4 Sep 2019 07:31") == world.DUTIES


def test_a_fact_a_pause_and_a_clock_that_is_set_back_wake_it(store: Store) -> None:
    kept(store)
    assert awake(store, "Mon 2 Sep 2019 07:30") == world.DUTIES
    late = replace(world.RECEIVED, on=day("Thu 22 Aug 2019"), known_at=MORNING, source="A second letter")
    store.changes.record_fact(late, at=MORNING, who="lead")
    assert awake(store) == world.DUTIES
    kept(store)
    assert awake(store) == frozenset()


def test_what_becomes_known_later_wakes_it_then(store: Store) -> None:
    later = MORNING + timedelta(days=1)
    store.changes.record_fact(replace(world.RECEIVED, on=day("Thu 22 Aug 2019"), known_at=later), at=MORNING, who="l")
    kept(store)
    assert awake(store) == frozenset()
    assert awake(store, "Tue 3 Sep 2019 07:31") == world.DUTIES


def test_a_plan_that_holds_for_no_other_day_is_stored_all_the_same(store: Store) -> None:
    store.definitions.lay_out(replace(kept(store), holds_until={}))
    assert awake(store) == frozenset()


def test_an_upgrade_that_plans_otherwise_wakes_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(store)
    monkeypatch.setattr(look, "_release", lambda: "the code of another version")
    assert awake(store) == world.DUTIES


def test_what_plans_is_told_apart_by_its_code_and_by_the_bank_holidays(monkeypatch: pytest.MonkeyPatch) -> None:
    known, of_code = dict(official()), look._release.__wrapped__
    assert of_code() == of_code()
    monkeypatch.setattr(look, "official", lambda: known | {day("Fri 1 Jan 2038"): "New Year"})
    assert of_code() != look._release()


@pytest.mark.parametrize(("year", "same_after_a_week"), [(2019, True), (max(official()).year, False)])
def test_where_the_calendar_ends_first_a_plan_is_made_anew_each_week(
    store: Store, year: int, same_after_a_week: bool
) -> None:
    one_day = MORNING.replace(year=year)
    first, then = (store.definitions.look(world.HOURS, world.DUTIES, at=one_day + timedelta(days=d)) for d in (0, 7))
    assert (first.made_of == then.made_of) is same_after_a_week


def test_a_duty_that_the_timeline_does_not_know_never_rests(store: Store) -> None:
    kept(store)
    assert store.definitions.look(world.HOURS, {*world.DUTIES, "unheard-of"}, at=MORNING).awake == {"unheard-of"}
