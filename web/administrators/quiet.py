"""Say first, on every page, what is stopped or paused; to others than administrators only that no mail leaves."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from tasks import clock
from web.administrators.identity import administrator
from web.administrators.navigation import is_theirs
from web.interfaces import Quiets
from web.pages import QUIET, PageSettings

_READERS = ("/r/", "/mine", "/board/")


@dataclass(frozen=True)
class Announcing:
    """Ask, as ASGI middleware, before a page is made, and leave machines and static files alone."""

    app: ASGIApp
    quiets: Quiets
    settings: PageSettings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        QUIET.set(())
        if scope["type"] == "http" and (is_theirs(path) or path.startswith(_READERS)):
            QUIET.set(await run_in_threadpool(self._said, Request(scope), path))
        await self.app(scope, receive, send)

    def _said(self, request: Request, path: str) -> tuple[str, ...]:
        everything = is_theirs(path) and bool(administrator(request, self.settings))
        return (
            self.quiets.sentences(at=clock.now())
            if everything
            else self.quiets.brief(path.split("/")[2] if path.count("/") > 1 else "")
        )
