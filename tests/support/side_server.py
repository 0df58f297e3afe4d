"""Serve beside a test, on a port that the system gives: what the stand-ins of mail servers and providers share."""

from functools import cached_property
from socketserver import BaseServer
from threading import Event, Thread
from typing import Any, Self


class SideServer(BaseServer):
    """Serve in a thread while the context lasts. `closing` is set at its end, for whoever hangs until then."""

    hung = False
    """Whether a client came so far that it was left waiting."""
    server_address: Any
    daemon_threads = True
    allow_reuse_address = True

    @cached_property
    def closing(self) -> Event:
        return Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def hangs(self, seconds: float) -> bool:
        """Leave a client waiting; tell whether the end came meanwhile."""
        self.hung = True
        return self.closing.wait(seconds)

    def __enter__(self) -> Self:
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent: a client that hangs up in the middle is what many of the tests are about."""
