"""What is read of a request before anything is done: the token of its address, and a body no larger than a form."""

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request

_TOKEN = re.compile(r"[a-z2-9]{16}")
_LARGEST_FORM = 64 * 1024


def token_of(request: Request) -> str:
    """The token of the address; some mail gateways change its case. Malformed, it is the page of every other unknown
    address: raises HTTPException.
    """
    token = str(request.path_params["token"]).lower()
    if not _TOKEN.fullmatch(token):
        raise HTTPException(404)
    return token


async def body_of(request: Request) -> bytes | None:
    """The request's body, or None as soon as it is larger than a form can be."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_FORM:
            return None
    return body
