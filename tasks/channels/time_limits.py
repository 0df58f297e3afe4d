"""Set a time limit on work that cannot be interrupted: a socket's time-out begins again with every byte that
drips in.
"""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def run_with_timeout(seconds: float, work: Callable[[], T]) -> T:
    """Give or raise what `work` does if it ends in time. Raises TimeoutError if not, and leaves it running.

    Its thread is a daemon: a server that never answers does not keep the process from ending.
    """
    ended: Future[T] = Future()
    Thread(target=_run, args=(work, ended), name="left to itself after its time", daemon=True).start()
    return ended.result(seconds)


def _run(work: Callable[[], T], ended: "Future[T]") -> None:
    try:
        ended.set_result(work())
    except BaseException as trouble:
        ended.set_exception(trouble)
