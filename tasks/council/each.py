"""Go through the councils of a database, each by itself: a council that cannot be read takes no other with it."""

import logging
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from config.settings import Settings
from models.store import Store
from tasks.council.ledger import stores
from timeline.definitions.council import CouncilTimeline

T = TypeVar("T")

_log = logging.getLogger(__name__)


class CouncilsFailed(Exception):
    """Report councils for which something could not be done; the sentence names them. The others are done."""


def told_for_log(council: str, trouble: Exception) -> str:
    """Say where a council's fault arose, without its words: they may hold addresses, which stay out of logs."""
    frames = traceback.extract_tb(trouble.__traceback__)
    where = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"The council {council} could not be served: {type(trouble).__name__} ({where})."


def readable(settings: Settings) -> Iterator[tuple[Store, CouncilTimeline]]:
    """Give every council that can be read, with its timeline; the flows and the assurance tell of the others."""
    for store in stores(settings):
        try:
            timeline = store.definitions.timeline(settings.working_hours)
        except Exception as trouble:
            _log.error(told_for_log(store.council, trouble))
            continue
        yield store, timeline


class Councils:
    """Name the councils of the database that can be read."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def names(self) -> dict[str, str]:
        """Give the name of each by its key."""
        return {store.council: timeline.council.name for store, timeline in readable(self._settings)}


def first_of_any(settings: Settings, act: Callable[[Store], T | None]) -> T | None:
    """Give the first thing that `act` finds with a council; None when no council has it.

    When none has it, and some could not be asked, raise the fault of the last of those: it may have it.
    """
    fault: Exception | None = None
    for store in stores(settings):
        try:
            if done := act(store):
                return done
        except Exception as trouble:
            _log.error(told_for_log(store.council, trouble))
            fault = trouble
    if fault:
        raise fault
    return None


def for_each(settings: Settings, act: Callable[[Store], T]) -> list[T]:
    """Do `act` for every council. Raises CouncilsFailed at the end, when it failed for some."""
    done, failed = _each(settings, act)
    if failed:
        raise CouncilsFailed("; ".join(failed) + ": the log says more.")
    return done


def where_possible(settings: Settings, act: Callable[[Store], T]) -> list[T]:
    """Do `act` for every council, and tell the log alone where it failed: what follows must not wait for it."""
    return _each(settings, act)[0]


def _each(settings: Settings, act: Callable[[Store], T]) -> tuple[list[T], list[str]]:
    done, failed = [], []
    for store in stores(settings):
        try:
            done.append(act(store))
        except Exception as trouble:
            _log.error(told_for_log(store.council, trouble))
            failed.append(f"{store.council} could not be served ({type(trouble).__name__})")
    return done, failed
