"""Serve the absences that are not over; for administrators only, never by a token. Their ends are changes."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tasks import clock
from web.administrators.identity import known_administrator
from web.interfaces import AbsencesKnown
from web.pages import Pages


@dataclass(frozen=True)
class AbsencePages:
    """Serve the page at `/absences`."""

    absences: AbsencesKnown
    pages: Pages

    def route(self) -> Route:
        return Route("/absences", self.show)

    async def show(self, request: Request) -> Response:
        known_administrator(request, self.pages.settings)
        away = await run_in_threadpool(self.absences.views, at=clock.now())
        return self.pages.show("absences", away=away)
