"""Ask an application for pages in this process, without a network and without a client's own cost."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.types import ASGIApp

Post = tuple[str, Mapping[str, str]]


def post_all(app: ASGIApp, posts: Iterable[Post]) -> None:
    """Send each form after the other; each must be answered with 200."""
    asyncio.run(_post_all(app, posts))


async def _post_all(app: ASGIApp, posts: Iterable[Post]) -> None:
    for path, form in posts:
        status = await _post(app, path, urlencode(form).encode())
        assert status == 200, (status, path)


async def _post(app: ASGIApp, path: str, body: bytes) -> int:
    status = 0
    head = [(b"host", b"localhost"), (b"content-type", b"application/x-www-form-urlencoded")]
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": path,
    }
    scope |= {"raw_path": path.encode(), "query_string": b"", "headers": head, "scheme": "http", "root_path": ""}
    scope |= {"client": ("127.0.0.1", 50000), "server": ("localhost", 80)}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    await app(scope, receive, send)
    return status
