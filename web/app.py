"""Serve the officers' pages, put together."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from tasks.proposals.councils import CouncilRuns
from tasks.reports.offered import ReportsMade
from web.administrators.absences import AbsencePages
from web.administrators.assurance import Assurance
from web.administrators.changes.pages import ChangePages
from web.administrators.councils import CouncilList
from web.administrators.home import Home
from web.administrators.mailbox import Mailbox
from web.administrators.naming import House, Naming
from web.administrators.narrowing import Admits, Narrowing, everybody
from web.administrators.navigation import Guiding
from web.administrators.people import People
from web.administrators.programme import ProgrammePages
from web.administrators.quiet import Announcing
from web.administrators.reports import ReportPages
from web.administrators.review import Review
from web.administrators.task import TaskPages
from web.administrators.timeline import Timelines
from web.http import Shield, hide_tokens, shield
from web.interfaces import (
    AbsencesKnown,
    Assurances,
    Boards,
    Councils,
    OfficerPages,
    Programmes,
    Quiets,
    Reviews,
    Standings,
    Steering,
)
from web.machines.calendar import CalendarFeed, Feeds
from web.machines.teams import Messages, TeamsDoor
from web.officers.absence import OwnAbsences
from web.officers.board import BoardPages
from web.officers.briefing import Briefings
from web.officers.links import Links
from web.officers.my_tasks import Mine
from web.officers.own_actions import OwnActions
from web.pages import Pages, PageSettings
from web.stylesheet import STATIC

# What body_of raises; every other refusal gets the page of an unknown address.
_TOO_SLOW = 408
_LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]


def create_app(
    door: OfficerPages,
    settings: PageSettings,
    reviews: Reviews | None = None,
    teams: TeamsDoor | None = None,
    callbacks: Sequence[BaseRoute] = (),
    feeds: Feeds | None = None,
    assurances: Assurances | None = None,
    quiets: Quiets | None = None,
    health: Callable[[], str] | None = None,
    absences: AbsencesKnown | None = None,
    councils: Councils | None = None,
    steering: Steering | None = None,
    boards: Boards | None = None,
    runs: CouncilRuns | None = None,
    reports: ReportsMade | None = None,
    programmes: Programmes | None = None,
    standings: Standings | None = None,
    admits: Admits = everybody,
    house: House | None = None,
) -> Starlette:
    """Build the application; only the host of `base_url`, those of councils and this machine's names are answered.

    `health` gives the trouble of the memory in a word, or nothing. `callbacks` are routes of services that speak to us.
    """
    pages = Pages(settings)
    routes: list[BaseRoute] = [
        Route("/", Home(pages, reviews, assurances, absences, steering, councils).show),
        *_officers(door, pages),
        *(Review(reviews, pages).routes() if reviews else []),
        *(Assurance(assurances, pages).routes() if assurances else []),
        *([AbsencePages(absences, pages).route()] if absences else []),
        *(ChangePages(runs, pages).routes() if runs else []),
        *(_steering(steering, programmes, reports, councils, pages) if councils else []),
        *_of_all(standings, pages),
        *([BoardPages(boards, pages).route()] if boards else []),
        *_machines(teams, feeds, callbacks, health, pages),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    return _application(routes, pages, quiets, councils, admits, house)


def _of_all(standings: Standings | None, pages: Pages) -> Iterator[BaseRoute]:
    """Give the pages of those who may see all councils: caught mails, where they are caught, and the list."""
    if pages.settings.mail_folder:
        yield from Mailbox(pages.settings.mail_folder, pages).routes()
    if standings:
        yield CouncilList(standings, pages).route()


def _steering(
    steering: Steering | None,
    programmes: Programmes | None,
    reports: ReportsMade | None,
    councils: Councils,
    pages: Pages,
) -> Iterator[BaseRoute]:
    if steering:
        yield from Timelines(steering, councils, pages).routes()
        yield TaskPages(steering, councils, pages).route()
        yield People(steering, councils, pages).route()
    if programmes:
        yield from ProgrammePages(programmes, councils, pages).routes()
    if reports:
        yield from ReportPages(reports, councils, pages).routes()


def _machines(
    teams: TeamsDoor | None,
    feeds: Feeds | None,
    callbacks: Sequence[BaseRoute],
    health: Callable[[], str] | None,
    pages: Pages,
) -> Iterator[BaseRoute]:
    yield Route("/health", _Health(health).show)
    if teams:
        yield Route("/teams/messages", Messages(teams).post, methods=["POST"])
    if feeds:
        yield CalendarFeed(feeds, pages).route()
    yield from callbacks


def _application(
    routes: Sequence[BaseRoute],
    pages: Pages,
    quiets: Quiets | None,
    councils: Councils | None,
    admits: Admits,
    house: House | None,
) -> Starlette:
    hide_tokens()
    served = frozenset(route.path for route in routes if isinstance(route, Route))
    return Starlette(
        routes=routes,
        middleware=[
            *_middleware(pages.settings, quiets, admits, house),
            Middleware(Guiding, settings=pages.settings, served=served, councils=councils),
        ],
        exception_handlers={HTTPException: _refused(pages), ClientDisconnect: _left, Exception: _broken(pages)},
    )


def _middleware(
    settings: PageSettings, quiets: Quiets | None, admits: Admits, house: House | None
) -> Iterator[Middleware]:
    yield Middleware(Shield)
    allowed = [urlsplit(settings.base_url).hostname or "localhost", *settings.own_hosts, *_LOOPBACK]
    yield Middleware(TrustedHostMiddleware, allowed_hosts=allowed, www_redirect=False)
    if house:
        yield Middleware(Naming, house=house)
    yield Middleware(Narrowing, admits=admits, settings=settings)
    if quiets:
        yield Middleware(Announcing, quiets=quiets, settings=settings)


def _officers(officer_pages: OfficerPages, pages: Pages) -> list[BaseRoute]:
    links, mine = Links(officer_pages, pages), Mine(officer_pages, pages)
    return [
        Route("/r/{token}", links.visit, methods=["GET", "POST"]),
        Route("/r/{token}/mine", mine.ask, methods=["POST"]),
        Route("/mine", mine.begin, methods=["GET", "POST"]),
        Route("/mine/{token}", mine.show),
        OwnAbsences(officer_pages, pages).route(),
        OwnActions(officer_pages, pages).route(),
        Briefings(officer_pages, pages).route(),
    ]


@dataclass(frozen=True)
class _Health:
    trouble: Callable[[], str] | None

    async def show(self, _request: Request) -> Response:
        """Answer 503 with the reason in a word when an answer given now could not be kept."""
        trouble = await run_in_threadpool(self.trouble) if self.trouble else ""
        return JSONResponse({"status": trouble or "ok"}, status_code=503 if trouble else 200)


def _refused(pages: Pages) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def page(_request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 400
        headers = error.headers if isinstance(error, HTTPException) else None
        t = pages.t
        if status == _TOO_SLOW:
            told = t("notice.too_slow"), t("notice.too_slow_body")
        else:
            told = t("notice.not_found"), t("notice.not_found_body")
        response = await run_in_threadpool(pages.notice, status, *told)
        response.headers.update(headers or {})
        return response

    return page


async def _left(_request: Request, _error: Exception) -> Response:
    """End a request whose client went away in its middle: it is no error, and nobody reads the answer."""
    return Response(status_code=400)


def _broken(pages: Pages) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def page(_request: Request, _error: Exception) -> Response:
        t = pages.t
        response = await run_in_threadpool(pages.notice, 500, t("notice.broken"), t("notice.broken_body"))
        # Starlette answers a crash outside all middleware.
        shield(response.headers)
        return response

    return page
