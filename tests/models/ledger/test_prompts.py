"""Test the ledger of prompts: nothing twice, nothing lost, and the reason beside what was not said."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from models.store import Store
from models.tables import PromptRow
from tests.models import world
from tests.timeline.literals import at, day
from timeline.answers.responses import State
from timeline.delivery.messages import PendingPrompt
from timeline.escalation.prompts import LedgerEntry, PromptKey, PromptKind, PromptState

DUTIES = {"action-plan"}
NEXT = at("Thu 21 Nov 2019 08:30")


def only(store: Store) -> LedgerEntry:
    (entry,) = store.ledger.entries(DUTIES)[world.REF]
    return entry


def test_a_prompt_comes_back_as_it_was_decided(store: Store) -> None:
    given = replace(
        world.prompt("bob", rung="last", repeat=2),
        key=PromptKey(world.REF, world.DUE, "last", "shadow/bob", 2),
        kind=PromptKind.ESCALATION,
        selector="director",
        post="director",
        deliver_to="ann",
        timed=True,
        urgent=True,
        channels=("mail", "teams"),
    )
    assert store.ledger.write([world.decision(given, next_rung_at=NEXT)], at=world.MORNING) == 1
    (pending,) = store.ledger.pending(at=world.MAIL_AT)
    assert pending == PendingPrompt(id=pending.id, prompt=given, milestone=world.milestone(), generation=0)
    assert only(store) == LedgerEntry(
        key=given.key,
        kind=PromptKind.ESCALATION,
        selector="director",
        post="director",
        state=PromptState.WAITING,
        rung_at=world.MAIL_AT,
        written_at=world.MORNING,
    )


def test_the_same_decision_writes_nothing_the_second_time(store: Store) -> None:
    decided = [world.decision(world.prompt(), world.prompt("bob"), next_rung_at=NEXT)]
    assert store.ledger.write(decided, at=world.MORNING) == 2
    events = len(store.audit.events())
    assert store.ledger.write(decided, at=world.MORNING + timedelta(hours=1)) == 0
    assert len(store.audit.events()) == events
    assert [entry.written_at for entry in store.ledger.entries(DUTIES)[world.REF]] == [world.MORNING] * 2


def test_of_many_who_decide_the_same_one_writes_it(store: Store) -> None:
    decided = [world.decision(world.prompt(), superseded=[world.prompt(rung="older", superseded_by="first")])]
    with ThreadPoolExecutor(20) as pool:
        written = list(pool.map(lambda _: store.ledger.write(decided, at=world.MORNING), range(20)))
    assert sorted(written) == [0] * 19 + [1]
    assert len(store.ledger.entries(DUTIES)[world.REF]) == 2


def test_every_part_of_the_key_tells_prompts_apart(store: Store) -> None:
    given = [
        world.prompt(),
        world.prompt("bob"),
        world.prompt("shadow/ann"),
        world.prompt(rung="last"),
        world.prompt(repeat=1),
        world.prompt(due_on=day("Thu 5 Dec 2019")),
    ]
    assert store.ledger.write([world.decision(*given)], at=world.MORNING) == 6


def test_the_database_itself_refuses_a_second_prompt_for_the_same_key(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    with Session(store.engine) as session:
        row = session.exec(select(PromptRow).where(PromptRow.council == store.council)).one()
        twin = PromptRow(**row.model_dump(exclude={"id"}) | {"why": "another reason"})
        session.add(twin)
        with pytest.raises(IntegrityError):
            session.flush()


@pytest.mark.parametrize("part", ["council", "milestone", "due_on", "rung", "person", "repeat"])
def test_the_database_itself_refuses_a_key_with_a_part_missing(part: str, store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    missing = update(PromptRow).where(col(PromptRow.council) == store.council).values({part: None})
    with Session(store.engine) as session, pytest.raises(IntegrityError):
        session.exec(missing)


def test_what_was_superseded_is_recorded_with_what_says_it_instead(store: Store) -> None:
    older = world.prompt(rung="older", superseded_by="first")
    assert store.ledger.write([world.decision(superseded=[older])], at=world.MORNING) == 0
    assert only(store).state is PromptState.SUPERSEDED
    assert store.ledger.pending(at=world.MAIL_AT) == ()
    event = store.audit.events()[-1]
    assert (event.what, event.why) == ("prompt superseded", "“first” says it instead.")


def test_a_prompt_waits_until_it_may_leave(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    early, instant = timedelta(microseconds=1), world.MAIL_AT
    assert store.ledger.pending(at=instant - early) == ()
    assert [pending.prompt for pending in store.ledger.pending(at=instant)] == [world.prompt()]
    assert not store.outbox.anything_waiting(at=instant - early)
    assert store.outbox.anything_waiting(at=instant)
    assert store.ledger.next_send_at(after=instant - early) == instant
    assert store.ledger.next_send_at(after=instant) is None


def test_a_milestone_sleeps_until_its_next_rung(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt(), next_rung_at=NEXT)], at=world.MORNING)
    assert store.plan.due_refs(DUTIES, until=NEXT - timedelta(microseconds=1), at=NEXT) == frozenset()
    assert store.plan.due_refs(DUTIES, until=NEXT, at=NEXT) == {world.REF}


def test_what_happened_after_a_decision_is_not_slept_through(store: Store) -> None:
    answered_at = world.MORNING + timedelta(seconds=5)
    world.answer(store, world.response(at=answered_at), next_rung_at=answered_at, state=State.BLOCKED)
    store.ledger.write([world.decision(world.prompt(), next_rung_at=NEXT)], at=world.MORNING)
    assert store.plan.due_refs(DUTIES, until=answered_at, at=answered_at) == {world.REF}


def test_what_no_longer_holds_is_suppressed_with_the_reason_and_looked_at_again(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt(), next_rung_at=NEXT)], at=world.MORNING)
    (pending,) = store.ledger.pending(at=world.MAIL_AT)
    store.ledger.suppress([pending.id], reason="It is somebody else's now.", at=world.MAIL_AT)
    entry = only(store)
    assert (entry.state, entry.reason) == (PromptState.SUPPRESSED, "It is somebody else's now.")
    assert store.ledger.pending(at=world.MAIL_AT) == ()
    assert store.plan.due_refs(DUTIES, until=world.MAIL_AT, at=world.MAIL_AT) == {world.REF}
    event = store.audit.events()[-1]
    assert (event.what, event.ref, event.why) == ("prompt suppressed", world.REF, "It is somebody else's now.")


def test_what_is_in_a_message_is_not_suppressed_any_more(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    (pending,) = store.ledger.pending(at=world.MAIL_AT)
    assert store.outbox.compose(world.message(store, pending.id), token_hashes=["h"], at=world.MAIL_AT)
    store.ledger.suppress([pending.id], reason="Too late.", at=world.MAIL_AT)
    assert only(store).state is PromptState.WAITING


def test_what_was_said_is_found_by_duty_and_by_milestone(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    assert store.ledger.entries(DUTIES) == store.ledger.entries(refs={world.REF}) != {}
    assert (
        store.ledger.entries({"plo-panel"})
        == store.ledger.entries(refs={"action-plan/1/other"})
        == store.ledger.entries()
        == {}
    )


def test_each_prompt_is_an_event_that_says_why(store: Store) -> None:
    events = len(store.audit.events())
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    (event,) = store.audit.events(events)
    assert (event.what, event.ref, event.for_whom, event.why) == ("prompt written", world.REF, "ann", "The rung first.")
    assert event.after == '{"due_on":"2019-11-28","kind":"reminder","person":"ann","repeat":0,"rung":"first"}'
