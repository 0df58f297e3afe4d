"""Test messages: composed once, claimed by one, finished with a receipt."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from models.store import DeliveryReceipt, Store
from models.tables import DeliveryRow
from tests.models import world
from tests.models.outbox.composed import KEY, RETRY_AT, composed, states
from tests.timeline.literals import at
from timeline.definitions.council import Pause
from timeline.delivery.messages import MessageState, TokenClaims
from timeline.escalation.prompts import PromptState


def test_a_message_comes_back_word_for_word(store: Store) -> None:
    tokens = (TokenClaims(person="ann", message=KEY), TokenClaims(person="ann", milestone=world.REF, due_on=world.DUE))
    given = replace(world.message(store), tokens=tokens, text="«token 1»\r\n", html="<p>O’Brien</p>")
    assert store.outbox.compose(given, token_hashes=["one", "two"], at=world.MAIL_AT)
    assert store.outbox.message(KEY) == given
    assert store.outbox.message("another") is None
    assert (store.outbox.token("one"), store.outbox.token("two"), store.outbox.token("three")) == (*tokens, None)


def test_a_message_takes_its_prompts_out_of_waiting(store: Store) -> None:
    composed(store, "ann", "bob")
    assert store.ledger.pending(at=world.MAIL_AT) == ()
    assert store.outbox.anything_waiting(at=world.MAIL_AT)
    assert [message.key for message in store.outbox.to_send(at=world.MAIL_AT, lease=world.LEASE)] == [KEY]


def test_a_message_is_not_composed_when_one_of_its_prompts_is_gone(store: Store) -> None:
    (first,) = composed(store)
    store.ledger.write([world.decision(world.prompt("bob"))], at=world.MORNING)
    (second,) = (pending.id for pending in store.ledger.pending(at=world.MAIL_AT))
    both = world.message(store, first, second, key="mail/ann/2")
    events = len(store.audit.events())
    assert not store.outbox.compose(both, token_hashes=["other"], at=world.MAIL_AT)
    assert store.outbox.message("mail/ann/2") is None
    assert store.outbox.token("other") is None
    assert [pending.id for pending in store.ledger.pending(at=world.MAIL_AT)] == [second]
    assert len(store.audit.events()) == events


def test_a_message_is_not_composed_twice_under_its_key(store: Store) -> None:
    assert store.outbox.compose(world.message(store), token_hashes=["one"], at=world.MAIL_AT)
    assert not store.outbox.compose(replace(world.message(store), text="Other"), token_hashes=["two"], at=world.MAIL_AT)
    message = store.outbox.message(KEY)
    assert message is not None
    assert message.text == "«token 0»"


def test_of_many_who_compose_the_same_prompts_one_does(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    (pending,) = store.ledger.pending(at=world.MAIL_AT)
    given = [world.message(store, pending.id, key=f"mail/ann/{n}") for n in range(20)]
    with ThreadPoolExecutor(20) as pool:
        done = list(pool.map(lambda row: store.outbox.compose(row, token_hashes=["h"], at=world.MAIL_AT), given))
    assert sorted(done) == [False] * 19 + [True]


def test_two_messages_about_one_task_share_its_link(store: Store) -> None:
    for number in (1, 2):
        given = world.message(store, key=f"mail/ann/{number}")
        assert store.outbox.compose(given, token_hashes=["the same"], at=world.MAIL_AT)
    assert store.outbox.token("the same") == TokenClaims(person="ann", milestone=world.REF, due_on=world.DUE)


def test_of_many_who_claim_a_message_one_has_it(store: Store) -> None:
    composed(store)
    with ThreadPoolExecutor(50) as pool:
        claimed = list(pool.map(lambda _: store.outbox.claim(KEY, at=world.MAIL_AT, lease=world.LEASE), range(50)))
    assert sorted(claimed) == [False] * 49 + [True]
    assert store.outbox.to_send(at=world.MAIL_AT, lease=world.LEASE) == ()


def test_nothing_is_claimed_by_a_run_that_has_not_seen_the_last_pause(store: Store) -> None:
    composed(store)
    seen = store.outbox.last_pause()
    pause = Pause(obligation="plo-panel", from_on=world.DUE, until_on=world.DUE)
    store.definitions.pause(pause, at=world.MAIL_AT, who="Lead")
    assert not store.outbox.claim(KEY, at=world.MAIL_AT, lease=world.LEASE, last_pause=seen)
    last = store.outbox.last_pause()
    assert store.outbox.claim(KEY, at=world.MAIL_AT, lease=world.LEASE, last_pause=last)


def test_nothing_is_claimed_while_sending_is_stopped(store: Store) -> None:
    composed(store)
    store.outbox.stop(at=world.MAIL_AT, who="Ann", reason="Wrong dates")
    assert not store.outbox.claim(KEY, at=world.MAIL_AT, lease=world.LEASE)
    store.outbox.resume(at=world.MAIL_AT, who="Ann", reason="Put right")
    assert store.outbox.stopped() is None
    assert store.outbox.claim(KEY, at=world.MAIL_AT, lease=world.LEASE)


def test_a_claim_nobody_finished_is_uncertain_after_its_lease(store: Store) -> None:
    composed(store)
    store.outbox.claim(KEY, at=world.MAIL_AT, lease=world.LEASE)
    just_before, lease_over = world.MAIL_AT + world.LEASE - timedelta(seconds=1), world.MAIL_AT + world.LEASE
    assert store.outbox.to_send(at=just_before, lease=world.LEASE) == ()
    assert not store.outbox.claim(KEY, at=just_before, lease=world.LEASE)
    (message,) = store.outbox.to_send(at=lease_over, lease=world.LEASE)
    assert (message.state, message.attempts) == (MessageState.UNCERTAIN, 1)
    assert store.outbox.claim(KEY, at=lease_over, lease=world.LEASE)


def test_after_a_restart_what_was_being_sent_is_uncertain_at_once(store: Store) -> None:
    composed(store)
    store.outbox.claim(KEY, at=world.MAIL_AT, lease=world.LEASE)
    assert store.outbox.release_claims(at=world.MAIL_AT) == 1
    assert store.outbox.release_claims(at=world.MAIL_AT) == 0
    (message,) = store.outbox.to_send(at=world.MAIL_AT, lease=world.LEASE)
    assert message.state is MessageState.UNCERTAIN


def test_only_what_a_dead_process_was_sending_is_taken_over_and_is_due_since_it_began(store: Store) -> None:
    composed(store)
    assert store.outbox.claimants() == ()
    store.outbox.claim(KEY, at=world.MAIL_AT, lease=world.LEASE, by="host/1/2")
    assert store.outbox.claimants() == ("host/1/2",)
    later = world.MAIL_AT + timedelta(days=2)
    assert store.outbox.release_claims(at=later, claimants=["host/1/3"]) == 0
    assert store.outbox.release_claims(at=later, claimants=["host/1/2"]) == 1
    (message,) = store.outbox.to_send(at=world.MAIL_AT, lease=world.LEASE)
    assert message.state is MessageState.UNCERTAIN


def test_an_accepted_message_is_said_and_its_milestone_looked_at(store: Store) -> None:
    ids = composed(store)
    store.ledger.write([world.decision(next_rung_at=None)], at=world.MORNING)
    world.sent(store, KEY)
    (said,) = store.ledger.entries(refs={world.REF})[world.REF]
    assert (said.state, said.accepted_at, said.undeliverable) == (PromptState.SENT, world.MAIL_AT, False)
    assert not store.outbox.anything_waiting(at=at("Thu 28 Nov 2019 08:30"))
    assert store.plan.due_refs({"action-plan"}, until=world.MAIL_AT, at=world.MAIL_AT) == {world.REF}
    (entry,) = store.ledger.accepted(since=world.MAIL_AT, until=world.MAIL_AT)
    assert (entry.id, entry.message, entry.channel, entry.prompt) == (ids[0], KEY, "mail", world.prompt())
    assert store.ledger.accepted(since=world.MORNING, until=world.MAIL_AT - timedelta(seconds=1)) == ()


@pytest.mark.parametrize(
    ("outcome", "state"), [("uncertain", MessageState.UNCERTAIN), ("unreachable", MessageState.WAITING)]
)
def test_what_was_not_accepted_waits_for_its_next_attempt(outcome: str, state: MessageState, store: Store) -> None:
    composed(store)
    world.sent(store, KEY, outcome=outcome, code=None, next_attempt_at=RETRY_AT)
    assert states(store) == [PromptState.WAITING]
    assert store.outbox.to_send(at=RETRY_AT - timedelta(seconds=1), lease=world.LEASE) == ()
    assert store.ledger.next_send_at(after=world.MAIL_AT) == RETRY_AT
    assert store.outbox.anything_waiting(at=RETRY_AT)
    (message,) = store.outbox.to_send(at=RETRY_AT, lease=world.LEASE)
    assert (message.state, message.attempts) == (state, 1)
    world.sent(store, KEY, at=RETRY_AT)
    assert states(store) == [PromptState.SENT]


@pytest.mark.parametrize(
    "refused",
    [
        {"outcome": "refused", "dead_address": "", "next_attempt_at": RETRY_AT},
        {"outcome": "refused", "next_attempt_at": None},
        {"outcome": "uncertain", "next_attempt_at": None},
    ],
    ids=["the mailbox is gone", "no next attempt", "never certain"],
)
def test_what_never_arrives_is_undeliverable_and_looked_at(refused: dict[str, Any], store: Store) -> None:
    composed(store)
    store.ledger.write([world.decision(next_rung_at=None)], at=world.MORNING)
    world.sent(store, KEY, **refused)
    (entry,) = store.ledger.entries(refs={world.REF})[world.REF]
    assert (entry.state, entry.undeliverable, entry.accepted_at) == (PromptState.SUPPRESSED, True, None)
    assert entry.reason == "It could not be delivered."
    assert not store.outbox.anything_waiting(at=at("Thu 28 Nov 2019 08:30"))
    assert store.plan.due_refs({"action-plan"}, until=world.MAIL_AT, at=world.MAIL_AT) == {world.REF}


def test_every_attempt_has_its_receipt(store: Store) -> None:
    composed(store)
    world.sent(store, KEY, outcome="refused", code=451, text="Later\0 please \udce9", next_attempt_at=RETRY_AT)
    world.sent(store, KEY, at=RETRY_AT)
    with Session(store.engine) as session:
        theirs = select(DeliveryRow).where(DeliveryRow.council == store.council)
        rows = sorted(session.exec(theirs), key=lambda row: row.attempt)
    assert [(row.attempt, row.at, row.outcome, row.code, row.text) for row in rows] == [
        (1, world.MAIL_AT, "refused", 451, "Later please ?"),
        (2, RETRY_AT, "accepted", 250, "queued"),
    ]


def test_who_comes_late_with_a_receipt_does_not_undo_what_was_accepted(store: Store) -> None:
    composed(store)
    world.sent(store, KEY)
    late = DeliveryReceipt(outcome="uncertain", stage="data", message_id="<1>")
    store.outbox.finish(KEY, late, at=RETRY_AT, next_attempt_at=RETRY_AT)
    assert states(store) == [PromptState.SENT]
    assert store.outbox.to_send(at=RETRY_AT, lease=world.LEASE) == ()
