"""The lines that stay open between mails, by route. A line belongs to one thread from taking to keeping."""

import atexit
import os
from threading import Lock
from time import monotonic

from tasks.channels.connection import Connection
from tasks.channels.mime import Mail
from tasks.channels.receipt import Outcome, Receipt, Stage
from tasks.channels.route import Route
from tasks.channels.wire import Deadline

_IDLE_SECONDS = 30  # relays hang up after one to five minutes, firewalls forget even sooner

# By process too: after a fork, two writers on one line would mix two people's mails.
_idle: dict[tuple[int, Route], list[tuple[float, Connection]]] = {}
_lock = Lock()


def deliver(route: Route, mail: Mail, content: bytes, deadline: Deadline) -> Receipt:
    """Hand one mail over, on a kept line if there is one, and keep the line if it is still good."""
    line = _take(route)
    if line is not None:
        receipt = _deliver_on(line, mail, content, deadline)
        if not _turned_away(receipt):
            return receipt
    return _deliver_on(Connection(route), mail, content, deadline)


def close_connections() -> None:
    """Say goodbye on every idle line of this process. The next send opens a new one."""
    with _lock:
        ours = [key for key in _idle if key[0] == os.getpid()]
        lines = [line for key in ours for _, line in _idle.pop(key)]
    for line in lines:
        line.hang_up()


atexit.register(close_connections)


def _deliver_on(line: Connection, mail: Mail, content: bytes, deadline: Deadline) -> Receipt:
    receipt = line.deliver(mail, content, deadline)
    if line.sock is not None:
        with _lock:
            _idle.setdefault((os.getpid(), line.route), []).append((monotonic(), line))
    return receipt


def _turned_away(receipt: Receipt) -> bool:
    # The line had been closed, or carries no more mails: nothing of this one was sent, so a new line is safe.
    return receipt.outcome is Outcome.UNREACHABLE or (receipt.stage is Stage.FROM and receipt.retryable)


def _take(route: Route) -> Connection | None:
    with _lock:
        waiting = _idle.pop((os.getpid(), route), [])
        oldest = monotonic() - _IDLE_SECONDS
        too_old = [line for since, line in waiting if since < oldest]
        fresh = waiting[len(too_old) :]  # the last one used is the last in the list
        taken = fresh.pop()[1] if fresh else None
        _idle[os.getpid(), route] = fresh
    for line in too_old:
        line.close()
    return taken
