"""The ledger's two moves of a statutory flow: gather what a decision sees, write down what it decided."""

from collections.abc import Iterator
from functools import lru_cache

from sqlalchemy import Engine

from config.settings import Settings, settings
from models.store import Store, councils, open_engine
from timeline.day import DayDecision, Situation


@lru_cache(maxsize=4)
def engine(database_url: str) -> Engine:
    return open_engine(database_url)


def stores(given: Settings | None = None) -> Iterator[Store]:
    """The memory of every council in the database."""
    found = engine((given or settings()).database_url)
    return (Store(found, council) for council in councils(found))


def gather(store: Store, obligations: frozenset[str]) -> Situation:
    """Everything a decision about these duties sees."""
    return Situation(
        timeline=store.timeline(settings().working_hours),
        said=store.said(obligations),
        responses=store.responses(obligations),
        ladders=store.frozen_ladders(obligations),
    )


def write(store: Store, decision: DayDecision) -> int:
    """The occurrences as they are planned now, and the prompts; a second time it writes nothing. Counts new prompts."""
    store.sync(decision.occurrences, at=decision.at)
    return store.write(decision.decisions, at=decision.at)
