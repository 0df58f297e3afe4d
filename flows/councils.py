"""Go through the councils, each by itself: a council that cannot be read takes no other with it."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from prefect.client.schemas.objects import State
from prefect.exceptions import MissingContextError
from prefect.logging import get_logger, get_run_logger
from prefect.states import Completed, Failed

from config.settings import settings
from models.store import Store
from tasks.council.each import told_for_log
from tasks.council.ledger import stores
from tasks.prefect_tasks.shown import of_councils

NOT_APPLIED = "No council's timeline has been applied yet."


@dataclass
class Round:
    """Hold a round through the councils: a sentence of each that was served, and of each that could not be."""

    said: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def state(self, *more: str, red: bool = False) -> State:
        """Give the end of the run, which names each council that failed first; Failed if there is one, or if `red`."""
        message = " ".join(filter(None, [*self.failed, *self.said, *more])) or NOT_APPLIED
        return Failed(message=message) if red or self.failed else Completed(message=message)


async def each_council(act: Callable[[Store], Awaitable[str]]) -> Round:
    """Do `act` for every council; whatever fails for a council is kept, told at the end, and stops nothing."""
    done, every = Round(), list(stores())
    with of_councils(len(every)):
        for store in every:
            await _serve(store, act, done)
    return done


async def side_by_side(act: Callable[[Store], Awaitable[str]], lines: Callable[[Store], str]) -> Round:
    """Do the same, the councils of each line in turn and the lines beside each other: none waits for another."""
    done, by_line, every = Round(), defaultdict[str, list[Store]](list), list(stores())
    for store in every:
        by_line[lines(store)].append(store)

    async def serve(line: list[Store]) -> None:
        for store in line:
            await _serve(store, act, done)

    with of_councils(len(every)):
        await asyncio.gather(*map(serve, by_line.values()))
    return done


async def _serve(store: Store, act: Callable[[Store], Awaitable[str]], done: Round) -> None:
    try:
        sentence = await act(store)
        done.said.append(f"{_name(store)}: {sentence}" if sentence else "")
        if sentence:
            _log(logging.INFO, f"{done.said[-1]} See {settings().base_url}/timeline")
    except Exception as trouble:
        _log(logging.ERROR, told_for_log(store.council, trouble))
        done.failed.append(f"{store.council} could not be served ({type(trouble).__name__}); the log says more.")


def _name(store: Store) -> str:
    """Give the council's name: of several councils the same sentence eight times says nothing."""
    return store.definitions.timeline(settings().working_hours).council.name


def _log(level: int, sentence: str) -> None:
    """Write into the log of the run, or, outside of a run, into Prefect's."""
    try:
        get_run_logger().log(level, sentence)
    except MissingContextError:
        get_logger(__name__).log(level, sentence)
