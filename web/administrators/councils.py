"""Serve the list of all councils to who may see all of them; for everybody else there is no such page."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tasks import clock
from timeline.window.standing import headline
from web.administrators.identity import known_overseer
from web.interfaces import Standings
from web.pages import Pages


@dataclass(frozen=True)
class CouncilList:
    """Serve `/councils`."""

    standings: Standings
    pages: Pages

    def route(self) -> Route:
        return Route("/councils", self.show)

    async def show(self, request: Request) -> Response:
        known_overseer(request, self.pages.settings)
        standings = await run_in_threadpool(self.standings.all, at=clock.now())
        return self.pages.show("councils", standings=standings, headline=headline(standings))
