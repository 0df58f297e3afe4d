"""Serve an action of the plan to its owner, behind the link of their own list, and take what they say of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from config.rendering.texts import Texts
from tasks import clock
from tasks.council.programme import UpdateRefused
from tasks.links.own_actions import NotTheirs
from timeline.answers.case_details import refusal
from timeline.letters.own_actions import SaidOfAction
from timeline.letters.page_views import DeadLink
from timeline.programme.actions import Progress, percent_of
from web.forms import LONGEST, cleaned, day_of, fields
from web.http import body_of, token_of
from web.interfaces import OfficerPages
from web.pages import Pages, gone

_DAY = ("expected-day", "expected-month", "expected-year")


@dataclass(frozen=True)
class OwnActions:
    """Serve `/mine/{token}/action/{key}`: whoever has no token of its owner learns nothing of the action."""

    door: OfficerPages
    pages: Pages

    def route(self) -> Route:
        return Route("/mine/{token}/action/{key}", self.visit, methods=["GET", "POST"])

    async def visit(self, request: Request) -> Response:
        token, key = token_of(request), request.path_params["key"]
        typed = fields(await body_of(request) or b"") if request.method == "POST" else None
        return await run_in_threadpool(self._visit, token, key, typed)

    def _visit(self, token: str, key: str, typed: Mapping[str, str] | None) -> Response:
        try:
            return self._show(token, key) if typed is None else self._take(token, key, typed)
        except NotTheirs:
            return self.pages.notice(404, self.pages.t("own_action.gone"), self.pages.t("own_action.gone_body"))

    def _take(self, token: str, key: str, typed: Mapping[str, str]) -> Response:
        try:
            dead = self.door.update_action(token, key, said(typed, self.pages.t), at=clock.now())
        except NotTheirs:
            raise
        except (UpdateRefused, ValueError) as fault:
            return self._show(token, key, typed, f"{fault}")
        # A reload of the list sends nothing.
        return gone(self.pages, dead) if dead else RedirectResponse(self._list(token), status_code=303)

    def _list(self, token: str) -> str:
        return f"{self.pages.root}/mine/{token}?said=action"

    def _show(self, token: str, key: str, typed: Mapping[str, str] | None = None, fault: str = "") -> Response:
        view = self.door.open_action(token, key, at=clock.now())
        if isinstance(view, DeadLink):
            return gone(self.pages, view)
        status, choices = 422 if fault else 200, [each.value for each in Progress]
        return self.pages.show(
            "own_action", status=status, view=view, token=token, typed=typed or {}, fault=fault, choices=choices
        )


def said(typed: Mapping[str, str], t: Texts) -> SaidOfAction:
    """Read the form. Raise ValueError with a sentence."""
    if typed.get("progress") not in list(Progress):
        raise ValueError(t("changes.fault_choose", what=t("records.stands")))
    why = cleaned(typed.get("why", ""), several_lines=True)
    if len(why) > LONGEST["help_text"]:
        raise ValueError(t("fault.too_long", what=t("records.why"), most=LONGEST["help_text"]))
    if fault := refusal(why):
        raise ValueError(fault)
    expected_on = day_of(typed, "expected-")
    if expected_on is None and any(typed.get(name, "").strip() for name in _DAY):
        raise ValueError(t("changes.fault_day", what=t("records.expected")))
    return SaidOfAction(Progress(typed["progress"]), percent_of(cleaned(typed.get("percent", ""))), expected_on, why)
