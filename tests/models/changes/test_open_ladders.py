"""Test a changed ladder and tasks that have opened: left alone, or changed by choice, with an event, and taken back."""

from collections.abc import Sequence
from dataclasses import replace

from models.store import Store
from tests.models import world
from tests.timeline.literals import at
from timeline.answers.responses import Answer, State
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Ladder
from timeline.planning.occurrences import Occurrence

LATER, LATEST = at("Fri 15 Nov 2019 09:00"), at("Fri 15 Nov 2019 10:00")
SHORTER = Ladder(key="shorter", rungs=world.LADDER.rungs[:1])


def laying(_: CouncilTimeline) -> Sequence[Occurrence]:
    return (world.occurrence(world.milestone(ladder=SHORTER)),)


def change(store: Store, *, ladders_too: bool) -> None:
    """See that the duty's rule has the shorter ladder from now on."""
    rule = replace(world.DRAFT, ladder=SHORTER)
    changed = world.timeline(store.council, obligations=(replace(world.DUTY, milestones=(rule,)),))
    store.changes.apply(
        changed, at=LATER, who="lead", source="x.yaml", digest="d2", laying=laying, ladders_too=ladders_too
    )


def test_what_has_not_opened_takes_it_anyway(store: Store) -> None:
    change(store, ladders_too=False)
    assert store.changes.open_ladders() == {}
    assert store.plan.milestones()[0].ladder == SHORTER


def test_what_has_opened_keeps_its_own_unless_it_is_chosen(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    change(store, ladders_too=False)
    assert store.changes.open_ladders() == {world.REF: world.LADDER}
    change(store, ladders_too=True)
    assert store.changes.open_ladders() == {world.REF: SHORTER}
    event = next(audit_event for audit_event in store.audit.events() if audit_event.what == "ladder changed")
    assert (event.at, event.who, event.ref, event.why) == (LATER, "lead", world.REF, "x.yaml was applied")
    assert store.plan.due_refs(world.DUTIES, until=LATER, at=LATER) == {world.REF}
    assert store.audit.verify() is None


def test_undo_gives_the_old_one_back_and_leaves_what_it_did_not_change(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    change(store, ladders_too=True)
    store.changes.undo(at=LATEST, who="lead", laying=laying)
    assert store.changes.open_ladders() == {world.REF: world.LADDER}
    assert [audit_event.what for audit_event in store.audit.events()].count("ladder changed") == 2
    assert store.audit.verify() is None


def test_what_is_done_is_left_alone(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    world.answer(store, world.response(Answer.DONE, evidence="https://example"), state=State.DONE)
    change(store, ladders_too=True)
    assert store.changes.open_ladders() == {}
    assert store.plan.frozen_ladders({world.REF}) == {world.REF: world.LADDER}
