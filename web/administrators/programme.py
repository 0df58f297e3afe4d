"""Serve the pages of the improvement programme: its lists, and each record with its history."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tasks import clock
from tasks.council.programme import NoProgramme
from timeline.programme.as_known import NotPublished
from timeline.steering.record_lists import LISTS, Narrowing
from timeline.steering.records import PAGES
from web.administrators.identity import known_administrator
from web.administrators.navigation import council_of
from web.interfaces import Councils, Programmes
from web.pages import Pages
from web.pictures import line_drawn, risks_drawn

_KINDS = {page: kind for kind, page in PAGES.items() if kind != "areas"}
Show = Callable[[Request, str, str], Response]


@dataclass(frozen=True)
class ProgrammePages:
    """Serve `/plan`, `/risks`, `/measures`, `/boards`, `/training` and `/evidence`, and the records below them."""

    programmes: Programmes
    councils: Councils
    pages: Pages

    def routes(self) -> list[Route]:
        lists = [Route(f"/{page}", self.list) for page in LISTS]
        return [*lists, *(Route(f"/{page}/{{key}}", self.record) for page in LISTS if page != "training")]

    async def list(self, request: Request) -> Response:
        known_administrator(request, self.pages.settings)
        return await run_in_threadpool(self._shown, request, self._list)

    async def record(self, request: Request) -> Response:
        known_administrator(request, self.pages.settings)
        return await run_in_threadpool(self._shown, request, self._record)

    def _shown(self, request: Request, show: Show) -> Response:
        council, t = council_of(request, self.councils.names()), self.pages.t
        page = request.url.path.strip("/").partition("/")[0]
        try:
            return show(request, council, page)
        except NoProgramme:
            return self.pages.notice(404, t("records.none"), t("records.none_body"))
        except NotPublished as early:
            return self.pages.notice(403, t("records.early"), str(early))

    def _list(self, request: Request, council: str, page: str) -> Response:
        asked = Narrowing(*(request.query_params.get(name, "") for name in Narrowing._fields))
        sheet = self.programmes.records(council, page, asked, at=clock.now())
        matrix = risks_drawn(sheet.matrix)
        shown = {"sheet": sheet, "asked": asked, "council": council, "matrix": matrix, "draw": line_drawn}
        return self.pages.show("records", names=sheet, view=None, status=200, **shown)

    def _record(self, request: Request, council: str, page: str) -> Response:
        record = f"{_KINDS[page]}.{request.path_params['key']}"
        sheet = self.programmes.record(council, record, at=clock.now())
        if sheet is None:
            raise HTTPException(404)
        return self.pages.show("record", names=sheet, sheet=sheet, draw=line_drawn)
