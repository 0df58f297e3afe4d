"""Take what Prefect's automations tell: the address is the secret, and of the body two words are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tasks.clock import now
from web.http import body_of, json_object, token_of


class AlarmsTold(Protocol):
    """State what the address needs."""

    def tell(self, alarm: str, token: str, body: Mapping[str, Any], *, at: datetime) -> bool:
        """Tell the administrators; False for a token that is not ours."""
        ...


@dataclass(frozen=True)
class Alarms:
    """Answer at the address `POST /prefect/ALARM/TOKEN`."""

    alarms: AlarmsTold

    def route(self) -> Route:
        return Route("/prefect/{alarm}/{token}", self.post, methods=["POST"])

    async def post(self, request: Request) -> Response:
        alarm, token = str(request.path_params["alarm"]), token_of(request)
        raw = await body_of(request)
        if raw is None:
            return Response(status_code=413)
        if not await run_in_threadpool(self.alarms.tell, alarm, token, json_object(raw) or {}, at=now()):
            raise HTTPException(404)
        return Response(status_code=204)
