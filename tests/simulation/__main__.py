"""Serve `python -m tests.simulation --seeds 1000`: live seed after seed, and tell the story of each broken promise."""

import argparse
import gc
import logging
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import count, islice
from time import monotonic

from tests.simulation import faults
from tests.simulation.shrink import live, shrink
from tests.simulation.tale import tale
from tests.simulation.writing import write
from tests.support import quick_databases


@dataclass(frozen=True)
class Lived:
    """Hold one seed in figures; `story` is empty when every promise was kept."""

    seed: int
    letters: int
    answers: int
    seconds: float
    story: str = ""


def main() -> int:
    asked = _asked()
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    begun = monotonic()
    seeds = count(asked.first) if asked.seconds and not asked.seeds else range(asked.first, asked.first + asked.seeds)
    lived = failed = letters = answers = 0
    for each in _all(seeds, asked, begun):
        lived, letters, answers = lived + 1, letters + each.letters, answers + each.answers
        if each.story:
            failed += 1
            print(each.story, end="\n\n", flush=True)
        elif asked.verbose:
            print(
                f"Seed {each.seed}: {each.letters} letters, {each.answers} answers, {each.seconds:.1f} s.", flush=True
            )
    print(
        f"{lived} seeds of two years in {monotonic() - begun:.0f} s: {letters} letters, {answers} answers, "
        f"{failed} with a broken promise."
    )
    return 1 if failed else 0


def _asked() -> argparse.Namespace:
    ask = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    ask.add_argument("--seeds", type=int, default=0, help="how many seeds (without --seconds: 20)")
    ask.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    ask.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at the same time")
    ask.add_argument("--seconds", type=float, default=0, help="begin no seed after so many seconds")
    ask.add_argument("--fault", choices=sorted(faults.FAULTS), help="plant this fault in the product first")
    ask.add_argument("--shrinking", type=float, default=120, help="seconds to look for a shorter story")
    ask.add_argument("--programme", action="store_true", help="live the programme in each seed, not every second")
    ask.add_argument("--verbose", action="store_true", help="a line for each seed")
    asked = ask.parse_args()
    if not asked.seeds and not asked.seconds:
        asked.seeds = 20
    return asked


def _all(seeds: Iterable[int], asked: argparse.Namespace, begun: float) -> Iterator[Lived]:
    """Give seeds in order, so many at a time; none is begun when the time is over."""
    left = (seed for seed in seeds if not asked.seconds or monotonic() - begun < asked.seconds)
    with ProcessPoolExecutor(asked.jobs) as pool:
        running = [pool.submit(live_seed, seed, asked) for seed in islice(left, asked.jobs + 1)]
        while running:
            yield running.pop(0).result()
            running += [pool.submit(live_seed, seed, asked) for seed in islice(left, 1)]


def live_seed(seed: int, asked: argparse.Namespace) -> Lived:
    """Live one seed, with a fault of the product if one is named, and shrink what breaks a promise.

    In every second seed the improvement programme is lived too, and every report is counted a second time.
    """
    # A council that cannot be read is logged with each run; the story says it.
    logging.disable(logging.ERROR)
    quick_databases.quicken()
    # What was imported stays: the collector need not look at it after every letter.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    begun = monotonic()
    with_programme = asked.programme or (asked.fault is None and seed % 2 == 1)
    with faults.planted(asked.fault):
        outcome = live(write(seed, with_programme=with_programme))
        story = tale(shrink(outcome, seconds=asked.shrinking)) if outcome.broken else ""
    return Lived(seed, outcome.letters, outcome.answers, monotonic() - begun, story)


if __name__ == "__main__":
    sys.exit(main())
