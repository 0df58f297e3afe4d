"""Test which mails count as the one of their day, also under a clock that was ahead."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.store import DeliveryReceipt, Store
from tests.models import world
from tests.models.outbox.composed import KEY, composed
from tests.timeline.literals import at, day


def test_one_scheduled_mail_a_day_is_counted_by_the_day_in_london(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    (pending,) = store.ledger.pending(at=world.MAIL_AT)
    just_after_midnight = at("Tue 27 Aug 2019 00:30")
    given = replace(world.message(store, pending.id), composed_at=just_after_midnight)
    assert store.outbox.compose(given, token_hashes=["h"], at=just_after_midnight)
    assert store.ledger.mailed_on(day("Tue 27 Aug 2019")) == {"ann"}
    assert (
        store.ledger.mailed_on(day("Mon 26 Aug 2019")) == store.ledger.mailed_on(day("Wed 28 Aug 2019")) == frozenset()
    )


@pytest.mark.parametrize("change", [{"timed": True}, {"urgent": True}])
def test_what_leaves_at_its_own_hour_is_not_the_daily_mail(change: dict[str, Any], store: Store) -> None:
    store.ledger.write([world.decision(replace(world.prompt(), **change))], at=world.MORNING)
    (pending,) = store.ledger.pending(at=world.MAIL_AT)
    store.outbox.compose(world.message(store, pending.id), token_hashes=["h"], at=world.MAIL_AT)
    assert store.ledger.mailed_on(day("Thu 14 Nov 2019")) == frozenset()


def test_a_mail_that_could_not_be_delivered_is_not_the_daily_mail(store: Store) -> None:
    composed(store)
    assert store.ledger.mailed_on(day("Thu 14 Nov 2019")) == {"ann"}
    world.sent(store, KEY, outcome="refused", dead_address="")
    assert store.ledger.mailed_on(day("Thu 14 Nov 2019")) == frozenset()


def test_a_mail_of_a_day_that_a_later_clock_wrote_leaves_the_true_day_its_mail(store: Store) -> None:
    assert store.outbox.free_key(KEY) == KEY
    composed(store)
    assert store.outbox.free_key(KEY) == ""
    # The clock is put right: it is the day before.
    store.outbox.stop(at=world.MAIL_AT - timedelta(days=1), who="lead", reason="a test")
    assert (store.outbox.free_key(KEY), store.ledger.mailed_on(world.MAIL_AT.date())) == (f"{KEY}/2", frozenset())
    assert store.outbox.last_composed_at("reminder", at=world.MAIL_AT) is None
    world_of = replace(world.message(store, key=f"{KEY}/2"), prompts=())
    assert store.outbox.compose(world_of, token_hashes=["another"], at=world.MAIL_AT)
    assert store.outbox.free_key(KEY) == ""


def test_what_was_given_up_under_a_later_clock_is_not_sent_again(store: Store) -> None:
    composed(store)
    assert store.outbox.claim(KEY, at=world.MAIL_AT, lease=world.LEASE)
    cut_off = DeliveryReceipt(outcome="uncertain", text="cut off")
    store.outbox.finish(KEY, cut_off, at=world.MAIL_AT, settled=True)
    true = world.MAIL_AT - timedelta(days=1)
    assert store.outbox.to_send(at=true, lease=world.LEASE) == ()
    assert not store.outbox.claim(KEY, at=true, lease=world.LEASE)
