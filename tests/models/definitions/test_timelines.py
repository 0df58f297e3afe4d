"""Test applying a timeline, and reading it back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from models.store import Store, StoreError
from models.tables import FactRow
from tests.models import world
from tests.timeline.literals import at, day
from timeline.definitions.duties import OWNER, Ladder, Mark, Rung
from timeline.definitions.facts import Fact
from timeline.definitions.people import Person, Post

LATER = at("Mon 2 Sep 2019 09:00")
CORRECTED = replace(world.RECEIVED, on=day("Thu 22 Aug 2019"))


def whats(store: Store, after: int = 0) -> list[str]:
    return [event.what for event in store.audit.events(after)]


def test_a_timeline_comes_back_as_it_was_applied(empty_store: Store) -> None:
    given = world.timeline(empty_store.council)
    world.apply(empty_store, given)
    council_timeline = empty_store.definitions.timeline(world.HOURS)
    assert council_timeline == given.going_live(on=day("Tue 27 Aug 2019"))
    assert (council_timeline.council.live_from, council_timeline.council.shadow_until) == (
        day("Tue 27 Aug 2019"),
        day("Tue 10 Sep 2019"),
    )
    assert list(council_timeline.directory.posts) == ["officer", "director"]


def test_going_live_and_shadow_count_from_the_first_apply_for_ever(empty_store: Store) -> None:
    world.apply(empty_store)
    world.apply(empty_store, at=LATER, digest="d2")
    council = empty_store.definitions.timeline(world.HOURS).council
    assert (council.live_from, council.shadow_until) == (day("Tue 27 Aug 2019"), day("Tue 10 Sep 2019"))
    assert empty_store.changes.applied() == ("d2", "exampleshire.yaml", world.APPLIED_AT)


def test_a_first_apply_just_after_midnight_in_summer_counts_as_that_day_in_london(empty_store: Store) -> None:
    world.apply(empty_store, at=at("Tue 27 Aug 2019 00:30"))
    assert empty_store.definitions.timeline(world.HOURS).council.live_from == day("Tue 27 Aug 2019")


def test_what_the_timeline_says_of_going_live_and_shadow_wins(empty_store: Store) -> None:
    given = world.timeline(empty_store.council)
    said = replace(given.council, live_from=day("Mon 1 Jul 2019"), shadow_by_default=False)
    world.apply(empty_store, replace(given, council=said))
    assert empty_store.definitions.timeline(world.HOURS).council == said


def test_a_timeline_applied_again_changes_nothing_but_says_so(store: Store) -> None:
    before = len(store.audit.events())
    world.apply(store, at=LATER)
    assert whats(store, before) == ["timeline applied"]


def test_a_corrected_fact_supersedes_and_overwrites_nothing(store: Store) -> None:
    world.apply(store, world.timeline(store.council, facts=(CORRECTED,)), at=LATER)
    assert store.definitions.timeline(world.HOURS).facts == (CORRECTED,)
    with Session(store.engine) as session:
        rows = session.exec(select(FactRow).where(FactRow.council == store.council).order_by(col(FactRow.id))).all()
    assert [(row.happened_on, row.superseded_at) for row in rows] == [(world.RECEIVED.on, LATER), (CORRECTED.on, None)]


def test_a_correction_taken_back_holds_again(store: Store) -> None:
    world.apply(store, world.timeline(store.council, facts=(CORRECTED,)), at=LATER)
    world.apply(store, at=at("Tue 3 Sep 2019 09:00"))
    assert store.definitions.timeline(world.HOURS).facts == (world.RECEIVED,)


def test_a_fact_recorded_by_command_outlives_an_apply(store: Store) -> None:
    moved = Fact(name="moved", on=day("Mon 9 Dec 2019"), known_at=LATER, occurrence="action-plan/1", who="lead")
    assert store.changes.record_fact(moved, at=LATER, who="lead")
    world.apply(store, world.timeline(store.council, facts=()), at=at("Tue 3 Sep 2019 09:00"))
    assert store.definitions.timeline(world.HOURS).facts == (moved,)


def test_the_same_fact_is_not_recorded_twice(store: Store) -> None:
    before = len(store.audit.events())
    assert not store.changes.record_fact(world.RECEIVED, at=LATER, who="lead")
    assert (store.definitions.timeline(world.HOURS).facts, len(store.audit.events())) == ((world.RECEIVED,), before)


def test_each_difference_is_an_event(store: Store) -> None:
    before = len(store.audit.events())
    given = world.timeline(store.council)
    people = dict(given.directory.people) | {"ann": Person(key="ann", name="Ann", address="ann@council.example")}
    posts = dict(given.directory.posts) | {"officer": Post(key="officer", title="Head of improvement")}
    changed = replace(
        given,
        council=replace(given.council, programme="Getting to good"),
        obligations=(replace(world.DUTY, title="Written statement of action"),),
        facts=(CORRECTED,),
        directory=replace(given.directory, posts=posts, people=people, holders=given.directory.holders[:2]),
        closure_days={},
        proclaimed_bank_holidays={},
    )
    world.apply(store, changed, at=LATER)
    assert whats(store, before) == [
        "timeline applied",
        "council changed",
        "post changed",
        "person changed",
        "post holders changed",
        "bank holidays changed",
        "closures changed",
        "duty changed",
        "fact superseded",
        "fact recorded",
    ]
    assert store.definitions.timeline(world.HOURS).directory == changed.directory


def test_no_name_and_no_address_stands_in_the_chain(store: Store) -> None:
    chain = repr(store.audit.events())
    assert "person changed" in chain
    assert not [word for word in ("O’Brien", "council.example") if word in chain]


def test_somebody_who_left_the_timeline_still_has_a_name(store: Store) -> None:
    given = world.DIRECTORY
    left = replace(given, people={"bob": given.people["bob"]}, holders=given.holders[1:])
    world.apply(store, world.timeline(store.council, directory=left), at=LATER)
    assert store.definitions.timeline(world.HOURS).directory.people == given.people
    before = len(store.audit.events())
    world.apply(store, world.timeline(store.council, directory=left), at=LATER)
    assert whats(store, before) == ["timeline applied"]


def test_a_duty_no_longer_stated_is_dropped_with_what_waits_to_be_said_about_it(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    world.apply(store, world.timeline(store.council, obligations=()), at=world.MORNING)
    assert store.definitions.timeline(world.HOURS).obligations == ()
    assert (store.plan.occurrences(), store.plan.milestones(), store.ledger.pending(at=world.MAIL_AT)) == ((), (), ())
    (entry,) = store.ledger.entries(refs={world.REF})[world.REF]
    assert entry.reason == "This is no longer on the timeline."


def test_a_duty_stated_again_is_back_with_its_history(store: Store) -> None:
    world.answer(store)
    world.apply(store, world.timeline(store.council, obligations=()), at=LATER)
    world.apply(store, at=LATER)
    store.plan.sync([world.occurrence()], obligations=world.DUTIES, at=LATER)
    assert store.plan.occurrences() == (world.occurrence(),)
    assert len(store.inbound.responses({"action-plan"})[world.REF]) == 1


def test_everything_not_done_is_looked_at_again_after_an_apply(store: Store) -> None:
    store.ledger.write([world.decision(next_rung_at=at("Thu 28 Nov 2019 08:30"))], at=world.APPLIED_AT)
    assert store.plan.due_refs({"action-plan"}, until=LATER, at=LATER) == frozenset()
    world.apply(store, at=LATER)
    assert store.plan.due_refs({"action-plan"}, until=LATER, at=LATER) == {world.REF}


def test_stopped_sending_outlives_an_apply(store: Store) -> None:
    store.outbox.stop(at=LATER, who="Ann", reason="The relay repeats itself")
    world.apply(store, at=LATER)
    assert store.outbox.stopped() == (LATER, "Ann", "The relay repeats itself")


def test_the_timeline_of_another_council_is_refused(empty_store: Store) -> None:
    with pytest.raises(StoreError, match="This is the timeline of “elsewhere”, expected one of “council-"):
        world.apply(empty_store, world.timeline("elsewhere"))
    assert empty_store.changes.is_empty()


def test_councils_do_not_see_each_other(store: Store) -> None:
    other = Store(store.engine, f"{store.council}-next-door")
    world.apply(other, world.timeline(other.council, facts=()))
    other.plan.sync([world.occurrence()], obligations=world.DUTIES, at=world.APPLIED_AT)
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    world.answer(store)
    assert other.definitions.timeline(world.HOURS).facts == ()
    assert (other.ledger.entries({"action-plan"}), other.inbound.responses({"action-plan"})) == ({}, {})
    assert other.ledger.pending(at=world.MAIL_AT) == ()
    assert not other.outbox.anything_waiting(at=world.MAIL_AT)


def test_a_ladder_with_every_part_comes_back(empty_store: Store) -> None:
    rung = Rung(key="all", working_days=3, mark=Mark.AFTER_FIRST_PROMPT, to=(OWNER, "director"), urgent=True)
    ladder = Ladder(key="full", rungs=(rung,), acknowledged_for=2)
    duty = replace(world.DUTY, milestones=(replace(world.DRAFT, ladder=ladder),))
    world.apply(empty_store, world.timeline(empty_store.council, obligations=(duty,)))
    assert empty_store.definitions.timeline(world.HOURS).obligations == (duty,)


def test_what_a_clock_that_was_ahead_recorded_does_not_beat_what_was_recorded_after_it(store: Store) -> None:
    month_ahead = LATER + timedelta(days=30)
    for on, recorded_at in (("Mon 9 Dec 2019", month_ahead), ("Tue 10 Dec 2019", LATER)):
        moved = Fact(name="moved", on=day(on), known_at=recorded_at, occurrence="action-plan/1", who="lead")
        assert store.changes.record_fact(moved, at=recorded_at, who="lead")
    facts = [fact for fact in store.definitions.timeline(world.HOURS).facts if fact.name == "moved"]
    assert [(fact.on, fact.known_at) for fact in facts] == [
        (day("Mon 9 Dec 2019"), LATER),
        (day("Tue 10 Dec 2019"), LATER),
    ]
