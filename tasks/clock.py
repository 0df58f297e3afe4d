"""Read the clock, in the only place that may.

Everything that decides takes its instant as an argument; the edges ask here. Time cannot be borrowed: the store refuses
to write for an instant after this clock. A replay lives its own days, so it moves the clock of its own process; the
first run of `daymark up` works for an earlier instant.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path

from timeline.calendar.clock_jumps import MachineTime
from timeline.calendar.london import LONDON

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_worked_for: ContextVar[datetime | None] = ContextVar("worked_for", default=None)
_replayed: list[datetime] = []


def now() -> datetime:
    """Give the present instant, aware, in Europe/London; in a replay the instant that it lives."""
    if _replayed:
        return _replayed[-1]
    return _worked_for.get() or _real()


@contextmanager
def earlier(at: datetime) -> Iterator[None]:
    """Let what this task does work for an earlier instant, as the first run does; raise ValueError for a later one."""
    if at > _real():
        raise ValueError(f"Nothing works for an instant after the clock, such as {at.isoformat()}.")
    token = _worked_for.set(at)
    try:
        yield
    finally:
        _worked_for.reset(token)


@contextmanager
def replayed() -> Iterator[Callable[[datetime], None]]:
    """Give a function that moves the clock of this whole process, for a replay on a database of its own."""

    def move(at: datetime) -> None:
        _replayed[:] = [at]

    try:
        yield move
    finally:
        _replayed.clear()


def is_moved() -> bool:
    """Tell whether this is not the present: a replay, or the first run, which works for an earlier instant."""
    return bool(_replayed) or _worked_for.get() is not None


def machine_time() -> MachineTime | None:
    """Read the time since this machine started, which nobody can set; None where it is not known."""
    with suppress(OSError, AttributeError):
        return MachineTime(_BOOT.read_text().strip(), time.clock_gettime(time.CLOCK_BOOTTIME))
    return None


def _real() -> datetime:
    # A plain datetime: a copy of pendulum's own loses a zone that is not pendulum's, and would then be refused.
    return datetime.now(LONDON)  # noqa: TID251 (this file is the clock)
