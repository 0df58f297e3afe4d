"""Test that time cannot be borrowed: with a clock, nothing is written for an instant after it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from models.store import Store, StoreError
from models.store.base.engine import CLOCK
from tests.models import world
from timeline.assurance import AssuranceRun

LATER = world.MORNING + timedelta(days=30)
WRITTEN: dict[str, Callable[[Store, datetime], object]] = {
    "prompts": lambda store, at: store.ledger.write([world.decision(world.prompt())], at=at),
    "a plan": lambda store, at: store.plan.sync([world.occurrence()], obligations=world.DUTIES, at=at),
    "an answer": lambda store, at: world.answer(store, world.response(at=at)),
    "a claim": lambda store, at: store.outbox.claim("a-message", at=at, lease=timedelta(minutes=10)),
    "an assurance": lambda store, at: store.assurance.keep_run(AssuranceRun(at=at, since=world.MORNING)),
    "a stop": lambda store, at: store.outbox.stop(at=at, who="Lead", reason="Wrong dates"),
}


def clocked(store: Store) -> Store:
    return Store(store.engine.execution_options(**{CLOCK: lambda: world.MORNING}), store.council)


@pytest.mark.parametrize("what", WRITTEN)
def test_nothing_is_written_for_an_instant_after_the_clock(store: Store, what: str) -> None:
    before = store.audit.chain_end()
    with pytest.raises(
        StoreError, match=r"^Nothing was written \([a-z_]+\) for .*2019 at .*: expected an instant up to"
    ):
        WRITTEN[what](clocked(store), LATER)
    assert (store.audit.chain_end(), store.ledger.entries(world.DUTIES)) == (before, {})


@pytest.mark.parametrize("what", WRITTEN)
def test_what_is_rounded_by_less_than_a_second_is_written(store: Store, what: str) -> None:
    WRITTEN[what](clocked(store), world.MORNING + timedelta(milliseconds=900))
