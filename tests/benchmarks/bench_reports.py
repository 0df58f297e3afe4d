"""Time every report for a council with two years of history: reading what was known, filling it, and printing it.

`python -m tests.benchmarks.bench_reports [HOME]`; the aim is 2 s for any report, in Word or PDF, and 1 s for the board.
Living the two years takes some minutes; HOME keeps them for the next time. Seconds are those of the processor, without
the first loading of the typesetter and of the library for Word, each round weighed against a known piece of work: on a
machine that others use the same work counts up to twice as long.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

from rich.console import Console
from rich.table import Table

from tasks.reports.make import Asked, make
from tasks.reports.printed import FORMATS, printed
from tests.benchmarks.two_years import TO_ON, live_two_years
from tests.harness import World
from tests.support.costs import slowdown
from tests.support.lived_programme import a_year
from timeline.reports.kinds import KINDS

AIM, OF_BOARD, ROUNDS = 2.0, 1.0, 5


def seconds(work: Callable[[], object]) -> float:
    """Give the median of some rounds, after one that loads what is needed."""
    work()
    spent = []
    for _ in range(ROUNDS):
        slower, begun = slowdown(), process_time()
        work()
        spent.append((process_time() - begun) / slower)
    return median(spent)


def of_kind(world: World, kind: str, suffix: str) -> float:
    """Time one report from the store to the file."""
    area = "early-help" if KINDS[kind].of_area else ""
    asked = Asked(kind=kind, as_at=TO_ON, area=area)
    return seconds(lambda: printed(make(world.store, world.settings, asked, at=world.now), suffix))


def main(home: Path) -> None:
    with World(home) as world:
        if world.store.changes.applied() is None:
            live_two_years(world)
        world.at(f"{TO_ON:%a %-d %b %Y} 10:00")
        if world.store.programmes.in_force() != a_year():
            world.now -= timedelta(hours=1)
            world.store.changes.apply(
                world.timeline, at=world.now, who="the benchmark", source="a year", digest="d", programme=a_year()
            )
            world.now += timedelta(hours=1)
        table = Table("report", "file", "CPU seconds", "aim", "", title="Reports after two years")
        for kind in KINDS:
            for suffix in FORMATS:
                spent, aim = of_kind(world, kind, suffix), OF_BOARD if kind == "board" else AIM
                table.add_row(kind, suffix, f"{spent:.2f}", f"{aim:g}", "met" if spent <= aim else "MISSED")
    Console().print(table)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder))
