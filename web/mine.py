"""All tasks of one person: a press asks for a mail to that person, and only the link in that mail opens the list."""

from dataclasses import dataclass

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tasks import clock
from timeline.my_tasks import WEEKS_AHEAD
from timeline.views import DeadLink
from web.dead_links import gone
from web.door import Door
from web.pages import Pages
from web.requests import token_of


@dataclass(frozen=True)
class Mine:
    """What stands behind `/r/{token}/mine` and `/mine/{token}`."""

    door: Door
    pages: Pages

    async def ask(self, request: Request) -> Response:
        """Says the same whether or not a mail was written just now, and names no address."""
        at = clock.now()
        view = await run_in_threadpool(self.door.ask_for_tasks, token_of(request), at=at)
        if isinstance(view, DeadLink):
            return gone(self.pages, view)
        t = self.pages.t
        page = self.pages.show("notice", view=view, heading=t("mine.sent"), sentences=[t("mine.sent_body")])
        # Once the page has gone out: a mail server may take its time.
        page.background = BackgroundTask(self.door.send_waiting, at=at)
        return page

    async def show(self, request: Request) -> Response:
        view = await run_in_threadpool(self.door.open_tasks, token_of(request), at=clock.now())
        if isinstance(view, DeadLink):
            return gone(self.pages, view)
        return self.pages.show("mine", view=view, weeks=WEEKS_AHEAD)
