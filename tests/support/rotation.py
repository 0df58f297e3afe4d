"""Tell which cases of a large family a build asks: a part, another one with each commit; `make test-long` asks all.

The commit decides, so that a build that broke breaks again until the commit is mended. `DAYMARK_TEST_COMMIT=1a2b…`
asks the part of another commit, `DAYMARK_TEST_LONG=1` all.

| family | in the build | in `make test-long` |
| --- | --- | --- |
| cases that Hypothesis draws | 2 tenths of the number a law names | 4 times that number; the build's come first |
| steps at which a morning is killed, SQLite | every 16th, of every second commit | all |
| the same on PostgreSQL | every 28th, of the commits between | every 7th |
| tests of the memory on PostgreSQL, beside SQLite | every second | all |
| councils judged in 2013 to 2025 | every 11th, and Medway | all 22 |
| years of invented councils | 1 of 60 | all |
| days of publication in three years | every 150th | all |
| fortnights without Daymark | 1 of 4 | all |
| mishaps without a false alarm | 13 days, in trial or live | a month of both |
| planted faults, found and then not | every 20th | all |
| events of a chain whose pages are joined | 2,100 | 20,100 |
| rules that never come | 2 of 3 | all |
| two months of a programme, its reports counted twice | 1 of 4 | all |
| first months of a seed | 1 of 2, beside those of `.ci/run` | all |
| days replayed by the installed command | 4 | 7, and all once more |
| Prefect's migrations at a first start of `daymark up` | copied, made once in the run | made |
| an administrator's walk through Prefect's pages | of every second commit | asked |
| hours of a first start | 2 or 3 of 5, one of them through Prefect | all |
| flows on a bank holiday, and those beside a council that cannot be read | every 3rd, `notify` always | all |
| flows run a second time, through Prefect | every 2nd, the others without it | all |
| kinds of change and their undo | every 5th, and a move | all |
| who answer, press or look at once | 20, twice the connections that a pool keeps | 50 |
| a period replayed by the installed command | of every fourth commit | asked |
| `daymark up` killed, its parts too, and started again | of every fourth commit | asked |
| pages served by several processes, one of which is killed | of every fourth commit | asked |
| several machines, two of whose processes are killed | a morning, of every fourth commit | a week |
| seeds of the simulation | 8, by `.ci/run` | 100 |

The parts are as large as ten minutes for all tests allow: each case is asked by some commit, and all of them at night.
"""

import hashlib
import os
import subprocess
import zlib
from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
COMMIT = "DAYMARK_TEST_COMMIT"
LONG = os.environ.get("DAYMARK_TEST_LONG", "") not in ("", "0")
"""Whether this run asks everything at full size."""
CROWD = 50 if LONG else 20
"""How many press, answer or look at once where that many must be as one: twice the connections that a pool keeps."""


def remember_commit() -> str:
    """Name the commit in the environment, so that every worker of a run takes the same part."""
    # Asked for once: git takes 3 ms, and a collection asks for each test.
    if COMMIT not in os.environ:
        os.environ[COMMIT] = _head() or _digest_of_source()
    return os.environ[COMMIT]


def offset(parts: int) -> int:
    """Give the part of this commit, from 0 on."""
    return int.from_bytes(hashlib.sha256(remember_commit().encode()).digest()[:8]) % parts


def part(cases: Iterable[T], *, one_in: int, always: Container[T] = ()) -> list[T]:
    """Give every so many-th of these cases, beginning where the commit says, and those that are always asked; all of
    them in a long run.
    """
    chosen = offset(one_in)
    return [case for place, case in enumerate(cases) if LONG or place % one_in == chosen or case in always]


def in_turn(story: str, among: Sequence[str], why: str) -> pytest.MarkDecorator:
    """Ask one story of these in a build, the one that the commit says, and all in a long run. `why` tells why it is
    slow.
    """
    if story in part(among, one_in=len(among)):
        return pytest.mark.slow(why)
    return pytest.mark.long(f"this commit asks another of {', '.join(among)}")


def is_chosen(name: str, *, one_in: int) -> bool:
    """Tell whether this case is among those of this commit, by its name alone: whatever else is asked."""
    return LONG or zlib.crc32(name.encode()) % one_in == offset(one_in)


def _head() -> str:
    try:
        asked = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return asked.stdout.strip()


def _digest_of_source() -> str:
    """Serve where there is no git: it changes with the source too."""
    digest = hashlib.sha256()
    for file in sorted((ROOT / "timeline").rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
