"""Serve a draft for the lead member, behind the link of the director's own list: GET shows it, POST settles it."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tasks import clock
from timeline.director.briefings import BriefingState
from timeline.letters.page_views import AnswerRefused, DeadLink
from web.forms import fields
from web.http import body_of, token_of
from web.interfaces import OfficerPages
from web.pages import Pages, gone

_CHOICES = {"release": BriefingState.RELEASED, "discard": BriefingState.DISCARDED}


@dataclass(frozen=True)
class Briefings:
    """Serve the pages at `/mine/{token}/briefing/{ref}`."""

    door: OfficerPages
    pages: Pages

    def route(self) -> Route:
        return Route("/mine/{token}/briefing/{ref:path}", self.visit, methods=["GET", "POST"])

    async def visit(self, request: Request) -> Response:
        token, ref = token_of(request), str(request.path_params["ref"])
        typed = fields(await body_of(request) or b"") if request.method == "POST" else {}
        return await run_in_threadpool(self._answer, token, ref, request.method, typed)

    def _answer(self, token: str, ref: str, method: str, typed: dict[str, str]) -> Response:
        if method != "POST":
            return self._show(token, ref)
        choice = _CHOICES.get(typed.get("choice", ""))
        if choice is None:
            return self._show(token, ref, self.pages.t("briefing.fault"))
        try:
            recorded = self.door.settle_briefing(token, ref, choice, typed.get("seen", ""), at=clock.now())
        except AnswerRefused as refused:
            return self._show(token, ref, str(refused))
        if isinstance(recorded, DeadLink):
            return gone(self.pages, recorded)
        return self.pages.notice(200, recorded.heading, *recorded.sentences, self.pages.t("briefing.close"))

    def _show(self, token: str, ref: str, fault: str = "") -> Response:
        try:
            view = self.door.open_briefing(token, ref, at=clock.now())
        except AnswerRefused as refused:
            return self.pages.notice(409 if fault else 404, self.pages.t("briefing.title"), fault or str(refused))
        if isinstance(view, DeadLink):
            return gone(self.pages, view)
        return self.pages.show("briefing", status=422 if fault else 200, view=view, token=token, fault=fault)
