"""Serve the timeline: the picture and the list beside it, with filters in the address, and both to download."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from config.rendering.picture_svg import svg
from config.rendering.task_csv import task_csv
from tasks import clock
from timeline.picture.layout import lay_out
from timeline.picture.paper import WIDE
from timeline.steering.filters import EVERYTHING
from timeline.steering.narrowing import Asked, NotOffered
from timeline.steering.timeline_sheet import TimelineSheet
from web.administrators.identity import known_administrator
from web.administrators.navigation import council_of
from web.interfaces import Councils, Steering
from web.pages import Pages
from web.pictures import drawn

_NAMES = ("duty", "post", "rag", "until", "class")


@dataclass(frozen=True)
class Timelines:
    """Serve the page at `/timeline`, and its files."""

    steering: Steering
    councils: Councils
    pages: Pages

    def routes(self) -> list[Route]:
        return [
            Route("/timeline", self.show),
            Route("/timeline.csv", self.csv),
            Route("/timeline.svg", self.svg),
        ]

    async def show(self, request: Request) -> Response:
        known_administrator(request, self.pages.settings)
        return await run_in_threadpool(self._show, request)

    async def csv(self, request: Request) -> Response:
        known_administrator(request, self.pages.settings)
        return await run_in_threadpool(self._file, request, "csv")

    async def svg(self, request: Request) -> Response:
        known_administrator(request, self.pages.settings)
        return await run_in_threadpool(self._file, request, "svg")

    def _show(self, request: Request) -> Response:
        council, typed = council_of(request, self.councils.names()), _typed(request)
        offered = self.steering.filters(council, typed)
        context: dict[str, Any] = {
            "filters": offered,
            "typed": typed,
            "council": council,
            "query": _query(request),
            "all_query": _query(request, until=EVERYTHING),
        }
        fault_at = "#duty"
        try:
            sheet = self.steering.timeline(council, typed, at=clock.now())
            fault_at = f"{self.pages.root}/timeline{context['query']}#list"
            page = sheet.page(request.query_params.get("page", "").strip())
        except NotOffered as fault:
            context |= {"fault": str(fault), "fault_at": fault_at, "sheet": None, "picture": None}
            return self.pages.show("timeline", status=422, **context)
        # Whoever turns the page reads the list.
        picture = drawn([sheet.picture])[0] if page.number == 1 else None
        context |= {"sheet": sheet, "page": page, "listed": sheet.listed(page), "picture": picture}
        return self.pages.show("timeline", names=sheet, fault="", **context)

    def _file(self, request: Request, kind: str) -> Response:
        try:
            sheet = self.steering.timeline(council_of(request, self.councils.names()), _typed(request), at=clock.now())
        except NotOffered as fault:
            return self.pages.notice(422, self.pages.t("timeline.problem"), str(fault))
        return _csv(sheet) if kind == "csv" else _svg(sheet)


def _csv(sheet: TimelineSheet) -> Response:
    # The mark at the beginning says to a spreadsheet that it is UTF-8.
    content = f"\ufeff{task_csv(sheet.lines)}"
    return _download(content, "text/csv; charset=utf-8", f"timeline-{sheet.on}.csv")


def _svg(sheet: TimelineSheet) -> Response:
    return _download(svg(lay_out(sheet.picture, WIDE)), "image/svg+xml", f"timeline-{sheet.on}.svg")


def _download(content: str, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _typed(request: Request) -> Asked:
    duty, post, rag, until, duty_class = (request.query_params.get(name, "").strip() for name in _NAMES)
    everything = until == EVERYTHING
    return Asked(duty, post, rag, "" if everything else until, duty_class, all_=everything)


def _query(request: Request, **other: str) -> str:
    """Keep the filters and the council in the addresses of the files, and of the list with `other` filters."""
    typed = {name: request.query_params.get(name, "") for name in ("council", *_NAMES)}
    given = {name: text for name, text in (typed | other).items() if text}
    return f"?{urlencode(given)}" if given else ""
