"""Identify administrators: people at this machine, or people whom a proxy with a login names."""

from contextvars import ContextVar
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

from web.pages import PageSettings

_FORWARDED = ("forwarded", "via", "x-real-ip", "x-forwarded-")
_AT_THIS_MACHINE = "an administrator at this machine"
EVERYTHING: frozenset[str] | None = None
MAY_SEE: ContextVar[frozenset[str] | None] = ContextVar("may see", default=EVERYTHING)
"""The councils that the administrator of this request may see, by key; None for all."""


def administrator(request: Request, settings: PageSettings) -> str:
    """Give the name of the administrator, or nothing.

    Where the settings name a proxy's header, only that header counts, and two of them count as none: a proxy sends one.
    Otherwise everything must be on this machine: the client, the address we listen at, and the address that officers
    use (a proxy may pass officers on without a header of its own); no header may name another host on the way.
    """
    if MAY_SEE.get() == frozenset():
        return ""
    if settings.identity_header:
        named = request.headers.getlist(settings.identity_header)
        return " ".join(named[0].split())[:200] if len(named) == 1 else ""
    client, officers_use = request.client.host if request.client else "", urlsplit(settings.base_url).hostname or ""
    hosts = (client, settings.bind, officers_use, *settings.own_hosts)
    passed_on = any(name.lower().startswith(_FORWARDED) for name in request.headers)
    return _AT_THIS_MACHINE if all(map(_is_loopback, hosts)) and not passed_on else ""


def known_administrator(request: Request, settings: PageSettings) -> str:
    """Give the name of the administrator. Raises HTTPException for anybody else.

    It is the page of every unknown address, so that nobody else learns that this page exists.
    """
    who = administrator(request, settings)
    if not who:
        raise HTTPException(404)
    return who


def sees_everything() -> bool:
    """Tell whether the administrator of this request may see all councils."""
    return MAY_SEE.get() is EVERYTHING


def known_overseer(request: Request, settings: PageSettings) -> str:
    """Give the name of an administrator who may see all councils. Raises HTTPException for anybody else."""
    who = known_administrator(request, settings)
    if not sees_everything():
        raise HTTPException(404)
    return who


def from_our_own_page(request: Request, settings: PageSettings) -> bool:
    """Tell from the browser's headers whether a form was sent from a page of ours: no other page may submit it.

    `Sec-Fetch-Site` first: under our policy of no referrer a browser says `Origin: null` of our own pages too.
    """
    site = request.headers.get("sec-fetch-site")
    if site:
        return site == "same-origin"
    scheme, host = urlsplit(settings.base_url)[:2]
    # A proxy may speak another scheme with us than with the browser.
    ours = (f"{request.url.scheme}://{request.url.netloc}", f"{scheme}://{request.url.netloc}", f"{scheme}://{host}")
    return request.headers.get("origin") in ours


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
