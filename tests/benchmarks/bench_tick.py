"""Tell how much longer a run of `notify` that has nothing to send takes than a run of an empty flow, through Prefect.

`python -m tests.benchmarks.bench_tick [COUNCILS …]` (1 and 20 by default). Each run is a process of its own, as a
worker starts it, and speaks to a Prefect server beside. They take turns, and their medians are compared by the clock.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.aims import Figure, tell
from tests.benchmarks.bench_house import morning, prefect, timelines
from tests.benchmarks.houses import folder
from tests.harness import World

SIZES, RUNS = (1, 20), 9
_EMPTY = """
import asyncio
from prefect import flow

@flow
async def empty() -> None: ...

asyncio.run(empty())
"""
_IMPORTS = f"import flows.notify{_EMPTY}"
# Ten minutes after the morning's mails have left, nothing is due.
_TICK = """
import asyncio
from datetime import datetime
from tasks import clock
from flows.notify import notify

clock._real = lambda: datetime.fromisoformat("2026-10-06T09:20+01:00")
asyncio.run(notify())
"""


def taken(program: Path, environment: Mapping[str, str]) -> float:
    """Give seconds of a run, by the clock, from the start of its process to its end."""
    begun = perf_counter()
    subprocess.run([sys.executable, program], env=environment, check=True, capture_output=True)
    return perf_counter() - begun


def measured(councils: int) -> tuple[float, float, float]:
    """Give the medians of a quiet run, an empty run and a run that imports what a quiet run does, after a morning on
    which all that was due has left.
    """
    with folder() as home, prefect(home / "prefect"), World(home / "house") as world:
        for file in timelines(home, councils):
            world.at("Mon 5 Oct 2026 07:00").apply(file)
        morning(world, decided="Tue 6 Oct 2026 07:50", leaves="Tue 6 Oct 2026 09:10")
        environment = os.environ | _settings(world) | {"PYTHONDONTWRITEBYTECODE": ""}
        programs = [home / f"{name}.py" for name in ("tick", "empty", "imports")]
        for program, text in zip(programs, (_TICK, _EMPTY, _IMPORTS), strict=True):
            program.write_text(text)
            taken(program, environment)
        turns = [[taken(program, environment) for program in programs] for _ in range(RUNS)]
        quiet, empty, imports = map(median, zip(*turns, strict=True))
        return quiet, empty, imports


def _settings(world: World) -> dict[str, str]:
    """Give the settings of a run as a worker finds them."""
    given = world.settings.model_dump(mode="json", include={"home", "smtp_port", "port", "prefect_port"})
    given["secret_key"] = world.settings.secret().decode()
    return {f"DAYMARK_{name.upper()}": str(value) for name, value in given.items()}


def main(sizes: Sequence[int]) -> None:
    tell("A quiet tick through Prefect", [figure for size in sizes for figure in _figures(size)])


def _figures(size: int) -> list[Figure]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        quiet, empty, imports = alone.submit(measured, size).result()
    beside = f"{quiet:.2f} s, and {empty:.2f} of an empty flow; {imports - empty:.2f} are imports"
    of_first = [Figure("tick", quiet - empty, beside)] if size == SIZES[0] else []
    return [Figure("tick-size", quiet - empty, beside, size, f"councils {size}: beyond an empty flow, s"), *of_first]


if __name__ == "__main__":
    main([int(given) for given in sys.argv[1:]] or SIZES)
