"""Give ports on loopback that no other process of tests is given.

The system gives whoever asks for any port one of the same fourteen thousand. Between the moment at which a test is told
a free one and the moment at which its server listens there, another worker got the same in one of a hundred builds.
So each process has a range of its own, below the ports that the system gives to whoever asks for any.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import TextIO

from tasks.processes.prefect_server import refusal

_RANGES = range(20_000, 32_000, 300)
_locks: list[TextIO] = []
_kept: set[int] = set()


def free_port() -> int:
    """Give a port that nothing listens on now, and another one at each of the next calls."""
    return next(port for port in _ours(os.getpid()) if port not in _kept and not refusal(port))


def kept_port() -> int:
    """Give a port that no later call gives again, for what listens on it time and again."""
    port = free_port()
    _kept.add(port)
    return port


@cache
def _ours(_process: int) -> Iterator[int]:
    """Give the ports of a range that this process alone has as long as it lives; a fork has another one."""
    folder = Path(tempfile.gettempdir()) / f"daymark-ports-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    first = next(first for first in _RANGES if _locked(folder / str(first)))
    return cycle(range(first, first + _RANGES.step))


def _locked(file: Path) -> bool:
    lock = file.open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return False
    _locks.append(lock)
    return True
