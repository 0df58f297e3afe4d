"""Answer the callback of GOV.UK Notify, only when the settings hold the token that Notify was given for it."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from config.settings import Settings
from tasks import clock
from tasks.receiving.notify_callbacks import handle
from web.http import body_of, json_object

# Notify need not know whether the message was ours; another answer would make it repeat the call.
Take = Callable[[Mapping[str, Any], datetime], bool]


def routes(settings: Settings) -> list[Route]:
    """Give the route `POST /notify/receipts`, or none without DAYMARK_NOTIFY_BEARER."""
    if settings.notify_bearer is None:
        return []

    def taken(body: Mapping[str, Any], at: datetime) -> bool:
        return handle(settings, body, at=at)

    return [NotifyReceipts(settings.notify_bearer.get_secret_value(), taken).route()]


@dataclass(frozen=True)
class NotifyReceipts:
    """Take callbacks with the bearer token; every callback that can be read gets 200."""

    bearer: str = field(repr=False)
    take: Take

    def route(self) -> Route:
        return Route("/notify/receipts", self.receive, methods=["POST"])

    async def receive(self, request: Request) -> Response:
        if not self._is_notify(request):
            return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        content = await body_of(request)
        if content is None:
            return Response(status_code=413)
        body = json_object(content)
        if body is None:
            return Response(status_code=400)
        # An error of the store becomes a 500, and Notify repeats the call.
        await run_in_threadpool(self.take, body, clock.now())
        return Response(status_code=200)

    def _is_notify(self, request: Request) -> bool:
        given = request.headers.get("authorization", "").encode("utf-8", "replace")
        return hmac.compare_digest(given, f"Bearer {self.bearer}".encode())
