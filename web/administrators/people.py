"""Serve the page of people: posts, who is away, who cannot be reached, and what is open for each."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tasks import clock
from web.administrators.identity import known_administrator
from web.administrators.navigation import council_of
from web.interfaces import Councils, Steering
from web.pages import Pages


@dataclass(frozen=True)
class People:
    """Serve the page at `/people`."""

    steering: Steering
    councils: Councils
    pages: Pages

    def route(self) -> Route:
        return Route("/people", self.visit)

    async def visit(self, request: Request) -> Response:
        known_administrator(request, self.pages.settings)
        return await run_in_threadpool(self._show, request)

    def _show(self, request: Request) -> Response:
        sheet = self.steering.people(council_of(request, self.councils.names()), at=clock.now())
        return self.pages.show("people", names=sheet, sheet=sheet)
