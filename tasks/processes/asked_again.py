"""Ask Prefect again for a run that it could not make because its database was busy, so that no form is lost.

On SQLite 3 of 60 forms that were sent beside other work were answered 503: nothing had been written, and the page does
not ask again by itself.
"""

import asyncio
import re
from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MAKES_A_RUN = re.compile(r"/api/deployments/[0-9a-f-]{36}/create_flow_run/?")
_WAITS = (0.2, 0.5, 1.0, 2.0)
_LARGEST = 1_000_000
_BUSY = 503


class AskedAgain:
    """Answer a form's submission as Prefect does at last; all other requests pass through."""

    def __init__(self, app: ASGIApp, waits: Sequence[float] = _WAITS) -> None:
        self._app, self._waits = app, waits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; repeat a request to make a run while the database is busy."""
        if scope["type"] != "http" or scope["method"] != "POST" or not _MAKES_A_RUN.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        body = await _whole(receive)
        for wait in self._waits:
            answer = await self._ask(scope, body)
            if answer and answer[0].get("status") != _BUSY:
                break
            await asyncio.sleep(wait)
        else:
            answer = await self._ask(scope, body)
        for message in answer:
            await send(message)

    async def _ask(self, scope: Scope, body: list[Message]) -> list[Message]:
        asked, answer = iter(body), list[Message]()

        async def receive() -> Message:
            return next(asked, {"type": "http.disconnect"})

        async def keep(message: Message) -> None:
            answer.append(message)

        try:
            await self._app(dict(scope), receive, keep)
        except Exception:
            # Once it has answered, Starlette raises each failure again, for the server's log. Were it let through, the
            # server would answer 500 in place of the 503 that was kept, and nobody would ask again.
            if not answer:
                raise
        return answer


async def _whole(receive: Receive) -> list[Message]:
    """Read the whole request; what is too large for a form is cut off, and refused as such."""
    messages, size = list[Message](), 0
    while size <= _LARGEST:
        messages.append(message := await receive())
        size += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            break
    return messages
