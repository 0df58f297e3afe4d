"""Time the page of a board for a council with two years of history, beside the page /health.

`python -m tests.benchmarks.bench_board [HOME]`; the aim is 0.1 s. Living the two years takes a minute; HOME keeps them
for the next time. In this process, without a network: opening the link, reading what is alive, rating it, and
drawing the page twice. Seconds are those that an idle machine's processor would count. A page is kept for a quarter of
an hour, unless somebody changes something.
"""

import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table
from starlette.testclient import TestClient

from cli.run.first_start import pages
from tasks.links.board import link
from tests.benchmarks.bench_team_pages import ask
from tests.benchmarks.two_years import TO_ON, live_two_years
from tests.harness import World
from tests.support import templates
from tests.support.costs import weigh

AIM, ROUNDS = 0.1, 15


def seconds(client: TestClient, path: str) -> float:
    return weigh(lambda: ask(client, path)).weighed


def _later(world: World, client: TestClient, path: str) -> float:
    """Ask a quarter of an hour later, when the page that was kept no longer counts."""
    world.now += timedelta(minutes=15)
    return seconds(client, path)


def main(home: Path) -> None:
    with World(home) as world:
        if world.store.changes.applied() is None:
            live_two_years(world)
        world.at(f"{TO_ON:%a %-d %b %Y} 10:00")
        url = link(world.store, world.settings, "improvement-board", at=world.now, who="the benchmark")
        client = TestClient(pages(world.settings), base_url="http://localhost")
        path = url.removeprefix(world.settings.base_url)
        taken = {"the first page": seconds(client, path)}
        taken["a page that is kept"] = median(seconds(client, path) for _ in range(ROUNDS))
        taken["a page made anew"] = median(_later(world, client, path) for _ in range(ROUNDS))
        taken["/health"] = median(seconds(client, "/health") for _ in range(ROUNDS))
    show(taken)


def show(taken: dict[str, float]) -> None:
    table = Table("page", "CPU seconds, weighed", "aim", "", title="A board's page after two years")
    for name, spent in taken.items():
        aim = AIM if name.startswith("a page") else None
        verdict = "" if aim is None else "met" if spent <= aim else "MISSED"
        table.add_row(name, f"{spent:.3f}", f"{aim:g}" if aim else "", verdict)
    Console().print(table)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault(templates.FOLDER, folder)
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "lived")
