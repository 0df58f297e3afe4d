"""Test that one can take back the last change by command, whichever it was."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from models.store import Store, StoreError, councils
from models.store.changes.revisions import KEPT
from tests.models import world
from tests.timeline.literals import at, day
from timeline.definitions.absences import Absence
from timeline.definitions.council import CouncilTimeline, Pause
from timeline.definitions.facts import Fact
from timeline.definitions.people import Person
from timeline.planning.occurrences import Occurrence

LATER = at("Mon 2 Sep 2019 09:00")
LATEST = at("Tue 3 Sep 2019 09:00")
CORRECTED = replace(world.RECEIVED, on=day("Thu 22 Aug 2019"))
MOVED = Fact(name="moved", on=day("Mon 9 Dec 2019"), known_at=LATER, occurrence="action-plan/1", source="A letter")
AWAY = Absence(person="ann", from_on=day("Mon 2 Sep 2019"), until_on=day("Fri 6 Sep 2019"))


def another(store: Store) -> CouncilTimeline:
    """Give a timeline in which everything is different from that of `world`."""
    given = world.timeline(store.council)
    people = {"ann": Person(key="ann", name="Ann", address="ann@council.example"), "bob": world.DIRECTORY.people["bob"]}
    return replace(
        given,
        council=replace(given.council, programme="Getting to good"),
        obligations=(replace(world.DUTY, title="Written statement of action"),),
        facts=(CORRECTED,),
        directory=replace(given.directory, people=people, holders=given.directory.holders[1:], absences=(AWAY,)),
        closure_days={},
        proclaimed_bank_holidays={},
    )


def test_an_apply_taken_back_leaves_what_stood_before_with_its_digest_and_what_was_recorded(store: Store) -> None:
    before, applied = store.definitions.timeline(world.HOURS), store.changes.applied()
    world.apply(store, another(store), at=LATER, digest="d2")
    assert store.definitions.timeline(world.HOURS).directory.absences == (AWAY,)
    assert store.changes.undo(at=LATEST, who="lead")[:2] == (2, "apply")
    assert (store.definitions.timeline(world.HOURS), store.changes.applied()) == (before, applied)
    assert store.audit.verify() is None


def test_a_fact_recorded_by_command_stays_when_an_apply_is_taken_back(store: Store) -> None:
    store.changes.record_fact(MOVED, at=LATER, who="lead")
    world.apply(store, another(store), at=LATER)
    store.changes.undo(at=LATEST, who="lead")
    assert store.definitions.timeline(world.HOURS).facts == (world.RECEIVED, MOVED)


def test_undone_twice_it_goes_further_back_and_then_says_that_there_is_nothing(store: Store) -> None:
    world.apply(store, another(store), at=LATER, digest="d2")
    store.changes.record_fact(MOVED, at=LATER, who="lead")
    assert [store.changes.undo(at=LATEST, who="lead").what for _ in range(2)] == ["record", "apply"]
    assert store.definitions.timeline(world.HOURS).facts == (world.RECEIVED,)
    store.ledger.write([world.decision(world.prompt())], at=LATEST)
    with pytest.raises(StoreError, match="The first apply cannot be taken back: reminders were written"):
        store.changes.undo(at=LATEST, who="lead")
    assert [(revision.what, revision.taken_back) for revision in store.changes.revisions()] == [
        ("apply", False),
        ("apply", True),
        ("record", True),
        ("undo", False),
        ("undo", False),
    ]


def test_a_first_apply_that_said_nothing_leaves_nothing_but_the_chain_and_can_be_done_again(
    store: Store, engine: Engine
) -> None:
    before = store.definitions.timeline(world.HOURS)
    store.definitions.pause(
        Pause(obligation="action-plan", from_on=AWAY.from_on, until_on=AWAY.until_on), at=LATER, who="lead"
    )
    assert store.changes.undo(at=LATER, who="lead")[:2] == (1, "apply")
    assert store.changes.is_empty()
    assert store.council not in councils(engine)
    assert (store.plan.occurrences(), store.plan.milestones()) == ((), ())
    with pytest.raises(StoreError, match="apply its timeline first"):
        store.definitions.timeline(world.HOURS)
    with pytest.raises(StoreError, match="There is nothing to take back"):
        store.changes.undo(at=LATER, who="lead")
    assert store.audit.verify() is None
    world.apply(store, another(store), at=LATEST, digest="d2")
    later = store.definitions.timeline(world.HOURS)
    assert (later.council.live_from, later.facts, later.pauses) == (day("Tue 3 Sep 2019"), (CORRECTED,), ())
    assert before.council.live_from == day("Tue 27 Aug 2019")
    assert store.changes.undo(at=LATEST, who="lead")[:2] == (3, "apply")
    assert store.audit.verify() is None


def test_an_apply_that_changes_nothing_is_no_revision(store: Store) -> None:
    world.apply(store, at=LATER)
    assert len(store.changes.revisions()) == 1


def test_somebody_whose_texts_were_erased_does_not_come_back(store: Store) -> None:
    world.apply(store, another(store), at=LATER)
    texts = {digest for event in store.audit.events() for digest in event.texts.values()}
    store.privacy.erase_texts(texts, at=LATER, who="lead", why="Asked for.")
    store.changes.undo(at=LATEST, who="lead")
    directory = store.definitions.timeline(world.HOURS).directory
    assert (directory.people["ann"].name, directory.absences) == ("Ann", ())
    assert directory.holders == world.DIRECTORY.holders


def test_only_the_last_applies_keep_what_stood_before(store: Store) -> None:
    for n in range(KEPT + 1):
        changed = replace(world.timeline(store.council), facts=(replace(world.RECEIVED, source=f"Letter {n}"),))
        world.apply(store, changed, at=LATER)
    for _ in range(KEPT):
        store.changes.undo(at=LATEST, who="lead")
    with pytest.raises(StoreError, match="is no longer kept"):
        store.changes.undo(at=LATEST, who="lead")


def test_the_new_dates_are_stored_with_the_change_and_say_who_and_why(store: Store) -> None:
    def laying(_: CouncilTimeline) -> tuple[Occurrence, ...]:
        return (world.occurrence(legal_on=MOVED.on, working_on=MOVED.on, why=("Set anew.",)),)

    events = len(store.audit.events())
    store.changes.record_fact(MOVED, at=LATER, who="lead", laying=laying)
    assert [occurrence.legal_on for occurrence in store.plan.occurrences()] == [MOVED.on]
    told = [
        (audit_event.what, audit_event.ref, audit_event.who, audit_event.why)
        for audit_event in store.audit.events(events)
    ]
    assert told == [
        ("fact recorded", "action-plan/1", "lead", "A letter"),
        ("moved", "action-plan/1", "lead", "Set anew.; A letter"),
    ]


def test_dates_that_cannot_be_laid_out_leave_everything_as_it_was(store: Store) -> None:
    def laying(_: CouncilTimeline) -> tuple[Occurrence, ...]:
        raise ValueError("no dates")

    before, events = store.definitions.timeline(world.HOURS), store.audit.events()
    with pytest.raises(ValueError, match="no dates"):
        store.changes.apply(another(store), at=LATER, who="lead", source="x.yaml", digest="d2", laying=laying)
    with pytest.raises(ValueError, match="no dates"):
        store.changes.record_fact(MOVED, at=LATER, who="lead", laying=laying)
    assert (store.definitions.timeline(world.HOURS), store.audit.events()) == (before, events)


def test_no_name_address_or_absence_stands_in_a_revision_or_the_chain(store: Store) -> None:
    world.apply(store, another(store), at=LATER)
    with store.engine.connect() as connection:
        kept = connection.execute(text("SELECT before FROM revision WHERE council = :c"), {"c": store.council}).all()
    texts = repr((kept, store.audit.events()))
    assert not [word for word in ("O’Brien", "council.example", "2019-09-06") if word in texts]


def test_of_two_who_undo_a_change_at_once_the_second_is_told_and_takes_no_other_back(store: Store) -> None:
    world.apply(store, another(store), at=LATER, digest="d2")
    store.changes.record_fact(MOVED, at=LATER, who="lead")
    seen = [store.changes.last_number() for _ in range(2)]
    store.changes.undo(of=seen[0], at=LATEST, who="lead")
    with pytest.raises(StoreError, match=r"^Change 3, the record of A letter, is taken back already: nothing was"):
        store.changes.undo(of=seen[1], at=LATEST, who="director")
    assert store.changes.last_number() == 2
    with pytest.raises(StoreError, match="is not the last one: take back change 2 first"):
        store.changes.undo(of=1, at=LATEST, who="lead")
    for no_change in (4, 9):
        with pytest.raises(StoreError, match=f"There is no change {no_change} to take back"):
            store.changes.undo(of=no_change, at=LATEST, who="lead")
