"""Test that a writer killed at any statement leaves a whole database, and nothing it was told had been written
is lost.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from models.store import Store, open_engine
from tests.models import world
from tests.models.privacy.test_retention import CAME, came_in, words
from tests.support.forked import Forked, Forks, forks
from timeline.definitions.retention import RecordKind

pytestmark = pytest.mark.slow("processes are killed in the middle of a transaction")

__all__ = ["forks"]
Other = Callable[[str], AbstractContextManager[Forked]]
HEAD = """
import sys, threading
from models.store import Store, open_engine
from models.store.ledger import prompts
from models.store.base.transaction import writes
from tests.models import world
from timeline.escalation.prompts import PromptState
store = Store(open_engine(sys.argv[1]), "exampleshire")
"""
IN_THE_MIDDLE = """
def half(tx):
    prompts.add(tx, [(world.prompt(repeat=n), PromptState.WAITING) for n in range(200)], at=world.MORNING)
    print("half", flush=True)
    threading.Event().wait()
writes(half)(store.ledger)
"""
ON_AND_ON = """
for n in range(100_000):
    store.ledger.write([world.decision(world.prompt(repeat=n))], at=world.MORNING)
    print(n, flush=True)
"""
IN_THE_MIDDLE_OF_AN_APPLY = """
def laying(timeline):
    print("half", flush=True)
    threading.Event().wait()
changed = world.timeline("exampleshire", facts=(), closure_days={})
store.changes.apply(changed, at=world.MORNING, who="lead", source="x.yaml", digest="d2", laying=laying)
"""
ERASING = """
from datetime import timedelta
from tests.models.privacy.test_retention import CAME
from timeline.definitions.retention import RecordKind
at = CAME + timedelta(days=60)
over = store.definitions.timeline(world.HOURS).over(at=at)
while done := store.privacy.erase_expired(RecordKind.RAW_MAIL, over, at=at, limit=3):
    print(done["texts"], flush=True)
"""


@pytest.fixture
def store(lone_url: str) -> Iterator[Store]:
    engine = open_engine(lone_url)
    store = Store(engine, "exampleshire")
    world.apply(store)
    store.plan.sync([world.occurrence()], obligations=world.DUTIES, at=world.APPLIED_AT)
    yield store
    engine.dispose()


@pytest.fixture
def another_process(forks: Forks, fresh_url: str) -> Other:
    return lambda program: forks.running(HEAD + program, fresh_url)


def test_a_transaction_cut_in_the_middle_never_was(store: Store, another_process: Other) -> None:
    before = store.audit.events()
    with another_process(IN_THE_MIDDLE) as child:
        assert child.stdout.readline() == "half\n"
        assert store.ledger.pending(at=world.MAIL_AT) == ()
    assert store.ledger.pending(at=world.MAIL_AT) == ()
    assert store.audit.events() == before
    assert store.ledger.write([world.decision(world.prompt())], at=world.MORNING) == 1
    assert store.audit.verify() is None


def test_what_was_acknowledged_before_the_kill_is_there(store: Store, another_process: Other) -> None:
    with another_process(ON_AND_ON) as child:
        acknowledged = [int(child.stdout.readline()) for _ in range(30)]
        child.kill()
        acknowledged += [int(line) for line in child.stdout if line.endswith("\n")]
    written = [entry.key.repeat for entry in store.ledger.entries(refs={world.REF})[world.REF]]
    assert written in (acknowledged, [*acknowledged, acknowledged[-1] + 1])
    assert [event.what for event in store.audit.events()].count("prompt written") == len(written)
    assert store.audit.verify() is None


def test_an_apply_cut_before_its_dates_are_laid_out_never_was(store: Store, another_process: Other) -> None:
    before = (
        store.definitions.timeline(world.HOURS),
        store.audit.events(),
        store.changes.revisions(),
        store.changes.applied(),
    )
    with another_process(IN_THE_MIDDLE_OF_AN_APPLY) as child:
        assert child.stdout.readline() == "half\n"
    assert (
        store.definitions.timeline(world.HOURS),
        store.audit.events(),
        store.changes.revisions(),
        store.changes.applied(),
    ) == before
    world.apply(store, world.timeline("exampleshire", facts=()), at=world.MORNING)
    assert store.audit.verify() is None


def test_a_retention_killed_in_the_middle_goes_on_where_it_was(store: Store, another_process: Other) -> None:
    for number in range(100):
        store.inbound.record(came_in(str(number)))
    with another_process(ERASING) as child:
        assert [child.stdout.readline() for _ in range(3)] == ["3\n"] * 3
        child.kill()
    at = CAME + timedelta(days=60)
    over = store.definitions.timeline(world.HOURS).over(at=at)
    assert words(store)  # it was not done yet
    while store.privacy.erase_expired(RecordKind.RAW_MAIL, over, at=at, limit=500):
        pass
    assert words(store) == set()
    counted = [json.loads(event.after)["texts"] for event in store.audit.events() if event.what == "raw mail erased"]
    assert sum(counted) == 200
    assert store.audit.verify() is None
