"""Test who was told what no longer holds, at the cost of what is misled."""

import pytest

from models.store import DeliveryReceipt, Outdated, Store
from tests.models import world
from tests.models.test_indexes import plans_of
from tests.timeline.literals import day
from timeline.escalation.prompts import ENDED
from timeline.planning.occurrences import Milestone

MOVED = day("Thu 5 Dec 2019")


@pytest.fixture
def told(store: Store) -> Store:
    """Begin when Ann was told of Thu 28 Nov, and the mail server took it."""
    composed(store)
    world.sent(store, key(store))
    return store


def key(store: Store, n: int = 1) -> str:
    return f"mail/ann/{store.council}/{n}"


def composed(store: Store, n: int = 1, **changes: object) -> None:
    prompt = world.prompt(repeat=n, **changes)  # type: ignore[arg-type]
    store.ledger.write([world.decision(prompt)], at=world.MORNING)
    (pending,) = store.ledger.pending(at=world.MAIL_AT)
    message = world.message(store, pending.id, key=key(store, n))
    assert store.outbox.compose(message, token_hashes=["h"], at=world.MAIL_AT)


def lays_out(store: Store, *milestones: Milestone) -> None:
    store.plan.sync([world.occurrence(*milestones)], obligations=world.DUTIES, at=world.MAIL_AT)


def test_nobody_is_misled_while_the_date_stands(told: Store) -> None:
    assert told.ledger.outdated() == ()


@pytest.mark.parametrize(
    "now",
    [
        world.milestone(due_on=MOVED, legal_on=MOVED),
        world.milestone(due_on=None, legal_on=None, waits_for=("report_received",)),
        world.milestone(closed_because="It took place already."),
        world.milestone(ours=False),
    ],
    ids=["moved", "waits", "closed", "not ours"],
)
def test_who_heard_another_date_or_of_what_is_off_is_misled(told: Store, now: Milestone) -> None:
    lays_out(told, now)
    ((milestone, gone, _),) = told.ledger.outdated()
    assert (milestone, gone) == (now, False)
    assert told.ledger.outdated({"action-plan"}) == told.ledger.outdated()
    assert told.ledger.outdated({"plo-panel"}) == ()


def test_a_milestone_that_is_gone_says_so(told: Store) -> None:
    told.plan.sync([], obligations=world.DUTIES, at=world.MAIL_AT)
    assert told.ledger.outdated() == (Outdated(world.milestone(), True, 0),)


def test_what_was_not_accepted_misled_nobody(store: Store) -> None:
    composed(store)
    lays_out(store, world.milestone(due_on=MOVED))
    assert store.ledger.outdated() == ()


def test_what_was_on_its_way_while_the_date_moved_misleads_when_it_arrives(store: Store) -> None:
    composed(store)
    assert store.outbox.claim(key(store), at=world.MAIL_AT, lease=world.LEASE)
    lays_out(store, world.milestone(due_on=MOVED))
    receipt = DeliveryReceipt(outcome="accepted", stage="data", code=250, message_id="m")
    store.outbox.finish(key(store), receipt, at=world.MAIL_AT)
    assert [outdated.milestone.ref for outdated in store.ledger.outdated()] == [world.REF]


def test_moved_back_nobody_is_misled_any_more(told: Store) -> None:
    lays_out(told, world.milestone(due_on=MOVED))
    lays_out(told, world.milestone())
    assert told.ledger.outdated() == ()


def test_who_heard_that_it_was_off_is_misled_when_it_is_not(told: Store) -> None:
    composed(told, 2, rung=ENDED)
    world.sent(told, key(told, 2))
    assert [outdated.milestone.ref for outdated in told.ledger.outdated()] == [world.REF]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_only_what_is_misled_is_looked_at(told: Store) -> None:
    assert "ix_milestone_outdated_since" in plans_of(told, lambda store: store.ledger.outdated())


def test_what_waits_about_a_milestone_that_is_gone_says_so(store: Store) -> None:
    store.plan.sync([], obligations=world.DUTIES, at=world.MORNING)
    store.ledger.write([world.decision(world.prompt(rung=ENDED))], at=world.MORNING)
    (pending,) = store.ledger.pending(at=world.MAIL_AT)
    assert pending.gone
