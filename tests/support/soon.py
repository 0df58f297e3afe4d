"""Waiting for what another process or thread does, as short as may be."""

import time
from collections.abc import Callable


def soon(holds: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether it comes to hold within so many seconds; not asked again once it does."""
    until = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < until:
        time.sleep(0.05)
    return held
