"""Tell how long `daymark audit verify` takes, beside a bare read of the same rows.

`python -m tests.benchmarks.bench_audit [EVENTS]` (200,000 by default). Ours reads each event, works its hash out of its
canonical JSON and follows the chain; the stand-alone verifier does the same with the lines of an export; the peer reads
the same rows with sqlite3 and looks at nothing. Seconds are those of the processor: what else the machine does is not
counted.
"""

import sqlite3
import sys
import tempfile
from pathlib import Path
from time import process_time

from rich.console import Console
from rich.table import Table

from cli.proof.audit import lines
from cli.proof.stand_alone_verifier import verify
from models.store import Store, open_engine
from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction, writes
from tests.models import world

MILLION = 1_000_000
_AT_ONCE = 10_000


def happen(tx: Transaction, first: int, number: int) -> None:
    """Give events as a council's life makes them: prompts, messages, answers with words of their own."""
    audit.record(tx, [_event(n) for n in range(first, first + number)], at=world.MORNING)


def _event(n: int) -> Event:
    what, ref = ("prompt written", world.REF) if n % 3 else ("message composed", f"mail/ann/2019-11-14T08:30+0000/{n}")
    return Event(
        what=what,
        ref=ref,
        for_whom="ann",
        after='{"due_on":"2019-11-28","kind":"reminder","repeat":0,"rung":"first"}',
        why="10 working days before it is due; it is open.",
        texts={"why": f"{n:064x}"} if n % 10 == 0 else {},
    )


def filled(home: Path, count: int) -> Store:
    store = Store(open_engine(f"sqlite:///{home / 'daymark.db'}"), "exampleshire")
    world.apply(store)
    for first in range(0, count, _AT_ONCE):
        writes(happen)(store.audit, first, min(_AT_ONCE, count - first))
    return store


def ours(store: Store) -> float:
    begun = process_time()
    assert store.audit.verify() is None
    return process_time() - begun


def alone(store: Store) -> float:
    """Give only the checking: writing the export is another matter."""
    exported = list(lines(store))
    begun = process_time()
    assert verify(exported, store.audit.chain_end()[1])[1] == 0
    return process_time() - begun


def bare(file: Path) -> float:
    begun = process_time()
    with sqlite3.connect(file) as connection:
        for _ in connection.execute("SELECT * FROM audit_event ORDER BY council, sequence"):
            pass
    return process_time() - begun


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        store = filled(Path(home), count)
        events, _ = store.audit.chain_end()
        taken = {
            "verify": ours(store),
            "stand-alone verifier": alone(store),
            "read with sqlite3": bare(Path(home) / "daymark.db"),
        }
        store.engine.dispose()
    show(events, taken)


def show(events: int, taken: dict[str, float]) -> None:
    table = Table("chain", "events", "events/s", "a million in", "of bare", title="The audit chain, on SQLite")
    fastest = taken["read with sqlite3"]
    for name, seconds in taken.items():
        million = f"{MILLION * seconds / events:,.0f} s"
        table.add_row(name, f"{events:,}", f"{events / seconds:,.0f}", million, f"{fastest / seconds:.1%}")
    Console().print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
