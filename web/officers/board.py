"""Serve the page of a board behind its link: it can be read, and nothing on it acts."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tasks import clock
from timeline.letters.page_views import DeadLink
from web.http import token_of
from web.interfaces import Boards
from web.pages import Pages
from web.pictures import drawn, line_drawn, risks_drawn


@dataclass(frozen=True)
class BoardPages:
    """Serve the page at `/board/{token}`."""

    boards: Boards
    pages: Pages

    def route(self) -> Route:
        return Route("/board/{token}", self.show)

    async def show(self, request: Request) -> Response:
        """Give the page; 410 when its link was revoked, or its board has no meeting to come."""
        return await run_in_threadpool(self._page, token_of(request))

    def _page(self, token: str) -> Response:
        view, t = self.boards.open_board(token, at=clock.now()), self.pages.t
        if isinstance(view, DeadLink):
            return self.pages.notice(
                410, t("gone.heading"), *(view.sentences or (t("board.closed"),)), t("board.again")
            )
        (picture,) = drawn([view.picture])
        matrix = risks_drawn(view.programme.risks) if view.programme else None
        return self.pages.show("board", view=view, picture=picture, matrix=matrix, draw=line_drawn)
