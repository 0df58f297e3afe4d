"""Keep connections within bounds: uvicorn has no time-out for a request that never ends, and none for idle clients."""

import asyncio
import resource
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0
"""How long the head of a request may take to come in; on a slow line it takes less than a second."""
# Before that the reader of a body (web/http.py) refuses it in a sentence; this ends what nobody reads.
_BODY_SECONDS = 35.0

# h11's names of a request whose head, or whose body, is not in yet.
_HEAD, _BODY = "IDLE", "SEND_BODY"


def most_connections() -> int:
    """Give how many connections are held at once: half of the files that this process may open, 500 at most."""
    return max(8, min(500, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2))


class BoundedProtocol(H11Protocol):
    """End a connection when the head of a request is not in after `seconds`, or its body after `body_seconds`.

    When there are more than `most`, whoever has been idle longest makes room, else whoever has waited longest with an
    unfinished request: neither idle connections nor half-open uploads must keep an officer's page out.
    """

    seconds: ClassVar[float] = HEAD_SECONDS
    body_seconds: ClassVar[float] = _BODY_SECONDS
    most: ClassVar[int] = most_connections()

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._deadline: asyncio.TimerHandle | None = None
        self._awaited = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn declares it
        super().connection_made(transport)
        self._wait(_HEAD)
        if len(self.connections) > self.most:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        state = str(self.conn.their_state)
        if state in (_HEAD, _BODY):
            self._wait(state)
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self, state: str) -> None:
        """Begin to wait for the head or the body; each further piece of it changes nothing."""
        if self._deadline is None or state != self._awaited:
            self._stop_waiting()
            seconds = self.seconds if state == _HEAD else self.body_seconds
            self._awaited, self._deadline = state, self.loop.call_later(seconds, self._end)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _end(self) -> None:
        self.transport.abort()

    def _make_room(self) -> None:
        held = [other for other in self.connections if isinstance(other, BoundedProtocol)]
        # Whoever waits between two requests loses nothing, and opens another connection when there is a third.
        idle = [(other.timeout_keep_alive_task.when(), other) for other in held if other.timeout_keep_alive_task]
        waiting = [(other._deadline.when(), other) for other in held if other._deadline is not None]
        _, longest = min(idle or waiting, key=lambda each: each[0])
        self.connections.discard(longest)
        longest._end()
