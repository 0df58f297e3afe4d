"""Lead from each page of the administrators to every other, in the council that the address names."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.administrators.identity import administrator, sees_everything
from web.interfaces import Councils
from web.pages import GUIDE, NOWHERE, Guide, Pages, PageSettings, Place

_PLACES = (
    *("/", "/timeline", "/plan", "/people", "/changes"),
    *("/reports", "/review", "/absences", "/assurance", "/mail", "/councils"),
)
# To those who may see all councils alone, and the last where there are several.
_OF_ALL = ("/mail", "/councils")
_MOST_COUNCILS = 8
# A page below one of these paths is marked in the navigation as that place.
_BELOW = {
    "/task": "/timeline",
    **dict.fromkeys(("/risks", "/measures", "/boards", "/training", "/evidence"), "/plan"),
}
THEIRS = (*_PLACES[1:], *_BELOW)
"""The beginnings of the paths that only administrators see; the start page is everybody's."""


def is_theirs(path: str) -> bool:
    """Tell whether administrators are shown their own things at this path."""
    return path == "/" or path.startswith(THEIRS)


def council_of(request: Request, names: Mapping[str, str]) -> str:
    """Give the key of the council that the address names, else the first. Raises HTTPException where there is none."""
    key = request.query_params.get("council") or next(iter(names), "")
    if key not in names:
        raise HTTPException(404)
    return key


@dataclass(frozen=True)
class Guiding:
    """ASGI middleware that tells the pages of an administrator where else they lead; others get no navigation.

    `served` are the paths that this application has.
    """

    app: ASGIApp
    settings: PageSettings
    served: Collection[str]
    councils: Councils | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        GUIDE.set(NOWHERE)
        if scope["type"] == "http" and is_theirs(path):
            request = Request(scope)
            # A page that is hidden from this administrator looks like any unknown address.
            if administrator(request, self.settings) and (sees_everything() or not path.startswith(_OF_ALL)):
                names = await run_in_threadpool(self.councils.names) if self.councils else {}
                GUIDE.set(_guide(request, Pages(self.settings), names, self.served))
        await self.app(scope, receive, send)


def _guide(request: Request, pages: Pages, names: Mapping[str, str], served: Collection[str]) -> Guide:
    asked, several = request.query_params.get("council", ""), len(names) > 1
    query = f"?{urlencode({'council': asked})}" if several and asked in names else ""
    here = _place_of(request.url.path)
    return Guide(
        places=tuple(_places(pages, query, request.url.path, served, several)),
        councils=tuple(
            Place(f"{pages.root}{here}?{urlencode({'council': key})}", name, is_here=key == asked)
            for key, name in names.items()
            if len(names) <= _MOST_COUNCILS or key == asked
        )
        if several
        else (),
        query=query,
    )


def _place_of(path: str) -> str:
    begun = next((place for begin, place in _BELOW.items() if path.startswith(begin)), path)
    return next((place for place in _PLACES[1:] if begun.startswith(place)), "/")


def _places(pages: Pages, query: str, path: str, served: Collection[str], several: bool) -> Iterator[Place]:
    t, here = pages.t, _place_of(path)
    texts = (
        t("nav.home"),
        t("nav.timeline"),
        t("nav.plan"),
        t("nav.people"),
        t("nav.changes"),
        t("nav.reports"),
        t("nav.review"),
        t("nav.absences"),
        t("nav.assurance"),
        t("nav.mails"),
        t("nav.all_councils"),
    )
    hidden = () if sees_everything() else _OF_ALL
    for place, text in zip(_PLACES, texts, strict=True):
        if place in served and place not in hidden and (several or place != "/councils"):
            yield Place(f"{pages.root}{place}{query}", text, is_here=place == path, is_below=place == here)
