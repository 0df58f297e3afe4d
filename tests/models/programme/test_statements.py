"""Ask the memory of the programme: each statement stands beside the earlier ones, and every instant has its own."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import delete, update

from models.store import Store
from models.store.programme.statements import CHANGED
from models.tables import ProgrammeRow
from tests.models import world
from tests.support.programmes import medways, slipping
from tests.timeline.literals import at
from timeline.programme.programme import Programme

FIRST, LATER, LATEST = at("Tue 27 Aug 2019 09:00"), at("Mon 2 Sep 2019 09:00"), at("Tue 3 Sep 2019 09:00")
SLIPPING = slipping(medways(), "improvement-board", on=date(2019, 9, 2))


def state(store: Store, programme: Programme | None, *, when: datetime) -> None:
    given = world.timeline(store.council)
    store.changes.apply(given, at=when, who="lead", source="x.yaml", digest="d1", programme=programme)


def stated(store: Store, when: datetime) -> Programme | None:
    known = store.programmes.known(at=when)
    return known.programme if known else None


def changes(store: Store) -> list[tuple[str, str]]:
    return [(event.before, event.after) for event in store.audit.events() if event.what == CHANGED]


def test_what_goes_in_comes_out_in_the_order_of_the_file_and_a_second_apply_states_nothing(empty_store: Store) -> None:
    state(empty_store, medways(), when=FIRST)
    state(empty_store, medways(), when=LATER)
    kept = empty_store.programmes.in_force()
    assert kept == medways()
    assert kept
    assert list(kept.areas) == list(medways().areas)
    assert len(empty_store.changes.revisions()) == 1
    (change,) = changes(empty_store)
    known = empty_store.programmes.known(at=LATEST)
    assert known
    assert (change, known.stated_at, known.is_earliest) == (("", known.digest), FIRST, False)


def test_a_council_without_a_programme_file_has_none(store: Store) -> None:
    assert (store.programmes.in_force(), stated(store, LATEST), changes(store)) == (None, None, [])


def test_every_instant_has_the_programme_that_was_known_then_and_undo_takes_back_its_own(empty_store: Store) -> None:
    state(empty_store, medways(), when=FIRST)
    state(empty_store, SLIPPING, when=LATER)
    assert (stated(empty_store, FIRST), stated(empty_store, LATER)) == (medways(), SLIPPING)
    assert empty_store.changes.undo(at=LATEST, who="lead").what == "apply"
    assert [stated(empty_store, when) for when in (FIRST, LATER, LATEST)] == [medways(), SLIPPING, medways()]
    empty_store.changes.undo(at=LATEST, who="lead")
    assert (empty_store.programmes.in_force(), stated(empty_store, LATEST)) == (None, None)
    assert [after == "" for _, after in changes(empty_store)] == [False, False, False, True]
    assert (empty_store.audit.verify(), altered(empty_store)) == (None, [])


def test_an_apply_without_a_programme_leaves_the_one_that_was_stated(empty_store: Store) -> None:
    state(empty_store, medways(), when=FIRST)
    world.apply(empty_store, world.timeline(empty_store.council, closure_days={}), at=LATER)
    assert empty_store.programmes.in_force() == medways()
    assert empty_store.changes.undo(at=LATEST, who="lead").what == "apply"
    assert (empty_store.programmes.in_force(), len(changes(empty_store))) == (medways(), 1)


def test_before_the_first_statement_the_first_is_given_and_told_so(empty_store: Store) -> None:
    state(empty_store, medways(), when=LATER)
    early = empty_store.programmes.known(at=FIRST)
    assert early
    assert (early.programme, early.is_earliest, early.stated_at) == (medways(), True, LATER)


def test_a_council_sees_nothing_of_its_neighbours_programme(empty_store: Store) -> None:
    state(empty_store, medways(), when=FIRST)
    neighbour = replace(empty_store, council=f"{empty_store.council}-x")
    world.apply(neighbour)
    assert neighbour.programmes.in_force() is None


@pytest.mark.parametrize(
    ("hand", "how"), [(update(ProgrammeRow).values(digest="another"), "changed"), (delete(ProgrammeRow), "removed")]
)
def test_what_another_hand_does_to_a_statement_is_found(empty_store: Store, hand: object, how: str) -> None:
    state(empty_store, medways(), when=FIRST)
    with empty_store.engine.begin() as connection:
        connection.execute(hand.where(ProgrammeRow.council == empty_store.council))  # type: ignore[attr-defined]  # either statement has it
    assert altered(empty_store) == [("programme/1", how)]


def altered(store: Store) -> list[tuple[str, str]]:
    sealed = store.audit.verify_records()
    assert sealed
    return [(record, how) for record, how, _ in sealed.altered]
