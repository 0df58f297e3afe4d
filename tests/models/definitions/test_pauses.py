"""Test pauses in the store: each changes the timeline at once, wakes what is open, and can be traced."""

from dataclasses import replace

import pytest

from models.store import Store
from tests.models import world
from tests.timeline.literals import at, day
from timeline.calendar.london import end_of_day
from timeline.definitions.council import Pause
from timeline.escalation.prompts import PromptState

NOW = at("Thu 14 Nov 2019 09:00")
LATER = at("Fri 15 Nov 2019 09:00")
DUTY = Pause(obligation="action-plan", from_on=day("Thu 14 Nov 2019"), until_on=day("Fri 22 Nov 2019"))
ANN = Pause(person="ann", from_on=day("Thu 14 Nov 2019"), until_on=day("Fri 22 Nov 2019"))
STATED = replace(DUTY, from_on=day("Mon 16 Dec 2019"), until_on=day("Fri 20 Dec 2019"))


def test_a_pause_made_changed_and_ended_changes_the_timeline_that_was_read_before(store: Store) -> None:
    longer = replace(DUTY, until_on=day("Fri 29 Nov 2019"))
    assert store.definitions.timeline(world.HOURS).pauses == ()
    store.definitions.pause(DUTY, at=NOW, who="lead")
    assert store.definitions.timeline(world.HOURS).pauses == (DUTY,)
    store.definitions.pause(longer, at=LATER, who="lead")
    assert store.definitions.timeline(world.HOURS).pauses == store.definitions.pauses() == (longer,)
    assert store.definitions.resume(obligation="action-plan", at=LATER, who="lead")
    assert store.definitions.timeline(world.HOURS).pauses == ()
    assert not store.definitions.resume(obligation="action-plan", at=LATER, who="lead")


def test_a_person_who_is_paused_is_as_if_away(store: Store) -> None:
    store.definitions.pause(ANN, at=NOW, who="lead")
    directory = store.definitions.timeline(world.HOURS).directory
    away = [directory.absent("ann", on=day(text)) for text in ("Wed 13 Nov 2019", "Thu 14 Nov 2019", "Fri 22 Nov 2019")]
    assert (away, directory.absent("ann", on=day("Sat 23 Nov 2019"))) == ([False, True, True], False)


def test_an_apply_replaces_those_the_file_states_and_leaves_those_made_by_command(store: Store) -> None:
    store.definitions.pause(DUTY, at=NOW, who="lead")
    with_pause = replace(world.timeline(store.council), pauses=(STATED,))
    assert store.definitions.timeline_after_apply(with_pause, on=day("Mon 2 Sep 2019")).pauses == (STATED, DUTY)
    world.apply(store, with_pause, at=NOW)
    assert set(store.definitions.pauses()) == {DUTY, STATED}
    world.apply(store, at=LATER)
    assert store.definitions.pauses() == (DUTY,)
    store.changes.undo(at=LATER, who="lead")
    assert set(store.definitions.pauses()) == {DUTY, STATED}
    assert not store.definitions.resume(obligation="plo-panel", at=LATER, who="lead")


def test_pausing_and_resuming_have_what_is_open_looked_at(store: Store) -> None:
    store.ledger.write([world.decision(next_rung_at=at("Mon 2 Dec 2019 00:00"))], at=world.MORNING)
    store.definitions.pause(DUTY, at=NOW, who="lead")
    assert store.plan.due_refs(world.DUTIES, until=end_of_day(NOW), at=end_of_day(NOW)) == {world.REF}
    store.ledger.write([world.decision(next_rung_at=DUTY.ends_at)], at=LATER)
    assert store.plan.due_refs(world.DUTIES, until=end_of_day(LATER), at=end_of_day(LATER)) == frozenset()
    store.definitions.resume(obligation="action-plan", at=LATER, who="lead")
    assert store.plan.due_refs(world.DUTIES, until=end_of_day(LATER), at=end_of_day(LATER)) == {world.REF}


@pytest.mark.parametrize("state", ["prompts", "superseded"])
def test_what_was_withdrawn_for_a_pause_is_written_again_in_its_own_row(store: Store, state: str) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    (pending,) = store.ledger.pending(at=NOW)
    store.ledger.suppress([pending.id], reason=DUTY.sentence, at=NOW, paused=True)
    (entry,) = store.ledger.entries(world.DUTIES)[world.REF]
    assert (entry.state, entry.reason, entry.paused) == (PromptState.SUPPRESSED, DUTY.sentence, True)
    again = replace(world.prompt(), send_at=LATER)
    decided = world.decision(again) if state == "prompts" else world.decision(superseded=[again])
    assert [store.ledger.write([decided], at=LATER) for _ in range(2)] == ([1, 0] if state == "prompts" else [0, 0])
    (entry,) = store.ledger.entries(world.DUTIES)[world.REF]
    assert (entry.reason, entry.paused, entry.written_at) == ("", False, LATER)
    assert [pending.id for pending in store.ledger.pending(at=LATER)] == ([pending.id] if state == "prompts" else [])
    assert store.audit.verify() is None


def test_what_was_suppressed_otherwise_is_never_written_again(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    (pending,) = store.ledger.pending(at=NOW)
    store.ledger.suppress([pending.id], reason="It is done.", at=NOW)
    assert store.ledger.write([world.decision(world.prompt())], at=LATER) == 0
    assert store.ledger.pending(at=LATER) == ()


def test_the_chain_keeps_a_duty_s_days_and_only_digests_of_a_person_s(store: Store) -> None:
    for pause in (DUTY, ANN):
        store.definitions.pause(pause, at=NOW, who="Ann O’Brien")
    store.definitions.resume(person="ann", at=LATER, who="Ann O’Brien")
    events = [audit_event for audit_event in store.audit.events() if audit_event.what in ("paused", "resumed")]
    assert [(audit_event.what, audit_event.ref, bool(audit_event.after)) for audit_event in events] == [
        ("paused", "action-plan", True),
        ("paused", "ann", False),
        ("resumed", "ann", False),
    ]
    assert not any("Brien" in str(audit_event) or "2019-11-22" in str(audit_event) for audit_event in events[1:])
    assert store.audit.verify() is None


def test_somebody_who_is_back_early_was_away_until_the_day_before(store: Store) -> None:
    store.definitions.pause(ANN, at=NOW, who="lead")
    assert store.definitions.resume(person="ann", at=LATER, who="lead")
    assert [(pause.from_on, pause.until_on) for pause in store.definitions.pauses()] == [(ANN.from_on, ANN.from_on)]
    assert not store.definitions.resume(person="ann", at=LATER, who="lead")
