"""Test who can be reached: dead addresses, what came back, another way, and what the provider says later."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.store import DeliveryReceipt, Store
from tests.models import world
from tests.models.outbox.composed import KEY, RETRY_AT, composed, states
from tests.timeline.literals import at
from timeline.delivery.contact_methods import ContactMethod, DeadAddress
from timeline.delivery.messages import MessageState, PendingPrompt
from timeline.escalation.prompts import PromptState

LATER = at("Fri 15 Nov 2019 09:00")
BY_MAIL = ContactMethod("ann", "mail")


def state(store: Store, key: str = KEY) -> MessageState:
    message = store.outbox.message(key)
    assert message is not None
    return message.state


def waiting(store: Store) -> PendingPrompt:
    (pending,) = store.ledger.pending(at=LATER)
    return pending


def says(store: Store, what: str) -> int:
    return sum(audit_event.what == what for audit_event in store.audit.events())


# What came back


def test_what_came_back_waits_again_for_another_way(store: Store) -> None:
    composed(store)
    world.sent(store, KEY)
    assert store.outbox.mark_bounced(KEY, at=LATER, why="no such user")
    assert state(store) is MessageState.BOUNCED
    assert waiting(store).tried == ("ann/mail",)
    (entry,) = store.ledger.entries(refs={world.REF})[world.REF]
    assert (entry.state, entry.accepted_at, entry.undeliverable) == (PromptState.WAITING, None, False)
    assert store.outbox.dead_addresses() == (DeadAddress(BY_MAIL, "no such user", LATER),)
    assert store.plan.due_refs({"action-plan"}, until=LATER, at=LATER) == {world.REF}
    assert store.audit.verify() is None


def test_what_came_back_for_a_while_leaves_its_address_alive(store: Store) -> None:
    composed(store)
    world.sent(store, KEY)
    assert store.outbox.mark_bounced(KEY, at=LATER, why="The mailbox was full.", dead=False)
    assert (state(store), waiting(store).tried) == (MessageState.BOUNCED, ("ann/mail",))
    assert store.outbox.dead_addresses() == ()


def test_the_trail_of_a_task_keeps_what_came_back(store: Store) -> None:
    composed(store)
    world.sent(store, KEY)
    store.outbox.mark_bounced(KEY, at=LATER, why="A delivery report says so.")
    (line,) = [trail for trail in store.audit.trail(world.REF) if trail.what.endswith("another way")]
    assert (line.what, line.via, line.why) == ("message bounced: another way", "mail", "A delivery report says so.")


def test_heard_twice_a_bounce_changes_nothing(store: Store) -> None:
    composed(store)
    world.sent(store, KEY)
    store.outbox.mark_bounced(KEY, at=LATER, why="no such user")
    events = len(store.audit.events())
    assert not store.outbox.mark_bounced(KEY, at=LATER + timedelta(days=1), why="no such user")
    assert len(store.audit.events()) == events


def test_what_never_left_cannot_come_back(store: Store) -> None:
    composed(store)
    assert not store.outbox.mark_bounced(KEY, at=LATER, why="no such user")
    assert not store.outbox.mark_bounced("another", at=LATER, why="no such user")
    assert store.outbox.dead_addresses() == ()
    assert state(store) is MessageState.WAITING


def test_a_bounce_that_is_faster_than_our_own_receipt_stays_a_bounce(store: Store) -> None:
    composed(store)
    assert store.outbox.claim(KEY, at=world.MAIL_AT, lease=world.LEASE)
    assert store.outbox.mark_bounced(KEY, at=world.MAIL_AT, why="no such user")
    late = DeliveryReceipt(outcome="accepted", stage="data", code=250, message_id="m")
    store.outbox.finish(KEY, late, at=world.MAIL_AT)
    assert state(store) is MessageState.BOUNCED
    assert waiting(store).tried == ("ann/mail",)


def test_nobody_was_misled_by_what_came_back(store: Store) -> None:
    composed(store)
    world.sent(store, KEY)
    store.outbox.mark_bounced(KEY, at=LATER, why="no such user")
    moved = world.milestone(due_on=at("Fri 29 Nov 2019 00:00").date())
    store.plan.sync([world.occurrence(moved)], obligations=world.DUTIES, at=LATER)
    assert store.ledger.outdated() == ()


def test_a_message_without_prompts_can_come_back_too(store: Store) -> None:
    assert store.outbox.compose(world.message(store), token_hashes=["h"], at=world.MAIL_AT)
    world.sent(store, KEY)
    assert store.outbox.mark_bounced(KEY, at=LATER, why="no such user")
    assert [dead.way for dead in store.outbox.dead_addresses()] == [BY_MAIL]


# Dead addresses


def test_a_mailbox_that_is_gone_is_dead(store: Store) -> None:
    composed(store)
    gone = "ann.o'brien@council.example"
    world.sent(store, KEY, outcome="refused", code=550, enhanced="5.1.1", text="unknown", dead_address=gone)
    assert store.outbox.dead_addresses() == (DeadAddress(BY_MAIL, "550 5.1.1 unknown", world.MAIL_AT),)


def test_a_refusal_that_says_nothing_of_the_mailbox_leaves_it_alive(store: Store) -> None:
    composed(store)
    world.sent(store, KEY, outcome="refused")
    assert store.outbox.dead_addresses() == ()


@pytest.mark.parametrize(
    ("address", "dead"),
    [("ann@council.example", False), ("ANN.O'BRIEN@council.example", True), ("ann.o'brien@council.example", True)],
)
def test_an_address_is_dead_until_it_changes(address: str, dead: bool, store: Store) -> None:
    composed(store)
    world.sent(store, KEY, outcome="refused", dead_address="")
    ann = replace(world.DIRECTORY.people["ann"], address=address)
    people = dict(world.DIRECTORY.people) | {"ann": ann}
    changed = world.timeline(store.council, directory=replace(world.DIRECTORY, people=people))
    world.apply(store, changed, at=LATER, digest="d2")
    assert [dead_way.way for dead_way in store.outbox.dead_addresses()] == ([BY_MAIL] if dead else [])


def test_no_address_stands_in_the_audit_chain(store: Store) -> None:
    composed(store)
    world.sent(store, KEY, outcome="refused", dead_address="ann.o'brien@council.example")
    assert says(store, "address dead") == 1
    assert "council.example" not in repr(store.audit.events())


# Another way


def test_what_has_another_way_waits_for_it_and_the_rest_is_undeliverable(store: Store) -> None:
    first, _ = composed(store, "ann", "bob")
    world.sent(store, KEY, outcome="refused", dead_address="", reroute=[first])
    pending = waiting(store)
    assert (pending.id, pending.tried) == (first, ("ann/mail",))
    assert sorted(states(store)) == [PromptState.SUPPRESSED, PromptState.WAITING]
    assert state(store) is MessageState.FAILED


def test_each_way_that_failed_is_remembered(store: Store) -> None:
    (id_,) = composed(store)
    world.sent(store, KEY, outcome="refused", dead_address="", reroute=[id_])
    again = world.message(store, id_, key="sms/ann/2", channel="sms")
    assert store.outbox.compose(again, token_hashes=["h2"], at=world.MAIL_AT)
    world.sent(store, "sms/ann/2", outcome="refused", reroute=[id_])
    assert waiting(store).tried == ("ann/mail", "ann/sms")


def test_what_a_deputy_gets_in_somebody_s_place_is_not_the_deputy_s_mail_of_the_day(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    instead = world.message(store, waiting(store).id, key="mail/bob/1", deliver_to="bob")
    assert store.outbox.compose(instead, token_hashes=["h"], at=world.MAIL_AT)
    assert store.ledger.mailed_on(world.MAIL_AT.date()) == {"ann"}


def test_what_came_back_is_not_the_mail_of_the_day(store: Store) -> None:
    composed(store)
    world.sent(store, KEY)
    store.outbox.mark_bounced(KEY, at=LATER, why="no such user")
    assert store.ledger.mailed_on(world.MAIL_AT.date()) == frozenset()


def test_what_nobody_can_be_reached_for_is_undeliverable(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    store.outbox.give_up([waiting(store).id], at=LATER)
    (entry,) = store.ledger.entries(refs={world.REF})[world.REF]
    assert (entry.state, entry.undeliverable) == (PromptState.SUPPRESSED, True)
    store.outbox.give_up([], at=LATER)
    assert says(store, "prompt undeliverable") == 1


def test_what_may_have_arrived_and_is_not_repeated_counts_as_said_and_says_so(store: Store) -> None:
    composed(store)
    world.sent(store, KEY, outcome="uncertain", settled=True)
    (entry,) = store.ledger.entries(refs={world.REF})[world.REF]
    assert (entry.state, entry.accepted_at) == (PromptState.SENT, world.MAIL_AT)
    assert entry.reason == "Nobody knows whether it arrived, and this channel would say it twice."
    assert state(store) is MessageState.UNCERTAIN
    assert store.outbox.to_send(at=LATER + timedelta(days=30), lease=world.LEASE) == ()


# What the provider says later


def test_a_provider_s_word_makes_it_delivered(store: Store) -> None:
    composed(store)
    world.sent(store, KEY, reference="740e5834")
    assert store.outbox.message_by_reference("740e5834") == KEY
    assert store.outbox.mark_delivered("740e5834", at=LATER)
    assert state(store) is MessageState.DELIVERED
    (entry,) = store.ledger.entries(refs={world.REF})[world.REF]
    assert (entry.state, entry.accepted_at) == (PromptState.SENT, world.MAIL_AT)


def test_said_twice_it_changes_nothing(store: Store) -> None:
    composed(store)
    world.sent(store, KEY, reference="740e5834")
    store.outbox.mark_delivered("740e5834", at=LATER)
    events = len(store.audit.events())
    assert store.outbox.mark_delivered("740e5834", at=LATER)
    assert len(store.audit.events()) == events


@pytest.mark.parametrize("reference", ["", "unknown"])
def test_a_name_that_is_not_ours_is_no_message(reference: str, store: Store) -> None:
    composed(store)
    world.sent(store, KEY)
    assert not store.outbox.mark_delivered(reference, at=LATER)
    assert store.outbox.message_by_reference(reference) is None


def test_what_was_uncertain_is_said_once_the_provider_has_it(store: Store) -> None:
    composed(store)
    world.sent(store, KEY, outcome="uncertain", reference="740e5834", next_attempt_at=RETRY_AT)
    assert store.outbox.mark_delivered("740e5834", at=LATER)
    assert states(store) == [PromptState.SENT]
    assert store.outbox.to_send(at=LATER, lease=world.LEASE) == ()


def test_what_was_delivered_can_still_come_back_and_not_the_other_way_round(store: Store) -> None:
    composed(store)
    world.sent(store, KEY, reference="740e5834")
    store.outbox.mark_delivered("740e5834", at=LATER)
    assert store.outbox.mark_bounced(KEY, at=LATER, why="no such user")
    assert store.outbox.mark_delivered("740e5834", at=LATER)
    assert state(store) is MessageState.BOUNCED
