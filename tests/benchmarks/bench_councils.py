"""Measure the list of all councils, and the start page, in a house of many.

`python -m tests.benchmarks.bench_councils [COUNCILS …]` (153 by default). Each council has all practices of the
catalogue. The first look reads every council; a look after it those that changed alone. Seconds are the processor's,
weighed.
"""

import sys
from collections.abc import Sequence

from starlette.testclient import TestClient

from cli.run.first_start import pages
from tests.benchmarks.aims import Figure, tell
from tests.benchmarks.bench_house import FULL, timelines
from tests.benchmarks.bench_team_pages import ask, taken
from tests.benchmarks.houses import folder
from tests.harness import World
from tests.support.costs import weigh


def measured(councils: int) -> list[Figure]:
    """Give the seconds of the first look at the list, of a later look, and of the start page."""
    with folder() as home, World(home / "house") as world:
        for file in timelines(home, councils):
            world.at("Mon 5 Oct 2026 07:00").apply(file)
        client = TestClient(pages(world.settings), base_url=world.settings.base_url, client=("127.0.0.1", 50000))
        looks = {
            "first": ("the first look at the list", weigh(lambda: ask(client, "/councils"))),
            "later": ("a later look", taken(client, "/councils")),
            "home": ("the start page", taken(client, "/")),
        }
    return [
        Figure(f"list-{name}", took.weighed, size=councils, of=f"{councils} councils: {look}, CPU s")
        for name, (look, took) in looks.items()
    ]


def main(sizes: Sequence[int]) -> None:
    tell("The list of all councils", [figure for size in sizes for figure in measured(size)])


if __name__ == "__main__":
    main([int(given) for given in sys.argv[1:]] or [FULL])
