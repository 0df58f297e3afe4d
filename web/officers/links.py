"""Serve the secure link: GET shows, POST answers, and nothing else ever acts."""

from dataclasses import dataclass

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
from web.pages import Pages, gone

_MINUTES = OPENS_FOR.seconds // 60


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
            return self.pages.notice(413, t("notice.too_much"), t("notice.too_much_body"))
        return await run_in_threadpool(self._take, token, read(body))

    def _take(self, token: str, typed: Typed) -> Response:
        at = now()
        opened = self.door.opened(token, at=at)
        view = opened if isinstance(opened, MessageView | DeadLink) else opened.view
        if isinstance(opened, MessageView | DeadLink) or not isinstance(view, TaskView):
            return self._view(token, view, status=400)
        wrong = stands.faults(typed, self.pages.t, view) | faults(typed, self.pages.t, view)
        if wrong:
            return self._task(token, view, typed, wrong)
        try:
            recorded = opened.answer(stands.with_stands(reply(typed), typed, view))
        except AnswerRefused as refusal:
            field = "delegate" if typed.answer == "delegated" else "answer"
            return self._task(token, view, typed, {field: str(refusal)})
        if isinstance(recorded, DeadLink):
            return gone(self.pages, recorded)
        return self.pages.show("recorded", view=view, recorded=recorded)

    def _view(self, token: str, view: TaskView | MessageView | DeadLink, *, status: int = 200) -> Response:
        if isinstance(view, DeadLink):
            return gone(self.pages, view)
        if isinstance(view, MessageView):
            return self.pages.show("message", status=status, view=view, token=token, minutes=_MINUTES)
        return self._task(token, view, Typed(), {})

    def _task(self, token: str, view: TaskView, typed: Typed, wrong: dict[str, str]) -> Response:
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
