"""Let pages of no single council bear the names that the house has now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from tasks import clock
from tasks.council.sight import only
from web.pages import NAMES, Names


class House(Names, Protocol):
    """Know the names over pages of no single council, and how old this knowledge is."""

    def is_old(self, *, at: datetime) -> bool: ...

    def read(self, *, at: datetime) -> None:
        """Read the names again."""
        ...


@dataclass(frozen=True)
class Naming:
    """Read the names again, as ASGI middleware, when they are old, whatever the request before could see."""

    app: ASGIApp
    house: House

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not str(scope.get("path", "")).startswith("/static"):
            at = clock.now()
            if self.house.is_old(at=at):
                with only(None):
                    await run_in_threadpool(self.house.read, at=at)
            NAMES.set(self.house)
        await self.app(scope, receive, send)
