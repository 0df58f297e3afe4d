"""Tell how many due rungs a second are decided and written, beside the same rows written one by one through the ORM.

`python -m tests.benchmarks.bench_decided`: 100, 1,000 and 10,000 at once. Each gets its prompt in the ledger, its event
in the chain and its seal. Seconds are the processor's, weighed.
"""

from sqlmodel import Session

from models.store import Store, open_engine
from models.tables import PromptRow
from tests.benchmarks import bench_million as million
from tests.benchmarks.aims import Figure, tell
from tests.benchmarks.houses import folder
from tests.models import world
from tests.support.costs import weigh
from timeline.escalation.prompts import PromptState

SIZES, BY_ORM = (100, 1_000, 10_000), 300


def by_orm(store: Store) -> None:
    """Write as many rows of the ledger, each in a transaction of its own; no event and no seal."""
    prompt = world.prompt()
    names = [name for name in type(prompt).__dataclass_fields__ if name not in ("key", "channels")]
    row = prompt.key._asdict() | {name: getattr(prompt, name) for name in names} | {"channels": list(prompt.channels)}
    row |= {"council": store.council, "state": PromptState.WAITING, "written_at": world.MORNING}
    row |= {"milestone": f"{world.REF}-0"}
    for n in range(BY_ORM):
        with Session(store.engine) as session, session.begin():
            session.add(PromptRow(**row | {"repeat": 1000 + n}))


def main() -> None:
    figures = []
    with folder() as home:
        store = Store(open_engine(f"sqlite:///{home / 'decided.db'}"), "exampleshire")
        million.state(store)
        million.fill(store, 0, SIZES[-1])
        for size in SIZES:
            million.wake(store, SIZES[-1], 0, due=size)
            weighed = weigh(lambda size=size: million.counts(million.tick(store), size)).weighed  # type: ignore[misc]
            figures.append(
                Figure("decided-size", size / weighed, "a CPU second", size, f"{size:,} decided and written")
            )
        rate = BY_ORM / weigh(lambda: by_orm(store)).weighed
        store.engine.dispose()
    figures.append(Figure("decided", figures[-1].value, f"{rate:,.0f} rows one by one through the ORM"))
    tell("Due rungs, decided and written", figures)


if __name__ == "__main__":
    main()
