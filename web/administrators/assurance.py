"""Serve the assurance page, for administrators only, and the address that Prefect calls when none has run."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tasks import clock
from web.administrators.identity import known_administrator
from web.http import token_of
from web.interfaces import Assurances
from web.pages import Pages


@dataclass(frozen=True)
class Assurance:
    """Serve the pages under `/assurance`."""

    assurances: Assurances
    pages: Pages

    def routes(self) -> list[Route]:
        return [
            Route("/assurance", self.show),
            Route("/assurance/silent/{token}", self.silent, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        known_administrator(request, self.pages.settings)
        views = await run_in_threadpool(self.assurances.views, at=clock.now())
        return self.pages.show("assurance", views=views)

    async def silent(self, request: Request) -> Response:
        """Answer Prefect, which has no login: the address is the secret, and the body is not read."""
        if not await run_in_threadpool(self.assurances.tell_of_silence, token_of(request), at=clock.now()):
            raise HTTPException(404)
        return Response(status_code=204)
