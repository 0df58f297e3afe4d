"""Tell whether the memory takes a write, for whoever watches `/health`."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

from config.settings import Settings
from models.store.base.health import trouble
from tasks.council.ledger import engine

_HOLDS_SECONDS = 5.0


class Health:
    """Hold the health of the database, looked at once in five seconds however often somebody asks."""

    def __init__(self, settings: Settings, *, clock: Callable[[], float] = monotonic) -> None:
        self._settings, self._clock = settings, clock
        self._lock = Lock()
        self._until, self._trouble = float("-inf"), ""

    def trouble(self) -> str:
        """Give the trouble in a word or two; empty when all is well."""
        with self._lock:
            if self._clock() >= self._until:
                self._trouble = trouble(engine(self._settings.database_url))
                self._until = self._clock() + _HOLDS_SECONDS
            return self._trouble
