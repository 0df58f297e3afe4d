"""Wait for what another process or thread does, as short as may be."""

import time
from collections.abc import Callable


def soon(holds: Callable[[], bool], seconds: float = 120) -> bool:
    """Tell whether it comes to hold within so many seconds; not asked again once it does.

    Asked less and less often: to ask twenty times a second takes a third of the processor from what is waited for.
    """
    until, pause = time.monotonic() + seconds, 0.02
    while not (held := holds()) and time.monotonic() < until:
        time.sleep(pause)
        pause = min(pause * 1.3, 0.5)
    return held
