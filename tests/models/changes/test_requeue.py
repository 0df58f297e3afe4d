"""Test who could not be reached and has a new address: what was for them waits again, once."""

from dataclasses import replace

from models.store import Store
from tests.models import world
from tests.models.outbox.composed import KEY, composed
from tests.models.outbox.test_channels import LATER, says, waiting
from tests.timeline.literals import at
from timeline.answers.responses import Answer, State
from timeline.escalation.prompts import PromptState

PUT_RIGHT = at("Mon 18 Nov 2019 10:00")


def unreached(store: Store) -> None:
    """Begin when what was sent to Ann came back, and she has nobody in her place."""
    composed(store)
    world.sent(store, KEY)
    store.outbox.mark_bounced(KEY, at=LATER, why="no such user")
    store.outbox.give_up([waiting(store).id], at=LATER)


def put_right(store: Store, address: str = "ann.new@council.example") -> None:
    people = dict(world.DIRECTORY.people)
    people |= {"ann": replace(people["ann"], address=address)}
    changed = world.timeline(store.council, directory=replace(world.DIRECTORY, people=people))
    world.apply(store, changed, at=PUT_RIGHT, digest="d4")


def state(store: Store) -> PromptState:
    (entry,) = store.ledger.entries(refs={world.REF})[world.REF]
    return entry.state


def test_what_could_not_reach_somebody_waits_again_when_the_address_is_put_right(store: Store) -> None:
    unreached(store)
    put_right(store)
    (pending,) = store.ledger.pending(at=PUT_RIGHT)
    assert (pending.prompt.key.rung, pending.prompt.deliver_to, pending.tried) == ("first", "ann", ())
    assert (says(store, "address put right"), says(store, "prompt waits again")) == (1, 1)
    assert store.audit.verify() is None


def test_what_waits_for_another_way_may_reach_them_after_all(store: Store) -> None:
    composed(store)
    world.sent(store, KEY)
    store.outbox.mark_bounced(KEY, at=LATER, why="no such user")
    put_right(store)
    assert waiting(store).tried == ()


def test_another_change_of_the_file_brings_nothing_back(store: Store) -> None:
    unreached(store)
    world.apply(store, world.timeline(store.council, facts=()), at=PUT_RIGHT, digest="d2")
    assert (state(store), says(store, "prompt waits again")) == (PromptState.SUPPRESSED, 0)


def test_what_proves_undeliverable_again_stays_so_until_the_next_address(store: Store) -> None:
    unreached(store)
    put_right(store)
    store.outbox.give_up([pending.id for pending in store.ledger.pending(at=PUT_RIGHT)], at=PUT_RIGHT)
    world.apply(store, world.timeline(store.council, facts=()), at=PUT_RIGHT, digest="d3")
    assert state(store) is PromptState.SUPPRESSED


def test_nobody_is_asked_again_about_what_is_done(store: Store) -> None:
    unreached(store)
    world.answer(store, world.response(Answer.DONE), state=State.DONE)
    put_right(store)
    assert state(store) is PromptState.SUPPRESSED


def test_what_was_said_to_them_later_is_not_preceded_by_what_was_lost(store: Store) -> None:
    unreached(store)
    later = world.prompt(rung="second", rung_at=LATER, send_at=LATER)
    store.ledger.write([world.decision(later)], at=LATER)
    again = world.message(store, waiting(store).id, key="sms/ann/2", channel="sms")
    assert store.outbox.compose(again, token_hashes=["h2"], at=LATER)
    world.sent(store, "sms/ann/2", at=LATER)
    put_right(store)
    assert store.ledger.pending(at=PUT_RIGHT) == ()


def test_what_was_to_be_said_in_the_same_mail_does_not_hide_it(store: Store) -> None:
    unreached(store)
    later = world.prompt(rung="second", rung_at=LATER, send_at=LATER)
    store.ledger.write([world.decision(later)], at=LATER)
    store.ledger.suppress([waiting(store).id], reason="A later reminder says it.", at=LATER)
    put_right(store)
    assert [pending.prompt.key.rung for pending in store.ledger.pending(at=PUT_RIGHT)] == ["first"]
