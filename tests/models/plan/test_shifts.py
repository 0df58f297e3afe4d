"""Test what counts as a move of an occurrence: by the kind of event, whatever else stands in its trail."""

from dataclasses import replace

from models.store import RevisionKind, Store
from tests.models import world
from tests.timeline.literals import at, day
from timeline.definitions.facts import Fact
from timeline.director.monday_summary import Shift
from timeline.planning.occurrences import OccurrenceState
from timeline.planning.rescheduling import MOVED

MOVED_TO = day("Thu 5 Dec 2019")
THEN, LATER = at("Mon 2 Sep 2019 09:00"), at("Mon 2 Sep 2019 10:00")
FACT = Fact(
    name=MOVED, on=MOVED_TO, known_at=THEN, who="lead", source="The room is flooded", occurrence="action-plan/1"
)


def test_a_fact_taken_back_or_taken_out_of_the_file_is_no_move(store: Store) -> None:
    store.changes.record_fact(FACT, at=THEN, who="lead", kind=RevisionKind.MOVE)
    store.changes.undo(at=LATER, who="lead")
    world.apply(store, world.timeline(store.council, facts=(world.RECEIVED, FACT)), at=THEN, digest="d2")
    world.apply(store, at=LATER, digest="d3")
    superseded = [event for event in store.audit.events() if event.what == "fact superseded" and event.before]
    assert [event.ref for event in superseded] == ["action-plan/1", "action-plan/1"]
    assert store.plan.shifts(since=world.APPLIED_AT) == ()


def test_moved_there_and_back_it_stands_where_it_was(store: Store) -> None:
    was = world.occurrence()
    moved = replace(was, legal_on=MOVED_TO, working_on=MOVED_TO)
    store.plan.sync([moved], obligations=world.DUTIES, at=THEN)
    friday = day("Fri 29 Nov 2019")
    days = ((friday, friday), (MOVED_TO, MOVED_TO))
    assert store.plan.shifts(since=world.APPLIED_AT) == (Shift(was.ref, *days, OccurrenceState.PLANNED),)
    store.plan.sync([was], obligations=world.DUTIES, at=LATER)
    assert store.plan.shifts(since=THEN) == (Shift(was.ref, *days[::-1], OccurrenceState.PLANNED),)
