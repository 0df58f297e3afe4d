"""Serve the page of reports: choose a report, and download it in Word or as PDF; a GET stores and sends nothing."""

from dataclasses import dataclass
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tasks import clock
from tasks.reports.make import Asked, NoReport
from tasks.reports.offered import ReportsMade
from tasks.reports.printed import FORMATS, printed
from timeline.calendar.london import london_date
from timeline.rules import RuleError, read_date
from web.administrators.identity import known_administrator
from web.administrators.navigation import council_of
from web.interfaces import Councils
from web.pages import Pages

_NAMES = ("kind", "area", "as_at", "format")


@dataclass(frozen=True)
class ReportPages:
    """Serve the page at `/reports`, and the files below it."""

    reports: ReportsMade
    councils: Councils
    pages: Pages

    def routes(self) -> list[Route]:
        return [Route("/reports", self.show), Route("/reports/file", self.file)]

    async def show(self, request: Request) -> Response:
        known_administrator(request, self.pages.settings)
        return await run_in_threadpool(self._show, request)

    async def file(self, request: Request) -> Response:
        known_administrator(request, self.pages.settings)
        return await run_in_threadpool(self._file, request)

    def _show(self, request: Request, fault: str = "") -> Response:
        council = council_of(request, self.councils.names())
        offered = self.reports.offered(council)
        typed = {name: request.query_params.get(name, "").strip()[:60] for name in _NAMES}
        typed["as_at"] = typed["as_at"] or london_date(clock.now()).isoformat()
        status = 422 if fault else 200
        return self.pages.show(
            "reports", names=offered, status=status, offered=offered, typed=typed, fault=fault, council=council
        )

    def _file(self, request: Request) -> Response:
        council, asked = council_of(request, self.councils.names()), request.query_params
        suffix = f".{asked.get('format', 'docx')}"
        try:
            if suffix not in FORMATS:
                raise NoReport(f"There is no format “{suffix[1:]}”; expected docx or pdf.")
            on = _day(asked.get("as_at", "").strip())
            which = Asked(kind=asked.get("kind", ""), as_at=on, area=asked.get("area", ""))
            content = printed(self.reports.make(council, which, at=clock.now()), suffix)
        except (NoReport, RuleError) as refused:
            return self._show(request, str(refused))
        name = "-".join(filter(None, (council, which.kind, which.area, f"{on}{suffix}")))
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type=FORMATS[suffix], headers=headers)


def _day(typed: str) -> date:
    return read_date(typed) if typed else london_date(clock.now())
