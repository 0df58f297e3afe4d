"""Answer Teams' outgoing webhook in its channel.

Teams shows only a response with status 200. A signed message is therefore refused in words (an old message, another
organisation, an unknown person), and an unsigned message gets a 401 without words.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tasks.clock import now
from web.http import body_of


class TeamsDoor(Protocol):
    """Say what the address needs of Teams: a signature that is verified, and an answer."""

    def verified(self, raw: bytes, authorization: str) -> bool:
        """Tell whether the body has the signature of a webhook of ours."""
        ...

    def answer(self, raw: bytes, *, at: datetime) -> str:
        """Do once what a signed message asks, and give the text for its channel."""
        ...


@dataclass(frozen=True)
class Messages:
    """Serve the address `POST /teams/messages`."""

    door: TeamsDoor

    async def post(self, request: Request) -> Response:
        raw = await body_of(request)
        if raw is None:
            return Response(status_code=413)
        if not self.door.verified(raw, request.headers.get("authorization", "")):
            return Response(status_code=401)
        text = await run_in_threadpool(self.door.answer, raw, at=now())
        return JSONResponse({"type": "message", "text": text})
