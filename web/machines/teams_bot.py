"""Answer Microsoft's connector, which brings what happens in Teams to our bot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from config.settings import Settings
from tasks.clock import now
from tasks.receiving.teams_bot import Bot, BotMissing, ForeignTenant, KeysAway
from web.http import body_of

# Whoever asks while Microsoft's keys are slow waits here, and keeps no thread from the officers' pages.
_MOST_AT_ONCE = 4
_LATER = {"Retry-After": "60"}


class BotDoor(Protocol):
    """Name the protocol that the address needs."""

    def is_called_by(self, authorization: str, raw: bytes) -> bool:
        """Tell whether the connector brings this body to us."""
        ...

    def take(self, raw: bytes, *, at: datetime) -> Mapping[str, Any] | None:
        """Do what the body asks, and give the body of the answer."""
        ...


def routes(settings: Settings) -> list[Route]:
    """Give the route `POST /teams/bot`, or none without DAYMARK_TEAMS_BOT_ID."""
    return [Activities(Bot(settings)).route()] if settings.teams_bot_id else []


@dataclass(frozen=True)
class Activities:
    """Serve the address `POST /teams/bot`."""

    door: BotDoor
    limiter: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_MOST_AT_ONCE))

    def route(self) -> Route:
        return Route("/teams/bot", self.post, methods=["POST"])

    async def post(self, request: Request) -> Response:
        raw = await body_of(request)
        if raw is None:
            return Response(status_code=413)
        return await to_thread.run_sync(
            self._answered, request.headers.get("authorization", ""), raw, limiter=self.limiter
        )

    def _answered(self, authorization: str, raw: bytes) -> Response:
        try:
            if not self.door.is_called_by(authorization, raw):
                return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
            body = self.door.take(raw, at=now())
        except ForeignTenant:
            return Response(status_code=403)
        except (BotMissing, KeysAway):
            # The connector calls again later; a 401 would say that its token is wrong.
            return Response(status_code=503, headers=_LATER)
        return Response(status_code=200) if body is None else JSONResponse(dict(body))
