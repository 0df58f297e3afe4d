"""Serve the secure link: GET shows, POST answers, and nothing else ever acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tasks.clock import now
from timeline.letters.my_tasks import OPENS_FOR
from timeline.letters.page_views import AnswerRefused, DeadLink, MessageView, TaskView
from web.forms import Typed, faults, read, reply
from web.http import body_of, token_of
from web.interfaces import OfficerPages
from web.officers import stands
from web.pages import QUIET, Pages, gone

_MINUTES = OPENS_FOR.seconds // 60
_NOTHING, _RIGHT = Typed(), MappingProxyType[str, str]({})


@dataclass(frozen=True)
class Links:
    """Serve the pages at `/r/{token}`."""

    door: OfficerPages
    pages: Pages

    async def visit(self, request: Request) -> Response:
        token = token_of(request)
        if request.method != "POST":
            return self._view(token, await run_in_threadpool(self.door.open_link, token, at=now()))
        body = await body_of(request)
        if body is None:
            t = self.pages.t
            return await run_in_threadpool(self.pages.notice, 413, t("notice.too_much"), t("notice.too_much_body"))
        return await run_in_threadpool(self._take, token, read(body))

    def _take(self, token: str, typed: Typed) -> Response:
        at = now()
        opened = self.door.opened(token, at=at)
        if isinstance(opened, MessageView | DeadLink):
            return self._view(token, opened, status=400)
        QUIET.set(opened.quiet)
        task = opened.head
        if isinstance(task, DeadLink):
            return self._view(token, task, status=400)
        wrong = stands.faults(typed, self.pages.t, task) | faults(typed, self.pages.t, task)
        if wrong:
            return self._view(token, opened.view, typed=typed, wrong=wrong)
        try:
            recorded = opened.answer(stands.with_stands(reply(typed), typed, task))
        except AnswerRefused as refusal:
            field = "delegate" if typed.answer == "delegated" else "answer"
            return self._view(token, opened.view, typed=typed, wrong={field: str(refusal)})
        if isinstance(recorded, DeadLink):
            return gone(self.pages, recorded)
        return self.pages.show("recorded", view=task, recorded=recorded)

    def _view(
        self,
        token: str,
        view: TaskView | MessageView | DeadLink,
        *,
        status: int = 200,
        typed: Typed = _NOTHING,
        wrong: Mapping[str, str] = _RIGHT,
    ) -> Response:
        if isinstance(view, DeadLink):
            return gone(self.pages, view)
        if isinstance(view, MessageView):
            return self.pages.show("message", status=status, view=view, token=token, minutes=_MINUTES)
        return self.pages.show(
            "task",
            status=422 if wrong else 200,
            view=view,
            token=token,
            minutes=_MINUTES,
            typed=typed,
            faults=wrong,
            summary=[{"text": sentence, "href": f"#{field}"} for field, sentence in wrong.items()],
        )
