"""Teams' outgoing webhook: what it posts is answered in its channel.

Teams shows only what comes with a 200: so whoever bears our signature is refused in words (an old message, another
organisation, somebody unknown), and whoever does not gets a 401 and no word.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tasks.clock import now

_LARGEST = 64 * 1024


class TeamsDoor(Protocol):
    """What the address asks of the rooms below."""

    def verified(self, raw: bytes, authorization: str) -> bool:
        """Whether the body bears the signature of one of our webhooks."""
        ...

    def answer(self, raw: bytes, *, at: datetime) -> str:
        """Does what a signed message asks, once, and gives the text for its channel."""
        ...


@dataclass(frozen=True)
class Messages:
    """What stands behind `POST /teams/messages`."""

    door: TeamsDoor

    async def post(self, request: Request) -> Response:
        raw = await _body(request)
        if raw is None:
            return Response(status_code=413)
        if not self.door.verified(raw, request.headers.get("authorization", "")):
            return Response(status_code=401)
        text = await run_in_threadpool(self.door.answer, raw, at=now())
        return JSONResponse({"type": "message", "text": text})


async def _body(request: Request) -> bytes | None:
    """The body as it came, which is what was signed; None as soon as it is larger than a message can be."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            return None
    return body
