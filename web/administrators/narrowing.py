"""Narrow what a page sees to the councils of its address and, for an administrator, to theirs, before all else."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from tasks.council.sight import only
from web.administrators.identity import EVERYTHING, MAY_SEE, administrator
from web.administrators.navigation import is_theirs
from web.pages import PageSettings

Admits = Callable[[str], frozenset[str] | None]
"""The councils that the person of a name may see, by key; None for all."""


def everybody(_who: str) -> frozenset[str] | None:
    """Let every administrator see all councils."""
    return EVERYTHING


@dataclass(frozen=True)
class Narrowing:
    """Ask, as ASGI middleware, who is there, and let all that the page reads see their councils alone.

    Whoever may see none is nobody here: each page of the administrators is the page of an unknown address.
    """

    app: ASGIApp
    admits: Admits
    settings: PageSettings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A server may hand the context of another request on this connection to this one: nothing of that counts here.
        MAY_SEE.set(EVERYTHING)
        seen = await self._seen(Request(scope)) if scope["type"] == "http" else EVERYTHING
        MAY_SEE.set(seen)
        with only(seen):
            await self.app(scope, receive, send)

    async def _seen(self, request: Request) -> frozenset[str] | None:
        here = self.settings.own_hosts.get(request.url.hostname or "", EVERYTHING)
        if not (self.settings.identity_header and is_theirs(str(request.scope["path"]))):
            return here
        if not (who := administrator(request, self.settings)):
            return here
        theirs = await run_in_threadpool(self.admits, who)
        return theirs if here is None else here if theirs is None else here & theirs
