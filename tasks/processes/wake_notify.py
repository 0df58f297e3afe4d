"""Start `notify` at once, for an answer that asks for help; if Prefect cannot be reached, its next tick will do."""

import logging
from functools import lru_cache
from threading import Lock, Thread
from typing import TYPE_CHECKING

from config.settings import Settings
from tasks.processes.asking_prefect import ask_prefect, knows_prefect

if TYPE_CHECKING:
    import httpx

_log = logging.getLogger(__name__)


def wake_notify(settings: Settings) -> bool:
    """Ask the embedded Prefect server for a run of `notify` now; False when it could not be asked."""
    return bool(ask_prefect(settings, _run_now))


def wake_soon(settings: Settings) -> None:
    """Ask for a run in a thread: whoever answered does not wait until Prefect can be reached."""
    if knows_prefect(settings):
        _waker(settings.prefect_api_url).wake(settings)


def _run_now(prefect: "httpx.Client") -> bool:
    deployment = prefect.get("/deployments/name/notify/notify").raise_for_status().json()
    return prefect.post(f"/deployments/{deployment['id']}/create_flow_run", json={}).raise_for_status().is_success


class _Waker:
    """Ask for a single run at a time: those who come meanwhile share the next."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._next: Settings | None = None
        self._asking = False

    def wake(self, settings: Settings) -> None:
        with self._lock:
            self._next = settings
            if self._asking:
                return
            self._asking = True
        Thread(target=self._ask, daemon=True).start()

    def _ask(self) -> None:
        while settings := self._take():
            try:
                wake_notify(settings)
            except Exception as trouble:
                # The next answer asks again; a waker that ended here would never ask again.
                _log.warning("A run of notify could not be asked for: %s.", type(trouble).__name__)

    def _take(self) -> Settings | None:
        with self._lock:
            settings, self._next = self._next, None
            self._asking = settings is not None
            return settings


@lru_cache(maxsize=4)
def _waker(_api_url: str) -> _Waker:
    return _Waker()
