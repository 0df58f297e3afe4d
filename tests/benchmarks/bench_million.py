"""Tell what a tick costs that finds a hundred tasks due among ten thousand, a hundred thousand and a million.

`python -m tests.benchmarks.bench_million [sqlite|postgresql]` (both by default). A tick finds what is due, reads what
was said and answered about it, decides, and writes the prompts and when to look again. All the tasks are open. On
SQLite the seconds are the processor's, weighed; on PostgreSQL they pass by the clock, and the best round counts.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import insert, text

from models.store import Store, open_engine
from models.store.base.stored_tasks import keep
from models.store.base.transaction import StoreGroup, writes
from models.tables import MilestoneRow
from tests.benchmarks.aims import Figure, tell
from tests.benchmarks.houses import folder
from tests.models import world
from tests.support import postgres
from tests.support.costs import weigh
from timeline.answers.responses import State
from timeline.calendar.london import end_of_day
from timeline.escalation.ladder import decide
from timeline.escalation.later_clock import task_now

SIZES, DUE, ROUNDS = (10_000, 100_000, 1_000_000), 100, 7
_AT_ONCE = 20_000
LONG = datetime(2029, 1, 1, tzinfo=UTC)


class Keeping(StoreGroup):
    """Keep what tasks share, in a transaction of the store's own."""

    keep = writes(keep)


def fill(store: Store, first: int, last: int) -> None:
    """Add open tasks of these numbers; nothing of them is due for years."""
    pattern = world.milestone()
    definition, shared = Keeping(store.engine, store.council).keep([pattern])[0]
    row: dict[str, Any] = {
        "council": store.council,
        "occurrence": world.occurrence().ref,
        "obligation": pattern.obligation,
        "shared": shared,
    }
    row |= {"owner": pattern.owner, "due_on": pattern.due_on, "legal_on": pattern.legal_on, "state": State.OPEN}
    row |= {"changed_at": world.MORNING, "looked_at": world.MORNING, "next_rung_at": LONG}
    with store.engine.begin() as connection:
        for start in range(first, last, _AT_ONCE):
            numbers = range(start, min(last, start + _AT_ONCE))
            rows: list[dict[str, Any]] = [row | _named(n, definition, pattern.ref) for n in numbers]
            connection.execute(insert(MilestoneRow), rows)
        connection.execute(text("ANALYZE"))


def _named(n: int, definition: str, ref: str) -> dict[str, Any]:
    return {"ref": f"{ref}-{n}", "position": n, "definition": definition.replace(f'"{ref}"', f'"{ref}-{n}"')}


def wake(store: Store, size: int, turn: int, *, due: int = DUE) -> None:
    """Let a hundred of them, or so many, from all over, have something due."""
    refs = [f"{world.REF}-{n}" for n in range(turn, size, size // due)][:due]
    given = [{"ref": ref, "at": world.MORNING.astimezone(UTC).replace(tzinfo=None)} for ref in refs]
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE milestone SET next_rung_at = :at WHERE ref = :ref"), given)


def tick(store: Store) -> int:
    """Do what a flow does about what is due, with the tasks as its plan gives them."""
    at, pattern = world.MORNING, world.milestone()
    due = store.plan.due_refs(world.DUTIES, until=end_of_day(at), at=at)
    timeline = store.definitions.timeline(world.HOURS)
    entries, responses = store.ledger.entries(refs=due), store.inbound.responses(refs=due)
    decisions = []
    for ref in due:
        task = replace(pattern, ref=ref)
        now = task_now(timeline, task, entries.get(ref, ()), responses.get(ref, ()), at=at)
        decisions.append(replace(decide(now, until=end_of_day(at)), next_check_at=LONG))
    store.ledger.write(decisions, at=at)
    return len(due)


def state(store: Store) -> None:
    """State a council of one duty, without its own task."""
    world.apply(store)
    store.plan.sync([world.occurrence(world.milestone())], obligations=world.DUTIES, at=world.MORNING)
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM milestone"))


def measured(url: str, kind: str) -> dict[int, float]:
    """Give the milliseconds of a tick at each size."""
    store = Store(open_engine(url), "exampleshire")
    state(store)
    taken, last = {}, 0
    for size in SIZES:
        fill(store, last, size)
        last = size
        rounds = []
        for turn in range(ROUNDS + 1):
            wake(store, size, turn + 1)
            begun = perf_counter()
            weighed = weigh(lambda: counts(tick(store)))
            rounds.append(weighed.weighed if kind == "sqlite" else perf_counter() - begun)
        taken[size] = (median(rounds[1:]) if kind == "sqlite" else min(rounds[1:])) * 1000
    store.engine.dispose()
    return taken


def counts(due: int, expected: int = DUE) -> None:
    assert due == expected, due


@contextmanager
def database(kind: str) -> Iterator[str]:
    with folder() as home:
        if kind == "sqlite":
            yield f"sqlite:///{home / 'million.db'}"
            return
        with postgres.server() as url:
            yield url


def main(kinds: list[str]) -> None:
    for kind in kinds:
        with database(kind) as url:
            taken = measured(url, kind)
        sizes = [
            Figure(f"million-{kind}-size", ms, size=size, of=f"100 due among {size:,}") for size, ms in taken.items()
        ]
        largest, smallest = taken[SIZES[-1]], taken[SIZES[0]]
        aims = [Figure(f"million-{kind}", largest), Figure(f"million-{kind}-growth", largest / smallest)]
        tell(f"A tick that finds a hundred tasks due, on {kind}", [*sizes, *aims])


if __name__ == "__main__":
    main(sys.argv[1:] or ["sqlite", "postgresql"])
