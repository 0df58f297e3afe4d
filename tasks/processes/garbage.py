"""Collect a process's garbage in a thread of its own, so that its event loop never waits for a database.

Python collects wherever memory is asked for: mostly in the event loop. What it lets go may be a cursor of an SQLite
connection that another thread uses at that moment. To let it go means to wait for that thread; that thread may wait
for the lock of a third connection; and the third is told what to do by the loop, which waits. A Prefect server stood
still so for a minute, until SQLite gave up (seen twice in a replay of five months). A thread of its own can wait.
"""

import gc
from itertools import count
from threading import Thread
from time import sleep

_EVERY_SECONDS = 1.0
# Every so many turns all is looked through; between, only what is young.
_ALL_EVERY = 30


def collect_in_a_thread(every_seconds: float = _EVERY_SECONDS) -> None:
    """Collect no garbage where memory is asked for any more, but every `every_seconds` in a thread of its own."""
    gc.disable()
    Thread(target=_collect, args=(every_seconds,), name="garbage", daemon=True).start()


def _collect(every_seconds: float) -> None:
    for turn in count(1):
        sleep(every_seconds)
        gc.collect(1 if turn % _ALL_EVERY else 2)
        if turn == _ALL_EVERY:
            # What has lived so long is the program itself: it need not be looked through again.
            gc.freeze()
