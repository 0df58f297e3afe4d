"""The ledger's two moves of a statutory flow: gather what a decision sees, write down what it decided."""

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Engine

from config.settings import Settings, settings
from models.store import Store, councils, open_engine
from tasks.corrections import correct
from tasks.house import House
from timeline.day import DayDecision, Situation, decide_day, end_of_day


@lru_cache(maxsize=4)
def engine(database_url: str) -> Engine:
    return open_engine(database_url)


def stores(given: Settings | None = None) -> Iterator[Store]:
    """The memory of every council in the database."""
    found = engine((given or settings()).database_url)
    return (Store(found, council) for council in councils(found))


def gather(store: Store, obligations: frozenset[str], *, at: datetime) -> Situation:
    """Everything a decision about these duties sees; of the ledger only what has to be looked at today."""
    due = store.due_refs(obligations, until=end_of_day(at))
    return Situation(
        timeline=store.timeline(settings().working_hours),
        said=store.said(refs=due) if due else {},
        responses=store.responses(obligations),
        ladders=store.frozen_ladders(obligations),
        asleep=store.asleep(obligations, until=end_of_day(at)),
    )


def say_to_others(house: House, refs: Collection[str]) -> int:
    """Decides at once about tasks whose person has gone away or left since the morning; counts new prompts."""
    duties = frozenset(ref.partition("/")[0] for ref in refs)
    decision = decide_day(gather(house.store, duties, at=house.at), obligations=duties, at=house.at)
    about = tuple(one for one in decision.decisions if one.milestone.ref in refs)
    return house.store.write(about, at=house.at)


def write(store: Store, decision: DayDecision) -> int:
    """The occurrences as they are planned now, the corrections that they call for, and the prompts; a second time it
    writes nothing. Counts new prompts.
    """
    store.sync(decision.occurrences, obligations=decision.obligations, at=decision.at)
    # Before the rungs: whoever is told of a move is not asked about the new date in the same moment.
    corrected = correct(store, at=decision.at)
    return corrected + store.write(decision.decisions, at=decision.at)
