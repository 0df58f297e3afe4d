"""The secure link: GET shows, POST answers, and nothing else ever acts."""

import re
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tasks.clock import now
from timeline.views import AnswerRefused, DeadLink, MessageView, TaskView
from web.door import Door
from web.forms import Typed, faults, read, reply
from web.pages import Pages

_TOKEN = re.compile(r"[a-z2-9]{16}")
_LARGEST_FORM = 64 * 1024
_NEWEST = "If you think that something still waits for you, use the link in the newest mail, or reply to it."
# One page for all but for a sentence: whoever guesses learns nothing, and no sentence names the task.
_GONE = {
    "unknown": "It may have been replaced by a newer one, or a part of its address may be missing.",
    "moved": "The date it was for has moved. A newer mail has a new link.",
    "reassigned": "What it was for has been passed to somebody else. You do not need to do anything.",
    "closed": "What it was for is finished. You do not need to do anything.",
}


@dataclass(frozen=True)
class Links:
    """What stands behind `/r/{token}`."""

    door: Door
    pages: Pages

    async def visit(self, request: Request) -> Response:
        token = _token(request)
        if token is None:
            # The page of every other unknown address.
            raise HTTPException(404)
        if request.method != "POST":
            return self._view(await run_in_threadpool(self.door.open_link, token, at=now()))
        body = await _body(request)
        if body is None:
            return self.pages.notice(413, "That is too much text", "Go back and shorten it. Nothing was kept.")
        return await run_in_threadpool(self._take, token, read(body))

    def _take(self, token: str, typed: Typed) -> Response:
        at = now()
        view = self.door.open_link(token, at=at)
        if not isinstance(view, TaskView):
            return self._view(view, status=400)
        wrong = faults(typed, needs_evidence=view.needs_evidence)
        if wrong:
            return self._task(view, typed, wrong)
        try:
            recorded = self.door.answer(token, reply(typed), at=at)
        except AnswerRefused as refusal:
            return self._task(view, typed, {"answer": str(refusal)})
        if isinstance(recorded, DeadLink):
            return self._view(recorded)
        return self.pages.show("recorded", view=view, recorded=recorded)

    def _view(self, view: TaskView | MessageView | DeadLink, *, status: int = 200) -> Response:
        if isinstance(view, DeadLink):
            sentences = view.sentences or (_GONE[view.reason],)
            return self.pages.notice(410, "This link is no longer in use", *sentences, _NEWEST)
        if isinstance(view, MessageView):
            return self.pages.show("message", status=status, view=view)
        return self._task(view, Typed(), {})

    def _task(self, view: TaskView, typed: Typed, wrong: dict[str, str]) -> Response:
        return self.pages.show(
            "task",
            status=422 if wrong else 200,
            view=view,
            typed=typed,
            faults=wrong,
            summary=[{"text": sentence, "href": f"#{field}"} for field, sentence in wrong.items()],
        )


def _token(request: Request) -> str | None:
    """The token of the address; some mail gateways change its case."""
    token = str(request.path_params["token"]).lower()
    return token if _TOKEN.fullmatch(token) else None


async def _body(request: Request) -> bytes | None:
    """The request's body, or None as soon as it is larger than a form can be."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_FORM:
            return None
    return body
