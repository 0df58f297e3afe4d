"""Serve the absences that are not over, and take the last day of each; for administrators only, never by a token."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tasks import clock
from tasks.changes.record import Refused
from timeline.letters.page_views import AwayView
from web.administrators.identity import from_our_own_page, known_administrator
from web.forms import day_of, fields
from web.http import body_of
from web.interfaces import AbsencesKnown
from web.pages import Pages


@dataclass(frozen=True)
class AbsencePages:
    """Serve the page at `/absences`."""

    absences: AbsencesKnown
    pages: Pages

    def route(self) -> Route:
        return Route("/absences", self.visit, methods=["GET", "POST"])

    async def visit(self, request: Request) -> Response:
        who, at = known_administrator(request, self.pages.settings), clock.now()
        if request.method != "POST":
            notice = self.pages.t("away.done") if request.query_params.get("said") == "yes" else ""
            return await run_in_threadpool(self._show, at, notice=notice)
        if not from_our_own_page(request, self.pages.settings):
            t = self.pages.t
            return self.pages.notice(403, t("notice.elsewhere"), t("notice.elsewhere_body"))
        typed = fields(await body_of(request) or b"")
        fault = await run_in_threadpool(self._end, typed, who, at)
        if fault:
            return await run_in_threadpool(self._show, at, fault=fault, typed=typed)
        # A reload of the page shows the list again and sends nothing.
        return RedirectResponse(f"{self.pages.root}/absences?said=yes", status_code=303)

    def _end(self, typed: Mapping[str, str], who: str, at: datetime) -> str:
        """State the last day that was typed; return the fault, if there is one."""
        last_on = day_of(typed)
        if typed.get("do") != "back" and last_on is None:
            return self.pages.t("away.fault")
        council, person, named = (typed.get(name, "") for name in ("council", "person", "named"))
        last_on = None if typed.get("do") == "back" else last_on
        try:
            self.absences.end(council, person, named, last_on, who=who, at=at)
        except Refused as refused:
            return str(refused)
        return ""

    def _show(
        self, at: datetime, *, notice: str = "", fault: str = "", typed: Mapping[str, str] | None = None
    ) -> Response:
        away, status = self.absences.views(at=at), 422 if fault else 200
        at_fault = place_of(away, typed) if typed else 0
        return self.pages.show(
            "absences", status=status, away=away, notice=notice, fault=fault, at_fault=at_fault, typed=typed or {}
        )


def place_of(away: Sequence[AwayView], typed: Mapping[str, str]) -> int:
    """Give the number of the form that was sent; 0 when it is no longer on the page."""
    sent = tuple(typed.get(name, "") for name in ("council", "person", "named"))
    forms = [(each.council, each.person, each.named) for each in away]
    return forms.index(sent) + 1 if sent in forms else 0
