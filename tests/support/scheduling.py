"""Which worker runs which tests: a file stays together, and so do all that need the same server.

Prefect and PostgreSQL then start once in a run and not once in each worker. What takes longest begins first.
"""

from collections.abc import Iterable

import pytest
from xdist.scheduler import LoadGroupScheduling

SHARED = {"prefect_api": "prefect", "postgres_url": "postgresql"}
"""The servers by the fixture that starts them."""


class GroupsAndFiles(LoadGroupScheduling):  # type: ignore[misc]  # xdist.scheduler has no types
    """Hands out whole groups, and whole files of the tests that are in none."""

    def _split_scope(self, nodeid: str) -> str:
        scope = super()._split_scope(nodeid)
        return nodeid.partition("::")[0] if scope == nodeid else scope


def group(items: Iterable[pytest.Item]) -> None:
    """Marks every test of a file in which one needs a server with that server's group."""
    items = list(items)
    needed: dict[str, str] = {}
    for item in items:
        for fixture in SHARED.keys() & set(getattr(item, "fixturenames", ())):
            needed.setdefault(_file(item), SHARED[fixture])
    for item in items:
        if _file(item) in needed:
            item.add_marker(pytest.mark.xdist_group(needed[_file(item)]))


def longest_first(items: list[pytest.Item]) -> None:
    """Puts the groups first, then the files with the most tests that are marked as slow; order is kept otherwise."""
    slow: dict[str, int] = {}
    for item in items:
        slow[_unit(item)] = slow.get(_unit(item), 0) + bool(item.get_closest_marker("slow"))
    items.sort(key=lambda item: (not item.get_closest_marker("xdist_group"), -slow[_unit(item)]))


def _unit(item: pytest.Item) -> str:
    group = item.get_closest_marker("xdist_group")
    return str(group.args[0]) if group else _file(item)


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]
