"""Take no dead connection from the pool, without a ping before each transaction.

A connection to PostgreSQL that waits in the pool is silent. One whose server went away has something to read: its last
words, or the end. So a look at the socket, which costs no journey to the server, tells nearly all dead ones; a line
that a firewall dropped says nothing at all, and is asked when it has waited for long.
"""

import select
import time
from typing import Any

from sqlalchemy.exc import DisconnectionError

_LONG_SECONDS = 30.0
_USED = "daymark_used"


def refuse_dead_connection(connection: Any, record: Any, _proxy: object) -> None:
    """Refuse a pooled connection that is dead: the pool then makes another. Raise DisconnectionError."""
    last = record.info.get(_USED)
    record.info[_USED] = time.monotonic()
    if last is None:
        return
    waited = record.info[_USED] - last
    if (waited > _LONG_SECONDS or _has_spoken(connection)) and not _answers(connection):
        raise DisconnectionError


def _has_spoken(connection: Any) -> bool:
    try:
        waiting = select.poll()
        waiting.register(connection.fileno(), select.POLLIN)
        return bool(waiting.poll(0))
    except (OSError, ValueError, connection.OperationalError):
        return True


def _answers(connection: Any) -> bool:
    try:
        before, connection.autocommit = connection.autocommit, True
        connection.execute("SELECT 1")
        connection.autocommit = before
    except connection.Error:
        return False
    return True
