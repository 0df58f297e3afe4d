"""Say first, on every page, what is stopped or paused; to others than administrators only that no mail leaves."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from tasks import clock
from web.administrators.identity import administrator
from web.administrators.navigation import is_theirs
from web.interfaces import Quiets
from web.pages import QUIET, PageSettings

_READERS = ("/r/", "/mine", "/board/")
_OF_A_TASK = re.compile(r"/r/[^/]+")


@dataclass
class _Once:
    """Ask once, and never a second time what failed: the page that tells of the fault would fail as well."""

    ask: Callable[[], tuple[str, ...]]
    said: tuple[str, ...] | None = None

    def __call__(self) -> tuple[str, ...]:
        if self.said is None:
            self.said = ()
            self.said = self.ask()
        return self.said


@dataclass(frozen=True)
class Announcing:
    """Ask, as ASGI middleware, before a page is made, and leave machines and static files alone."""

    app: ASGIApp
    quiets: Quiets
    settings: PageSettings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        QUIET.set(tuple)
        if scope["type"] == "http" and (is_theirs(path) or path.startswith(_READERS)):
            asked = _Once(partial(self._said, Request(scope), path))
            # An answer is read with its task, and whether anything is stopped as well: nearly never is it asked here.
            if scope["method"] != "POST" or not _OF_A_TASK.fullmatch(path):
                await run_in_threadpool(asked)
            QUIET.set(asked)
        await self.app(scope, receive, send)

    def _said(self, request: Request, path: str) -> tuple[str, ...]:
        everything = is_theirs(path) and bool(administrator(request, self.settings))
        return (
            self.quiets.sentences(at=clock.now())
            if everything
            else self.quiets.brief(path.split("/")[2] if path.count("/") > 1 else "")
        )
