"""Tell which worker runs which tests: a file stays together, and so do all files that need the same server.

Prefect, PostgreSQL and Chromium then start once in a run and not once in each worker. What takes longest begins first.
"""

from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).parents[2]
SHARED = {"prefect_api": "prefect", "postgres_url": "postgresql", "playwright.sync_api": "chromium"}
"""The servers by the word that a file which needs them holds. xdist's own groups do not work with pytest 9."""


class ServersAndFiles(LoadFileScheduling):  # type: ignore[misc]  # xdist.scheduler has no types
    """Hand out all files that need a server at once, and the others one by one."""

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)


def unit(nodeid: str) -> str:
    """Give the server that the tests of a file share with those of other files, else the file."""
    file = nodeid.partition("::")[0]
    return _server(file) or file


@cache
def _server(file: str) -> str:
    if file.startswith("tests/models/"):
        return SHARED["postgres_url"]
    text = (ROOT / file).read_text()
    return next((server for word, server in SHARED.items() if word in text), "")


def needs_prefect(item: pytest.Item) -> bool:
    """Tell whether it is one of the tests that share Prefect's server; they stand together."""
    return unit(item.nodeid) == SHARED["prefect_api"]


def needs_browser(item: pytest.Item) -> bool:
    """Tell whether it is one of the tests that share a browser."""
    return unit(item.nodeid) == SHARED["playwright.sync_api"]


def longest_first(items: list[pytest.Item]) -> None:
    """Put what shares a server first, then the files with the most tests that are marked as slow."""
    slow: dict[str, int] = {}
    for item in items:
        slow[unit(item.nodeid)] = slow.get(unit(item.nodeid), 0) + bool(item.get_closest_marker("slow"))
    servers = set(SHARED.values())
    items.sort(key=lambda item: (unit(item.nodeid) not in servers, -slow[unit(item.nodeid)], unit(item.nodeid)))
