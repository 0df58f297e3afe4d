"""Ask each address once, a few at a time, and give how it answered; no body is read, nobody is signed in."""

import asyncio
import socket
import ssl
from collections.abc import Iterable, Iterator
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from timeline.programme.links import LinkAnswer, Trouble, can_be_asked, is_this_machine

_AT_ONCE = 4
_PATIENCE_SECONDS = 5.0
# A machine that drips its answer is never silent for five seconds.
_LONGEST_SECONDS = 15.0
_MOST_REDIRECTS = 5
_OURSELVES = {"User-Agent": "Daymark (asks whether a link still answers)"}


async def ask(addresses: Iterable[str]) -> dict[str, LinkAnswer]:
    """Give the answer of each address, by address. Nothing but the address is sent: no cookie, no password.

    A password that stands in an address is not sent either. The certificates are judged by those that this machine
    trusts, so that an intranet with an authority of its own counts.
    """
    slots = asyncio.Semaphore(_AT_ONCE)
    jar = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    async with httpx.AsyncClient(
        timeout=_PATIENCE_SECONDS, cookies=jar, headers=_OURSELVES, verify=ssl.create_default_context()
    ) as client:

        async def asked(address: str) -> LinkAnswer:
            async with slots:
                return await _asked(client, address)

        each = list(dict.fromkeys(addresses))
        return dict(zip(each, await asyncio.gather(*map(asked, each)), strict=True))


async def _asked(client: httpx.AsyncClient, address: str) -> LinkAnswer:
    if not can_be_asked(address):
        return LinkAnswer(trouble=Trouble.UNREADABLE)
    answer = await _answered(client, "HEAD", address)
    return await _answered(client, "GET", address) if answer.asks_again else answer


async def _answered(client: httpx.AsyncClient, method: str, address: str) -> LinkAnswer:
    try:
        async with asyncio.timeout(_LONGEST_SECONDS):
            return await _followed(client, method, address)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, TimeoutError) as fault:
        return LinkAnswer(trouble=_trouble(fault))


async def _followed(client: httpx.AsyncClient, method: str, address: str) -> LinkAnswer:
    """Follow the redirects of an address to where it ends, in the web; no machine elsewhere sends us to ourselves."""
    at_home, request = is_this_machine(address), client.build_request(method, address)
    for _ in range(_MOST_REDIRECTS + 1):
        if not can_be_asked(url := str(request.url)) or (is_this_machine(url) and not at_home):
            return LinkAnswer(trouble=Trouble.ELSEWHERE)
        # An Auth of its own: else httpx sends the password that stands in an address.
        answer = await client.send(request, stream=True, auth=httpx.Auth(), follow_redirects=False)
        await answer.aclose()
        if not answer.next_request:
            return LinkAnswer(status=answer.status_code, ended_at=str(answer.url))
        request = answer.next_request
    return LinkAnswer(trouble=Trouble.CIRCLE)


def _trouble(fault: BaseException) -> Trouble:
    causes = list(_causes(fault))
    unknown = next((cause for cause in causes if isinstance(cause, socket.gaierror)), None)
    if unknown:
        return Trouble.NO_LOOKUP if unknown.errno == socket.EAI_AGAIN else Trouble.NO_MACHINE
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return Trouble.UNTRUSTED
    match fault:
        case httpx.TimeoutException() | TimeoutError():
            return Trouble.SLOW
        case httpx.ConnectError():
            return Trouble.NOBODY
        case httpx.InvalidURL() | UnicodeError():
            return Trouble.UNREADABLE
    return Trouble.BROKEN


def _causes(fault: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = fault
    while cause:
        yield cause
        cause = cause.__cause__ or cause.__context__
