"""End in order when a signal asks for it."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# The parts have ten seconds to end in order. All else that is under way then (a deployment, Prefect's own farewell,
# which tries for a minute) is left.
_ENDS_WITHIN_SECONDS = 12.0


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Let a service's stop and a closed terminal end us in order, as Ctrl-C does."""

    def interrupt(*_: object) -> None:
        # Only once: a second signal while we stop would leave children behind.
        for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(asked, signal.SIG_IGN)
        _end_at_last()
        raise KeyboardInterrupt

    before = {asked: signal.signal(asked, interrupt) for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for asked, handler in before.items():
            signal.signal(asked, handler)


def _end_at_last() -> None:
    """Have this process end soon, whatever hinders it. Its children end by themselves once it is gone."""
    timer = threading.Timer(_ENDS_WITHIN_SECONDS, os._exit, [0])
    timer.daemon = True
    timer.start()
