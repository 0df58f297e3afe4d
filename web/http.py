"""Set the headers of every response: nothing is stored, indexed, framed or passed on, and no script runs."""

import asyncio
import json
import logging
import re
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A mail has its styles in its tags. `sandbox` also applies when the mail is opened outside its frame.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def shield(headers: MutableHeaders) -> None:
    """Add the headers that a response does not set itself."""
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)


@dataclass(frozen=True)
class Shield:
    """Shield, as ASGI middleware, every response, static files and refusals included."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def shielded(message: Message) -> None:
            if message["type"] == "http.response.start":
                shield(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, shielded)


_TOKEN_PATH = re.compile(r"(/(?:r|mine|calendar|board|assurance/silent|prefect/[a-z-]+)/)[^ ?/\"]+")


def hide_tokens() -> None:
    """Shorten links in uvicorn's access log to `/r/…` from now on; uvicorn's own logging set-up keeps this."""
    logging.getLogger("uvicorn.access").addFilter(_without_tokens)


def _without_tokens(record: logging.LogRecord) -> bool:
    if isinstance(record.args, tuple):
        record.args = tuple(_hidden(arg) for arg in record.args)
    return True


def _hidden(arg: object) -> object:
    return _TOKEN_PATH.sub(r"\1…", arg) if isinstance(arg, str) else arg


_TOKEN = re.compile(r"[a-z2-9]{16}")
_LARGEST_FORM = 64 * 1024
BODY_SECONDS = 30.0
"""How long a body may take to come in: a file of 300 kB takes 20 on the slowest line of a telephone."""


def token_of(request: Request) -> str:
    """Read the token of the address, whose case some mail gateways change.

    Raises HTTPException for a malformed token, which gets the page of every unknown address.
    """
    token = str(request.path_params["token"]).lower()
    if not _TOKEN.fullmatch(token):
        raise HTTPException(404)
    return token


def json_object(raw: bytes) -> dict[str, Any] | None:
    """Read a JSON object that somebody sent; None for anything else, however deep it is nested."""
    try:
        read = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


async def body_of(request: Request, *, most: int = _LARGEST_FORM) -> bytes | None:
    """Read the request's body; None as soon as it is larger than a form can be, or than `most` bytes.

    Raises HTTPException when it takes longer than `BODY_SECONDS`; no thread waits for it.
    """
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _bounded(request, most)
    except TimeoutError:
        raise HTTPException(408, headers={"Connection": "close"}) from None


async def _bounded(request: Request, most: int) -> bytes | None:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return body
