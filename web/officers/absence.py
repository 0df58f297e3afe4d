"""Take the last day of an absence from its person, on the list of their own tasks."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tasks import clock
from tasks.changes.record import Refused
from timeline.letters.page_views import DeadLink
from web.forms import day_of, fields
from web.http import body_of, token_of
from web.interfaces import OfficerPages
from web.officers.my_tasks import show_list
from web.pages import Pages, gone


@dataclass(frozen=True)
class OwnAbsences:
    """Serve the form at `/mine/{token}/absence`: whoever has no token of this person reaches no absence of theirs."""

    door: OfficerPages
    pages: Pages

    def route(self) -> Route:
        return Route("/mine/{token}/absence", self.end, methods=["POST"])

    async def end(self, request: Request) -> Response:
        token, typed = token_of(request), fields(await body_of(request) or b"")
        return await run_in_threadpool(self._end, token, typed)

    def _end(self, token: str, typed: dict[str, str]) -> Response:
        last_on, is_back, at = day_of(typed), typed.get("do") == "back", clock.now()
        if last_on is None and not is_back:
            return self._again(token, typed, self.pages.t("away.fault"))
        try:
            dead = self.door.end_absence(token, typed.get("named", ""), None if is_back else last_on, at=at)
        except Refused as refused:
            return self._again(token, typed, str(refused))
        if dead:
            return gone(self.pages, dead)
        # A reload of the page shows the list again and sends nothing.
        return RedirectResponse(f"{self.pages.root}/mine/{token}?said=yes", status_code=303)

    def _again(self, token: str, typed: dict[str, str], fault: str) -> Response:
        view = self.door.open_tasks(token, at=clock.now())
        if isinstance(view, DeadLink):
            return gone(self.pages, view)
        named = [each.named for each in view.away]
        place = named.index(typed.get("named", "")) + 1 if typed.get("named") in named else 0
        return show_list(self.pages, view, token, fault=fault, at_fault=place, typed=typed)
