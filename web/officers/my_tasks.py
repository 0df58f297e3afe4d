"""Serve the list of a person's tasks: a button asks for a mail, and only the link in that mail opens the list."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tasks import clock
from timeline.letters.my_tasks import OPENS_FOR, WEEKS_AHEAD
from timeline.letters.page_views import DeadLink, MineView
from web.forms import fields
from web.http import body_of, token_of
from web.interfaces import OfficerPages
from web.pages import QUIET, Pages, gone

# This only catches typing errors; the directory knows our addresses.
_AN_ADDRESS = re.compile(r"[^@\s\x00-\x1f]{1,200}@[^@\s\x00-\x1f]{1,50}")


TICK_SECONDS = 1.0


async def _tick() -> None:
    """Wait for the next whole tick, so that an answer's time tells nothing of the work before it."""
    now = asyncio.get_running_loop().time()
    await asyncio.sleep(TICK_SECONDS - now % TICK_SECONDS if TICK_SECONDS else 0)


@dataclass(frozen=True)
class Mine:
    """Serve the pages at `/r/{token}/mine`, `/mine` and `/mine/{token}`."""

    door: OfficerPages
    pages: Pages

    async def ask(self, request: Request) -> Response:
        """Answer the same whether or not a mail was written just now, and name no address."""
        at = clock.now()
        view = await run_in_threadpool(self.door.ask_for_tasks, token_of(request), at=at)
        if isinstance(view, DeadLink):
            return gone(self.pages, view)
        t = self.pages.t
        if QUIET.get()():
            return self._stopped()
        page = self.pages.show("notice", view=view, heading=t("mine.sent"), sentences=[t("mine.sent_body")])
        # Sent after the response: a mail server may be slow.
        page.background = BackgroundTask(self.door.send_waiting, at=at)
        return page

    async def begin(self, request: Request) -> Response:
        """Serve the page for people without a link: it opens nothing, so a mail with its address may be forwarded.

        It answers every address, known or not, alike and as fast: on a tick, and the mail is written after the next.
        """
        if request.method != "POST":
            return self._asks_for_address()
        typed = fields(await body_of(request) or b"").get("address", "").strip()
        t, at = self.pages.t, clock.now()
        if not _AN_ADDRESS.fullmatch(typed):
            return self._asks_for_address(typed, t("mine.address_fault"))
        if QUIET.get()():
            return self._stopped()
        page = self.pages.show("notice", heading=t("mine.sent"), sentences=[t("mine.asked"), t("mine.asked_again")])
        page.background = BackgroundTask(self._look_up, typed, at=at)
        await _tick()
        return page

    def _stopped(self) -> Response:
        """Say that no mail was written: a link that leaves after the stop would have closed by then."""
        t = self.pages.t
        return self.pages.notice(503, t("mine.stopped"), t("mine.stopped_body"), t("mine.stopped_help"))

    async def _look_up(self, typed: str, *, at: datetime) -> None:
        await _tick()
        await run_in_threadpool(self.door.ask_at, typed, at=at)

    def _asks_for_address(self, typed: str = "", fault: str = "") -> Response:
        status, minutes = 422 if fault else 200, OPENS_FOR.seconds // 60
        return self.pages.show("begin_mine", status=status, typed=typed[:254], fault=fault, minutes=minutes)

    async def show(self, request: Request) -> Response:
        view = await run_in_threadpool(self.door.open_tasks, token_of(request), at=clock.now())
        if isinstance(view, DeadLink):
            return gone(self.pages, view)
        t, said = self.pages.t, request.query_params.get("said", "")
        notice = {"yes": t("away.done"), "action": t("own_action.done")}.get(said, "")
        return show_list(self.pages, view, token_of(request), notice=notice)


def show_list(
    pages: Pages,
    view: MineView,
    token: str,
    *,
    notice: str = "",
    fault: str = "",
    at_fault: int = 0,
    typed: Mapping[str, str] | None = None,
) -> Response:
    """Show a person's list; `at_fault` is the number of the form of an absence to which the fault belongs."""
    return pages.show(
        "mine",
        status=422 if fault else 200,
        view=view,
        weeks=WEEKS_AHEAD,
        token=token,
        notice=notice,
        fault=fault,
        at_fault=at_fault,
        typed=typed or {},
    )
