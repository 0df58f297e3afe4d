"""Keep connections within bounds: uvicorn has no time-out for a request that never ends, and none for idle clients."""

import asyncio
import resource
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 10.0
"""How long a request may take to come in, head and body; a form on a slow line takes less than one."""


# h11's names of a request whose head, or whose body, is not in yet.
_UNFINISHED = ("IDLE", "SEND_BODY")


def most_connections() -> int:
    """Give how many connections are held at once: half of the files that this process may open, 500 at most."""
    return max(8, min(500, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2))


class BoundedProtocol(H11Protocol):
    """End a connection when a request is not in after `seconds`.

    When there are more than `most`, whoever has been idle longest makes room, else whoever has waited longest with an
    unfinished request: neither idle connections nor half-open uploads must keep an officer's page out.
    """

    seconds: ClassVar[float] = REQUEST_SECONDS
    most: ClassVar[int] = most_connections()

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn declares it
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > self.most:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if str(self.conn.their_state) in _UNFINISHED:
            self._wait()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._deadline = self._deadline or self.loop.call_later(self.seconds, self._end)

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
