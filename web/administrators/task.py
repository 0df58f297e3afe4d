"""Serve the page of a task, or of an occurrence with its tasks, for administrators only."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tasks import clock
from tasks.steering.tasks import NoSuchTask
from timeline.steering.task_sheet import TaskSheet
from web.administrators.identity import known_administrator
from web.administrators.navigation import council_of
from web.interfaces import Councils, Steering
from web.pages import Pages


@dataclass(frozen=True)
class TaskPages:
    """Serve the pages at `/task/REF`."""

    steering: Steering
    councils: Councils
    pages: Pages

    def route(self) -> Route:
        return Route("/task/{ref:path}", self.visit)

    async def visit(self, request: Request) -> Response:
        known_administrator(request, self.pages.settings)
        return await run_in_threadpool(self._show, request)

    def _show(self, request: Request) -> Response:
        council, t = council_of(request, self.councils.names()), self.pages.t
        try:
            sheet = self.steering.task(council, str(request.path_params["ref"]), at=clock.now())
        except NoSuchTask as fault:
            return self.pages.notice(404, t("task_sheet.none"), str(fault))
        name = "task_sheet" if isinstance(sheet, TaskSheet) else "occurrence_sheet"
        return self.pages.show(name, names=sheet, sheet=sheet)
