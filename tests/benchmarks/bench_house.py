"""Tell what a morning of many councils costs, all flows and `notify`, through a Prefect server.

`python -m tests.benchmarks.bench_house [COUNCILS …]` (10, 40 and 153 by default). Each has all practices of the
catalogue; Prefect's server runs beside, and its seconds are counted too. A first morning, on which each has much to
say, comes before the morning that is measured. Seconds are the processor's, weighed; memory is that of our process.
"""

import asyncio
import os
import re
import resource
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from config.new_council.catalogue import choose
from config.new_council.questions import Newcomer
from config.new_council.timeline_file import timeline_of
from tasks.processes.prefect_server import PrefectServer
from tests.benchmarks.aims import Figure, tell
from tests.benchmarks.houses import folder
from tests.harness import World
from tests.support import templates
from tests.support.costs import slowdown, spent
from tests.support.ports import free_port

FULL = 153
SIZES = (10, 40, FULL)
_PUBLISHED, _RECEIVED = date(2026, 8, 10), date(2026, 8, 3)


def timelines(home: Path, councils: int) -> Iterator[Path]:
    """Write the timeline of each council, as `daymark new` does."""
    for number in range(1, councils + 1):
        file = home / f"anytown-{number}.yaml"
        given = Newcomer(
            name=f"Anytown {number} Council",
            published_on=_PUBLISHED,
            received_on=_RECEIVED,
            any_name=True,
            practices=choose(["all"], []).keys,
        )
        file.write_text(timeline_of(given, file=file.name))
        yield file


@contextmanager
def prefect(home: Path) -> Iterator[PrefectServer]:
    """Give a Prefect server that flows of this process speak to."""
    templates.migrated_prefect(home)
    with PrefectServer(home, login="bench:bench", port=free_port(), log=home / "server.log") as server:
        os.environ.update(server.client_environment)
        yield server


def of_server(home: Path) -> float:
    """Give the processor seconds of the processes that work for this Prefect home."""
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"PREFECT_HOME={home}\0".encode() in (process / "environ").read_bytes():
                ticks += sum(int(each) for each in re.split(r"\) ", (process / "stat").read_text())[1].split()[11:13])
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


async def _run(flows: Sequence[Callable[[], Awaitable[object]]]) -> None:
    for flow in flows:
        await flow()


def morning(world: World, *, decided: str, leaves: str) -> None:
    """Run each statutory flow and the director's, and `notify` at the hour at which mails leave."""
    from cli.run.replay_runner import MORNING
    from flows.notify import notify

    world.at(decided)
    asyncio.run(_run([flow for _, flow in MORNING]))
    world.at(leaves)
    asyncio.run(_run([notify]))


def measured(councils: int) -> tuple[float, float, float]:
    """Give the processor seconds of the second morning: ours and the server's; and our memory in MB."""
    with folder() as home, prefect(home / "prefect"), World(home / "house") as world:
        for file in timelines(home, councils):
            world.at("Mon 5 Oct 2026 07:00").apply(file)
        morning(world, decided="Tue 6 Oct 2026 07:50", leaves="Tue 6 Oct 2026 09:10")
        slower, ours, theirs = slowdown(), spent(), of_server(home / "prefect")
        morning(world, decided="Wed 7 Oct 2026 07:50", leaves="Wed 7 Oct 2026 09:10")
        slower = (slower + slowdown()) / 2
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        return (spent() - ours) / slower, (of_server(home / "prefect") - theirs) / slower, memory


def main(sizes: Sequence[int]) -> None:
    figures = []
    # The folder holds the templates of all sizes.
    with folder():
        for size in sizes:
            figures += _figures(size)
    tell("A morning of many councils, through Prefect", figures)


def _figures(size: int) -> list[Figure]:
    # In a process of its own: Prefect keeps the address of the first server that it met, and memory only grows.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        ours, theirs, memory = alone.submit(measured, size).result()
    beside = f"{ours:.1f} ours, {theirs:.1f} of Prefect's server"
    of_all = [Figure("morning", ours + theirs, beside), Figure("morning-memory", memory)] if size == FULL else []
    return [
        Figure("morning-size", ours + theirs, beside, size, f"a morning of {size} councils, CPU s"),
        Figure("morning-size-memory", memory, "", size, f"the same of {size}: our memory, MB"),
        *of_all,
    ]


if __name__ == "__main__":
    main([int(given) for given in sys.argv[1:]] or SIZES)
