"""Serve the calendar feed, which calendars fetch repeatedly from the same address until it is revoked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tasks import clock
from tasks.links.calendar_feed import Feed
from timeline.letters.page_views import DeadLink
from web.http import token_of
from web.pages import Pages


class Feeds(Protocol):
    """Name the protocol that the feed needs."""

    def open_feed(self, token: str, *, at: datetime) -> Feed | DeadLink:
        """Show the feed of the address at that instant; change nothing."""
        ...


@dataclass(frozen=True)
class CalendarFeed:
    """Serve the feed at `/calendar/{token}.ics`."""

    feeds: Feeds
    pages: Pages

    def route(self) -> Route:
        return Route("/calendar/{token}.ics", self.fetch)

    async def fetch(self, request: Request) -> Response:
        """Give the calendar, 304 to a reader who has it already, or 410 when it was revoked or its reader has left."""
        feed = await run_in_threadpool(self.feeds.open_feed, token_of(request), at=clock.now())
        if isinstance(feed, DeadLink):
            if feed.reason == "unknown":
                raise HTTPException(404)
            t = self.pages.t
            return self.pages.notice(410, t("gone.heading"), t("feed.closed"), t("feed.again"))
        # A weak tag: two files with the same entries differ in the instant at which they were made.
        tag = f'W/"{feed.etag}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if _has(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
        return Response(feed.content, media_type="text/calendar; charset=utf-8", headers=headers)


def _has(given: str, tag: str) -> bool:
    """Tell whether the reader's tags contain this tag, by weak comparison (RFC 9110 8.8.3.2)."""
    return any(theirs.strip().removeprefix("W/") in ("*", tag.removeprefix("W/")) for theirs in given.split(","))
