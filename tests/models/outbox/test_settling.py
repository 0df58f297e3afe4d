"""Test receipts that are kept before the ledger has them: nothing about such a mail is in doubt, whoever goes on."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session, col, select

from models.store import DeliveryReceipt, HandedOver, OutgoingNotice, Store
from models.tables import DeliveryRow, MessageRow
from tests.models import world
from tests.models.outbox.composed import KEY, RETRY_AT, composed, states
from timeline.delivery.messages import MessageState
from timeline.escalation.prompts import PromptState

TAKEN = DeliveryReceipt(outcome="accepted", stage="data", code=250, text="queued\0 as \udce9", message_id="<1>")
NEXT = "mail/ann/2"
LATER = world.MAIL_AT + timedelta(days=3)


def killed_after_it_was_kept(store: Store) -> None:
    """Hand a message over, keep its receipt, claim the next, and do nothing more."""
    composed(store)
    assert store.outbox.compose(world.message(store, key=NEXT), token_hashes=["next"], at=world.MAIL_AT)
    assert store.outbox.claim(KEY, at=world.MAIL_AT, lease=world.LEASE, by="host/1/2")
    after = HandedOver(KEY, TAKEN)
    assert store.outbox.claim(NEXT, at=world.MAIL_AT, lease=world.LEASE, by="host/1/2", after=after)


def deliveries(store: Store) -> list[tuple[str, int, str, str]]:
    with Session(store.engine) as session:
        rows = session.exec(select(DeliveryRow).where(col(DeliveryRow.council) == store.council))
        return sorted((row.message, row.attempt, row.outcome, row.text) for row in rows)


def told(store: Store) -> list[str]:
    return [event.ref for event in store.audit.events() if event.what == "message accepted"]


def test_only_what_has_no_receipt_is_in_doubt_when_its_lease_is_over(store: Store) -> None:
    killed_after_it_was_kept(store)
    (message,) = store.outbox.to_send(at=LATER, lease=world.LEASE)
    assert (message.key, message.state) == (NEXT, MessageState.UNCERTAIN)
    assert not store.outbox.claim(KEY, at=LATER, lease=world.LEASE)
    assert store.outbox.receipts_kept()
    assert store.outbox.anything_waiting(at=world.MAIL_AT)


def test_who_goes_on_writes_it_down_once_for_the_instant_at_which_it_left(store: Store) -> None:
    killed_after_it_was_kept(store)
    assert store.outbox.settle(at=LATER) == 1
    (said,) = store.ledger.entries(refs={world.REF})[world.REF]
    assert (said.state, said.accepted_at) == (PromptState.SENT, world.MAIL_AT)
    assert deliveries(store) == [(KEY, 1, "accepted", "queued as ?")]
    assert store.plan.due_refs({"action-plan"}, until=LATER, at=LATER) == {world.REF}
    assert not store.outbox.receipts_kept()
    assert (store.outbox.settle(at=LATER), told(store)) == (0, [KEY])
    assert store.audit.verify() is None
    sealed = store.audit.verify_records()
    assert sealed is not None
    assert sealed.altered == ()


def test_a_receipt_that_another_version_kept_holds_nobody_up(store: Store) -> None:
    killed_after_it_was_kept(store)
    with Session(store.engine) as session:
        (row,) = session.exec(select(MessageRow).where(MessageRow.council == store.council, MessageRow.key == KEY))
        row.receipt = '{"outcome": "accepted", "code": 250, "of_a_later_version": [1]}'
        session.commit()
    assert store.outbox.settle(at=LATER) == 1
    assert deliveries(store) == [(KEY, 1, "accepted", "")]


def test_a_restart_makes_uncertain_only_what_was_being_handed_over(store: Store) -> None:
    killed_after_it_was_kept(store)
    assert store.outbox.release_claims(at=LATER, claimants=["host/1/2"]) == 1
    assert told(store) == [KEY]
    assert [message.key for message in store.outbox.to_send(at=LATER, lease=world.LEASE)] == [NEXT]


def test_what_is_stopped_between_two_mails_leaves_no_doubt_about_the_first(store: Store) -> None:
    composed(store)
    assert store.outbox.compose(world.message(store, key=NEXT), token_hashes=["next"], at=world.MAIL_AT)
    assert store.outbox.claim(KEY, at=world.MAIL_AT, lease=world.LEASE)
    store.outbox.stop(at=world.MAIL_AT, who="Ann", reason="Wrong dates")
    assert not store.outbox.claim(NEXT, at=world.MAIL_AT, lease=world.LEASE, after=HandedOver(KEY, TAKEN))
    assert store.outbox.settle(at=world.MAIL_AT) == 1
    assert states(store) == [PromptState.SENT]


def test_what_bounces_before_it_is_written_down_stays_bounced(store: Store) -> None:
    killed_after_it_was_kept(store)
    assert store.outbox.mark_bounced(KEY, at=world.MAIL_AT, why="It came back.")
    assert store.outbox.settle(at=LATER) == 1
    message = store.outbox.message(KEY)
    assert message is not None
    assert message.state is MessageState.BOUNCED
    assert (states(store), told(store)) == ([PromptState.WAITING], [])
    assert len(deliveries(store)) == 1


def test_a_failure_that_follows_is_the_first_in_a_row(store: Store) -> None:
    killed_after_it_was_kept(store)
    away = DeliveryReceipt(outcome="unreachable", stage="connect")
    store.outbox.finish(NEXT, away, at=world.MAIL_AT, next_attempt_at=RETRY_AT)
    assert told(store) == [KEY]
    assert store.outbox.settle(at=world.MAIL_AT) == 0
    assert [breaker.failures for breaker in store.outbox.breakers().values()] == [1]


def test_another_secret_key_voids_nothing_that_was_accepted(store: Store) -> None:
    killed_after_it_was_kept(store)
    assert store.outbox.accept_key("another", at=LATER, who="Ann") == 1
    assert told(store) == [KEY]


def test_of_messages_composed_together_only_those_with_free_prompts_and_keys_are_stored(store: Store) -> None:
    composed(store, "ann")
    people = ("bob", "cat", "dan")
    store.ledger.write([world.decision(*(world.prompt(person) for person in people))], at=world.MORNING)
    bob, cat, dan = (pending.id for pending in store.ledger.pending(at=world.MAIL_AT))
    given = [
        world.message(store, bob, key="mail/bob/2"),
        world.message(store, bob, cat, key="mail/cat/2"),
        replace(world.message(store, dan, key=KEY), text="Another"),
        world.message(store, cat, key="mail/cat/3"),
    ]
    stored = store.outbox.compose_all([OutgoingNotice(each, [each.key]) for each in given], at=world.MAIL_AT)
    assert stored == {"mail/bob/2", "mail/cat/3"}
    assert [pending.id for pending in store.ledger.pending(at=world.MAIL_AT)] == [dan]
    assert [store.outbox.token(each.key) is not None for each in given] == [True, False, False, True]
    sealed = store.audit.verify_records()
    assert sealed is not None
    assert sealed.altered == ()
