"""Ask the embedded Prefect server from a command or a page, and go on without an answer."""

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from config.settings import Settings

if TYPE_CHECKING:
    import httpx

Answer = TypeVar("Answer")

_LIMIT_SECONDS = 3.0
_WAITS = (0.1, 0.3, 0.7, 1.5, 3.0)
_BUSY = 503


def ask_prefect(
    settings: Settings, question: Callable[["httpx.Client"], Answer], *, patience: float = _LIMIT_SECONDS
) -> Answer | None:
    """Give the answer of its API to a question; None when it cannot be asked, or answers otherwise than expected.

    `patience` is how many seconds it may take to answer each request; nobody waits longer than three for a server that
    is not there.
    """
    if not knows_prefect(settings):
        # No server was ever started here, and importing httpx takes a quarter of a second.
        return None
    import httpx

    from tasks.processes.prefect_address import PrefectAddress

    try:
        address = PrefectAddress(settings.prefect_api_url, settings.prefect_login(), settings.prefect_home)
        with address.client(patience=patience, connect=_LIMIT_SECONDS) as prefect:
            return question(prefect)
    except (httpx.HTTPError, OSError, KeyError, TypeError, ValueError):
        return None


def knows_prefect(settings: Settings) -> bool:
    """Tell whether there is a Prefect to ask: that of others, or ours, which was started before."""
    return bool(settings.prefect_url) or os.access(settings.prefect_login_file, os.F_OK)


def persistent(request: Callable[[], "httpx.Response"]) -> "httpx.Response":
    """Ask again while its database is busy, or the connection was lost; raise httpx.HTTPError at last.

    On SQLite Prefect answers 503 at once where another has written since it read. Only for a request that may be made
    twice.
    """
    import httpx

    for wait in _WAITS:
        try:
            if (response := request()).status_code != _BUSY:
                return response.raise_for_status()
        except httpx.TransportError:
            pass
        time.sleep(wait)
    return request().raise_for_status()
